import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("History of a subscription")
struct SubscriptionHistoryTests {
    /// The history of the first subscription, an entry a line: day, last day, what, charges, findings.
    private func lines(_ text: String) throws -> [String] {
        let run = AuditRun(try CaseText(text).input)
        let history = run.judge.history(ofRow: 0, findings: run.discrepancies)
        let entries = history.entries.map { entry in
            let day = entry.day.map { "\($0)" } ?? "-"
            let end = entry.period.map { " to \($0.end)" } ?? ""
            let charges = entry.charges.map { " \($0.use)" }.joined()
            let findings = entry.findings.map { " !\($0.rule.identifier)" }.joined()
            return "\(day)\(end) \(Self.word(entry.kind))\(charges)\(findings)"
        }
        return entries + history.unused.map { "\($0.use)" }
    }

    private static func word(_ kind: SubscriptionHistory.Kind) -> String {
        switch kind {
        case .renewal(let due, let settlement): "\(due) \(settlement)"
        case .nothingDue: "nothing due"
        case .event(let text): "(\(text))"
        case .apart: "apart"
        }
    }

    @Test("shows a regular renewal, a part, an attempt, and what nothing was charged for")
    func roles() throws {
        let found = try lines(
            """
            window, 2024-02-01, 2024-07-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, 2024-04-04, 9.99, EUR, failed
            renewal, 2024-03-09, 2024-03-05, 2024-04-04, 9.00, EUR, posted
            renewal, 2024-05-05, 2024-05-05, 2024-06-04, 9.99, EUR, posted
            refund, 2024-05-07, 2024-05-05, 2024-06-04, -9.99, EUR, posted
            renewal, 2024-06-05, 2024-06-05, 2024-07-04, ?, EUR, posted
            """)
        #expect(
            found == [
                "2024-02-05 to 2024-03-04 999 charged payment",
                "2024-03-05 to 2024-04-04 999 open failure payment !partial-charge",
                "2024-04-05 to 2024-05-04 999 open !uncharged-renewal",
                "2024-05-05 to 2024-06-04 999 open payment giveBack !refunded-renewal",
                "2024-06-05 to 2024-07-04 999 open doubtful !undecided",
            ])
    }

    @Test("joins the periods of one suspension, and shows the charge in it there")
    func suspension() throws {
        let found = try lines(
            """
            window, 2024-02-01, 2024-07-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            event, suspended, 2024-02-20, 2024-05-01,
            paid, 2024-02-05, 2024-04-05, 2024-05-05, 2024-06-05
            """)
        #expect(
            found == [
                "2024-02-05 to 2024-03-04 999 charged payment",
                "2024-02-20 (suspended from 2024-02-20 until 2024-05-01 (events.csv:2))",
                "2024-03-05 to 2024-05-04 nothing due outOfPlace !charge-while-suspended",
                "2024-05-05 to 2024-06-04 999 charged payment", "2024-06-05 to 2024-07-04 999 charged payment",
            ])
    }

    @Test("shows what fits no renewal, and what bears on none")
    func apart() throws {
        let found = try lines(
            """
            window, 2024-02-01, 2024-04-01
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-03-05
            renewal, 2024-02-20, , , 9.99, EUR, posted
            credit, 2024-03-20, , , -1.00, EUR, posted
            """)
        #expect(
            found == [
                "2024-02-05 to 2024-03-04 999 charged payment", "2024-02-20 apart outOfPlace !period-mismatch",
                "2024-03-05 to 2024-04-04 999 charged payment", "unused",
            ])
    }

    @Test("shows a contract that cannot be used with its finding")
    func noContract() throws {
        #expect(try lines("subscription, A, , , , ?, EUR") == ["- apart !undecided"])
    }

    @Test("has every finding once and every charge that the findings cite", arguments: [false, true])
    func everything(hasEvents: Bool) throws {
        var seeds = SplitMix64(seed: testSeed &+ 31)
        var mismatches = Mismatches()
        for _ in 0..<25 {
            let seed = seeds.next()
            let random = try #require(RandomCase(seed: seed, count: 60, hasEvents: hasEvents))
            let run = AuditRun(random.input)
            for row in 0..<run.subscriptions.count where !run.subscriptions.duplicateRows.contains(row) {
                let history = run.judge.history(ofRow: row, findings: run.discrepancies)
                let own = run.discrepancies.filter { $0.subject == .subscription(row: row) }
                let shown = history.entries.flatMap(\.findings)
                let isWhole =
                    shown.count == own.count && Set(shown) == Set(own)
                    && Set(own.flatMap(\.charges)).isSubset(of: history.positions)
                let days = history.entries.map { $0.day?.dayNumber ?? .min }
                let dues = history.entries.filter { if case .renewal = $0.kind { true } else { false } }
                let account = run.judge.account(
                    row, run.subscriptions.timeline(row), kept: run.judge.kept(ofRow: row))
                mismatches.check(
                    isWhole && days == days.sorted() && dues.count == account.periods.count,
                    "case \(seed), row \(row): \(history.entries)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }
}
