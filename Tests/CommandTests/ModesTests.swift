import Foundation
import Testing

/// The ways in which a renewal is missed, or only seems to be: each of `samples/modes` gives what its own
/// `expected.csv` says, and nothing else.
@Suite struct ModesTests {
    static let folder = "\(Command.package)/samples/modes"
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    @Test func thereAreModes() { #expect(Self.names.count >= 18) }

    @Test(arguments: names)
    func aModeGivesItsFindings(name: String) throws {
        let mode = "\(Self.folder)/\(name)"
        let scratch = try TemporaryDirectory()
        var arguments = Rinnovo.audit(
            "\(mode)/subscriptions.csv", ["\(mode)/charges.csv"], from: "2025-01-01", to: "2025-07-01",
            output: scratch.path("out"))
        for (option, file) in [("--events", "events.csv"), ("--offers", "offers.yaml")]
        where FileManager.default.fileExists(atPath: "\(mode)/\(file)") {
            arguments += [option, "\(mode)/\(file)"]
        }
        if FileManager.default.fileExists(atPath: "\(mode)/usage.csv") {
            arguments += ["--usage", "\(mode)/usage.csv", "--time-zone", "Europe/Rome"]
        }
        let outcome = try Rinnovo.command(arguments).run()
        let expected = CSVTable(try String(contentsOfFile: "\(mode)/expected.csv", encoding: .utf8))
        #expect(outcome.code == (expected.rows.isEmpty ? 0 : 1), "\(outcome.report)")
        let columns = ["rule", "subscription_id", "period_start"]
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        #expect(
            found.rows.map { row in columns.map { row[$0] } } == expected.rows.map { row in columns.map { row[$0] } })
        // Only uncharged renewals are recovered, and each of them.
        let recovered = CSVTable(try scratch.bytes(of: "out/recovery-charges.csv")).values(
            "subscription_id", "period_start")
        let uncharged = expected.rows.filter { $0["rule"] == "uncharged-renewal" }
        let ended = name == "12-ended" ? 1 : 0
        #expect(recovered.count == uncharged.count - ended)
    }

    @Test(arguments: names)
    func theModeIsListed(name: String) throws {
        let page = try String(contentsOfFile: "\(Command.package)/docs/modes.md", encoding: .utf8)
        #expect(page.contains("`\(name)`"))
    }
}
