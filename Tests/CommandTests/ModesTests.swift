import Foundation
import Testing

/// The ways in which a renewal is missed, or only seems to be: each of `samples/modes` gives what its own
/// `expected.csv` says, and nothing else.
@Suite struct ModesTests {
    static let folder = "\(Command.package)/samples/modes"
    static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()

    /// The modes in which no verdict may be given, with `refused.csv` in place of `expected.csv`.
    static let refused = names.filter { exists("refused.csv", of: $0) }

    static func exists(_ file: String, of name: String) -> Bool {
        FileManager.default.fileExists(atPath: "\(folder)/\(name)/\(file)")
    }

    @Test func thereAreModes() {
        #expect(Self.names.count >= 24)
        #expect(Self.refused.count >= 2)
    }

    /// Audits a mode with all its files.
    private func audit(_ name: String, in scratch: TemporaryDirectory) throws -> Command.Outcome {
        let mode = "\(Self.folder)/\(name)"
        let charges = try FileManager.default.contentsOfDirectory(atPath: mode).filter { $0.hasPrefix("charges") }
        var arguments = Rinnovo.audit(
            "\(mode)/subscriptions.csv", charges.sorted().map { "\(mode)/\($0)" }, from: "2025-01-01",
            to: "2025-07-01", output: scratch.path("out"))
        for (option, file) in [
            ("--events", "events.csv"), ("--offers", "offers.yaml"), ("--control", "control.csv"),
        ] where Self.exists(file, of: name) {
            arguments += [option, "\(mode)/\(file)"]
        }
        if Self.exists("usage.csv", of: name) {
            arguments += ["--usage", "\(mode)/usage.csv", "--time-zone", "Europe/Rome"]
        }
        return try Rinnovo.command(arguments).run()
    }

    @Test(arguments: refused)
    func whereInputsCannotBeTrustedThereIsNoVerdict(name: String) throws {
        let scratch = try TemporaryDirectory()
        let outcome = try audit(name, in: scratch)
        let expected = CSVTable(try String(contentsOfFile: "\(Self.folder)/\(name)/refused.csv", encoding: .utf8))
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.output == "")
        #expect(try scratch.names() == [])
        let found = outcome.error.split(separator: "\n").filter { $0.contains(": error: [") }
        #expect(
            found.count == expected.rows.count && !expected.rows.isEmpty
                && zip(found, expected.rows).allSatisfy { line, row in
                    line.hasPrefix("\(row["place"] ?? "?"): error: [\(row["rule"] ?? "?")] ")
                }, "\(outcome.report)")
    }

    @Test(arguments: names.filter { exists("expected.csv", of: $0) })
    func aModeGivesItsFindings(name: String) throws {
        let mode = "\(Self.folder)/\(name)"
        let scratch = try TemporaryDirectory()
        let outcome = try audit(name, in: scratch)
        let expected = CSVTable(try String(contentsOfFile: "\(mode)/expected.csv", encoding: .utf8))
        #expect(outcome.code == (expected.rows.isEmpty ? 0 : 1), "\(outcome.report)")
        let columns = ["rule", "subscription_id", "period_start"]
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        #expect(
            found.rows.map { row in columns.map { row[$0] } } == expected.rows.map { row in columns.map { row[$0] } })
        if Self.exists("causes.csv", of: name) {
            let causes = CSVTable(try String(contentsOfFile: "\(mode)/causes.csv", encoding: .utf8))
            #expect(try CSVTable(scratch.bytes(of: "out/incidents.csv")).rows == causes.rows)
        }
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
