import Foundation
import Testing

/// What stands in charges and subscriptions that only an option of the audit explains.
@Suite struct ChargeTimeTests {
    private func run(_ charges: String, subscriptions: String = SmallAudit.subscriptions, _ more: String...) throws
        -> (outcome: Command.Outcome, findings: [String])
    {
        let scratch = try TemporaryDirectory()
        let arguments = Rinnovo.audit(
            try scratch.write(subscriptions, to: "s.csv"), [try scratch.write(charges, to: "c.csv")],
            from: SmallAudit.from, to: SmallAudit.to, output: scratch.path("out"))
        let outcome = try Rinnovo.command(arguments + more).run()
        let found = try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
            .values("rule", "subscription_id", "period_start").map { $0.joined(separator: " ") }
        return (outcome, found)
    }

    /// The charge of 10 March as UTC tells it: five days and half an hour early in Rome, six days in UTC.
    private static let early = SmallAudit.charges(
        replacing: 2, with: "C3,S1,renewal,2025-03-04T23:30:00Z,2025-03-10,2025-04-09,9.99,EUR,posted")

    @Test func theZoneDecidesTheDay() throws {
        let rome = try run(Self.early, "--time-zone", "Europe/Rome")
        #expect(rome.outcome.code == 0, "\(rome.outcome.report)")
        #expect(rome.findings.isEmpty)
        let london = try run(Self.early, "--time-zone", "Europe/London")
        #expect(london.findings == ["charged-early S1 2025-03-10"])
    }

    @Test func withoutAZoneNobodyCanTell() throws {
        let run = try run(Self.early)
        #expect(run.outcome.code == 1)
        #expect(run.findings == ["undecided S1 2025-03-10"])
        #expect(run.outcome.report.contains("invalid-date"), "\(run.outcome.report)")
        #expect(run.outcome.report.contains("--time-zone"))
    }

    @Test func aLocalTimeNeedsNone() throws {
        let row = "C3,S1,renewal,2025-03-10 23:30:00,,,9.99,EUR,posted"
        let run = try run(SmallAudit.charges(replacing: 2, with: row))
        #expect(run.outcome.code == 0, "\(run.outcome.report)")
    }

    @Test func aCalendarWithoutAnOffersFileIsSaid() throws {
        let subscriptions = SmallAudit.table(
            SmallAudit.subscriptionColumns + ",calendar",
            [SmallAudit.subscriptionRows[0] + ",easy-pay", SmallAudit.subscriptionRows[1] + ","])
        let run = try run(SmallAudit.charges, subscriptions: subscriptions)
        #expect(run.outcome.code == 1)
        #expect(run.findings == ["undecided S1 "])
        for part in ["s.csv:2", "easy-pay", "no offers file", "--offers"] {
            #expect(run.outcome.report.contains(part), "\(run.outcome.report)")
        }
    }
}
