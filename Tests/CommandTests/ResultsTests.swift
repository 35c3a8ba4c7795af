import Foundation
import Testing

/// `audit --results`: what banks say becomes the status of the charges that they name.
struct ResultsTests {
    private static let columns = "end_to_end_id,status,decided_on,amount,currency,reason,reason_text"

    /// Audits the small charges with the third row's status and some results; the findings as `rule id period_start`.
    private static func run(_ status: String, _ rows: [String], _ more: String...) throws -> SmallAudit.Run {
        let charges = SmallAudit.charges(
            replacing: 2, with: "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,\(status)")
        let scratch = try TemporaryDirectory()
        let results = try scratch.write(SmallAudit.table(columns, rows), to: "results.csv")
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
            [try scratch.write(charges, to: "charges.csv")], from: SmallAudit.from, to: SmallAudit.to,
            output: scratch.path("out"))
        let outcome = try Rinnovo.command(arguments + ["--results", results] + more).run()
        return SmallAudit.Run(outcome: outcome, scratch: scratch)
    }

    @Test(
        arguments: [
            ("pending", ["C3,posted,2025-03-12,9.99,EUR,,"], []),
            ("pending", ["C3,pending,2025-03-11,9.99,EUR,,"], ["undecided S1 2025-03-10"]),
            ("pending", ["C3,failed,2025-03-11,9.99,EUR,AM04,"], ["collection-failed S1 2025-03-10"]),
            ("posted", ["C3,reversed,2025-03-20,9.99,EUR,MD06,"], ["collection-failed S1 2025-03-10"]),
            (
                "posted", ["C3,posted,2025-03-12,9.99,EUR,,", "C3,reversed,2025-03-20,9.99,EUR,MD06,"],
                ["collection-failed S1 2025-03-10"]
            ),
            (
                "failed", ["C3,posted,2025-03-12,9.99,EUR,,"],
                ["contradicting-result S1 2025-03-10", "undecided S1 2025-03-10"]
            ),
            (
                "posted", ["C3,posted,2025-03-12,9.98,EUR,,"],
                ["contradicting-result S1 2025-03-10", "undecided S1 2025-03-10"]
            ),
            (
                "posted", ["C3,posted,2025-03-12,9.99,USD,,"],
                ["contradicting-result S1 2025-03-10", "undecided S1 2025-03-10"]
            ),
            (
                "posted", ["C3,posted,2025-02-30,9.99,EUR,,"],
                ["contradicting-result S1 2025-03-10", "undecided S1 2025-03-10"]
            ),
            ("posted", ["X3,reversed,2025-03-12,9.99,EUR,AC06,"], ["unknown-result  "]),
            ("posted", [",failed,2025-03-12,,,FF01,"], ["unnamed-result  "]),
            ("posted", [",posted,2025-03-12,9.99,EUR,,"], []),
            ("posted", ["C5,reversed,2025-04-12,5.00,EUR,MD06,"], []),
            ("posted", [], []),
        ] as [(String, [String], [String])])
    func theStatusIsThatOfTheBank(status: String, rows: [String], expected: [String]) throws {
        let run = try Self.run(status, rows)
        let findings = try run.discrepancies()
        #expect(findings == expected, "\(run.outcome.report)")
        let isRejected = rows.contains { $0.contains("2025-02-30") }
        #expect(run.outcome.code == (expected.isEmpty && !isRejected ? 0 : 1), "\(run.outcome.report)")
        #expect(run.outcome.output.contains("\(rows.count) result\(rows.count == 1 ? "" : "s") read ="))
        // What the customer's bank account saw never makes a second collection.
        #expect(try CSVTable(run.scratch.bytes(of: "out/recovery-charges.csv")).values("charge_id").isEmpty)
        // The copy of the charges stays what it was.
        #expect(try run.scratch.bytes(of: "out/corrected-charges.csv") == run.scratch.bytes(of: "charges.csv"))
    }

    @Test func theEvidenceNamesFileLineAndReason() throws {
        let run = try Self.run(
            "posted", ["C3,posted,2025-03-12,9.99,EUR,,", "C3,reversed,2025-03-20,9.99,EUR,MD06,"])
        let row = try CSVTable(run.scratch.bytes(of: "out/discrepancies.csv")).values("charge_ids", "evidence")
        #expect(
            row == [
                [
                    "C3",
                    "the only attempt failed or was reversed (charges.csv:4); bank: booked on 2025-03-12 (results.csv:2), "
                        + "returned on 2025-03-20, MD06 refund asked for by the customer (results.csv:3)",
                ]
            ])
        let history = try Self.run("posted", ["C3,reversed,2025-03-20,9.99,EUR,MD06,"], "--explain", "S1")
        #expect(history.outcome.output.contains("returned on 2025-03-20, MD06"), "\(history.outcome.report)")
    }

    @Test func anIdOfTwoChargesLeavesBothOpen() throws {
        let run = try Self.run("posted", ["C1,reversed,2025-03-20,9.99,EUR,MD06,"])
        #expect(try run.discrepancies() == ["collection-failed S1 2025-02-10"])
        let scratch = try TemporaryDirectory()
        let charges = SmallAudit.charges(
            replacing: 1, with: "C1,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted")
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
            [try scratch.write(charges, to: "charges.csv")], from: SmallAudit.from, to: SmallAudit.to,
            output: scratch.path("out"))
        let results = try scratch.write(
            SmallAudit.table(Self.columns, ["C1,reversed,2025-03-20,9.99,EUR,MD06,"]), to: "results.csv")
        _ = try Rinnovo.command(arguments + ["--results", results]).run()
        let found = try CSVTable(scratch.bytes(of: "out/discrepancies.csv")).values("rule", "subscription_id")
        #expect(
            found.map { $0.joined(separator: " ") } == [
                "contradicting-result S1", "undecided S1", "contradicting-result S2", "undecided S2",
            ])
    }

    /// Without results, and with results that say what the export says, an audit finds the same, whatever the threads.
    @Test func whatBanksConfirmChangesNothing() throws {
        let plain = try SmallAudit.run()
        let rows = (1...4).map { "C\($0),posted,2025-03-2\($0),9.99,EUR,," }
        for threads in ["1", "3"] {
            let run = try Self.run("posted", rows, "--threads", threads)
            #expect(run.outcome.code == 0, "\(run.outcome.report)")
            for name in ["discrepancies.csv", "recovery-plan.csv", "corrected-charges.csv"] {
                #expect(try run.scratch.bytes(of: "out/\(name)") == plain.scratch.bytes(of: "out/\(name)"), "\(name)")
            }
        }
    }

    /// Without a subscriptions file the charges are read twice, and both readings heed the banks.
    @Test func inferredSubscriptionsHeedTheBanks() throws {
        let scratch = try TemporaryDirectory()
        var rows: [String] = []
        for month in 1...9 { rows.append("C\(month),S1,renewal,2025-0\(month)-10,,,9.99,EUR,posted") }
        let charges = try scratch.write(SmallAudit.table(SmallAudit.chargeColumns, rows), to: "charges.csv")
        let results = try scratch.write(
            SmallAudit.table(
                Self.columns, ["C5,posted,2025-05-12,9.99,EUR,,", "C5,reversed,2025-05-19,9.99,EUR,AC06,"]),
            to: "results.csv")
        let outcome = try Rinnovo.run(
            "audit", "--charges", charges, "--from", "2025-01-01", "--to", "2025-10-01", "--output",
            scratch.path("out"), "--results", results)
        let found = try CSVTable(scratch.bytes(of: "out/discrepancies.csv")).values("rule", "period_start")
        #expect(found == [["collection-failed", "2025-05-10"]], "\(outcome.report)")
    }

    @Test func aFileThatIsCutGivesNoVerdict() throws {
        let scratch = try TemporaryDirectory()
        let text = "\(Self.columns)\nC3,reversed,2025-03-20,9.99,EUR,MD06,\"half"
        let results = try scratch.write(text, to: "results.csv")
        let run = try SmallAudit.run("--results", results)
        #expect(run.outcome.code == 65, "\(run.outcome.report)")
        #expect(try run.leftovers().isEmpty)
        let wrong = try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv")
        #expect(try SmallAudit.run("--results", wrong).outcome.code == 65)
    }
}
