import BillingFiles
import Testing

@Suite("Time zones of this machine")
struct TimeZoneFileTests {
    @Test("are found by their names", arguments: ["Europe/Rome", "UTC", "Etc/GMT+5", "America/Argentina/Buenos_Aires"])
    func known(name: String) throws { _ = try TimeZoneFile.rules(named: name) }

    @Test(
        "with names that are none, or lead elsewhere, are refused",
        arguments: [
            "", "Europe/Rom", "europe", "Europe", "Europe/", "/Europe/Rome", "../zoneinfo/Europe/Rome", "Europe//Rome",
            "Europe/Rome\u{0}", "tzdata.zi", "./UTC", "Europe/Róme", "zone.tab",
        ])
    func unknown(name: String) { #expect(throws: TimeZoneFile.Fault.self) { try TimeZoneFile.rules(named: name) } }

    @Test("whose files are no time zones are refused")
    func damaged() throws {
        let scratch = try ScratchDirectory()
        _ = try scratch.write(Array("no zone".utf8), to: "Nowhere")
        let fault = #expect(throws: TimeZoneFile.Fault.self) {
            try TimeZoneFile.rules(named: "Nowhere", in: scratch.path)
        }
        #expect(fault?.description.contains("does not begin as one") == true)
    }
}
