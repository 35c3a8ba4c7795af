import Foundation
import Testing

/// The incidents of Easy Pay that the press reported: each of `samples/history` gives what its own `expected.csv` says.
@Suite struct HistoryTests {
    static let folder = "\(Command.package)/samples/history"

    /// The incidents with the days that are audited.
    static let incidents = [
        ("2021-february", "2020-12-01", "2021-03-01"), ("2022-august", "2022-01-01", "2022-08-01"),
        ("2023-may", "2023-01-01", "2023-06-01"), ("2025-autumn", "2025-06-01", "2025-12-01"),
    ]

    @Test func everyIncidentIsRun() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder).sorted()
        #expect(names == Self.incidents.map(\.0))
    }

    @Test(arguments: incidents)
    func anIncidentGivesItsFindings(name: String, from: String, to: String) throws {
        let incident = "\(Self.folder)/\(name)"
        let scratch = try TemporaryDirectory()
        let arguments =
            Rinnovo.audit(
                "\(incident)/subscriptions.csv", ["\(incident)/charges.csv"], from: from, to: to,
                output: scratch.path("out")) + ["--offers", "\(incident)/offers.yaml"]
        let outcome = try Rinnovo.command(arguments).run()
        #expect(outcome.code == 1, "\(outcome.report)")
        let expected = CSVTable(try String(contentsOfFile: "\(incident)/expected.csv", encoding: .utf8))
        let found = CSVTable(try scratch.bytes(of: "out/discrepancies.csv"))
        let columns = ["rule", "subscription_id", "period_start"]
        #expect(
            found.rows.map { row in columns.map { row[$0] } } == expected.rows.map { row in columns.map { row[$0] } })
        let page = try String(contentsOfFile: "\(Command.package)/docs/modes.md", encoding: .utf8)
        #expect(page.contains("`\(name)`") && page.contains("\(from) to \(to)"))
    }
}
