import ArrearsRecovery
import BillingValues
import RenewalAudit
import Testing

@Suite("RecoveryPlan")
struct RecoveryPlanTests {
    @Test("collects one missed renewal every 30 days, oldest first, from the first renewal day of the next month")
    func seedIncident() throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-05-01", decidedOn: "2024-05-01")
        #expect(
            input.plan().text == """
                1/4 2024-06-20 for 2024-01-20
                2/4 2024-07-20 for 2024-02-20
                3/4 2024-08-19 for 2024-03-20
                4/4 2024-09-18 for 2024-04-20
                """)
        #expect(input.plan().instalments.allSatisfy { $0.amount.minorUnits == 999 && $0.row == 0 })
    }

    @Test("keeps the cadence of the policy", arguments: [(1, "2024-06-21"), (7, "2024-06-27"), (0, "2024-06-21")])
    func cadence(days: Int, second: String) throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-03-01", decidedOn: "2024-05-01")
        let policy = RecoveryPolicy.seed(cadenceDays: days)
        #expect(input.plan(policy).instalments.map(\.collectOn.description) == ["2024-06-20", second])
    }

    @Test(
        "collects nothing on or after the day of the end",
        arguments: [
            ("2024-06-20", "ended 2024-01-20\nended 2024-02-20"),
            ("2024-06-21", "1/1 2024-06-20 for 2024-01-20\nended 2024-02-20"),
            ("2024-07-20", "1/1 2024-06-20 for 2024-01-20\nended 2024-02-20"),
            ("2024-07-21", "1/2 2024-06-20 for 2024-01-20\n2/2 2024-07-20 for 2024-02-20"),
        ])
    func ended(endedOn: String, plan: String) throws {
        let input = try RecoveryCase(
            "2023-11-20,\(endedOn),P1M", window: "2024-01-01 2024-03-01", decidedOn: "2024-05-01")
        #expect(input.plan().text == plan)
    }

    @Test(
        "goes by the events of the line: its end, its price and its cycles",
        arguments: [
            ("ended,2024-06-20,,", "ended 2024-01-20\nended 2024-02-20"),
            ("ported_out,2024-06-21,,", "1/1 2024-06-20 for 2024-01-20\nended 2024-02-20"),
            ("suspended,2024-02-01,2024-03-01,", "1/1 2024-06-20 for 2024-01-20"),
            ("cycle_changed,2024-03-05,,P1M", "1/2 2024-06-05 for 2024-01-20\n2/2 2024-07-05 for 2024-02-20"),
            ("cycle_changed,2024-06-07,,P1M", "1/2 2024-06-07 for 2024-01-20\n2/2 2024-07-07 for 2024-02-20"),
            ("cycle_changed,2024-03-20,,P1Y", "1/2 2024-06-20 for 2024-01-20\n2/2 2024-07-20 for 2024-02-20"),
        ])
    func events(event: String, plan: String) throws {
        let input = try RecoveryCase(
            "2023-11-20,,P1M", window: "2024-01-01 2024-03-01", decidedOn: "2024-05-01", event: event)
        #expect(input.plan().text == plan)
    }

    @Test(
        "stops at an age of 60 months and points out one of 24, on the day of the collection",
        arguments: [
            // The first collection is on the 20th of the month after the decision.
            ("2025-12-19", "1/1 2026-01-20 for 2024-01-20 old"), ("2025-11-30", "1/1 2025-12-20 for 2024-01-20"),
            ("2028-11-30", "1/1 2028-12-20 for 2024-01-20 old"), ("2028-12-01", "limitation 2024-01-20"),
            ("2040-01-01", "limitation 2024-01-20"),
        ])
    func limitation(decidedOn: String, plan: String) throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-02-01", decidedOn: decidedOn)
        #expect(input.plan().text == plan)
    }

    @Test("gives the turn of an arrear that is too old to the next one")
    func tooOldFirst() throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-04-01", decidedOn: "2029-01-15")
        #expect(
            input.plan().text == """
                1/1 2029-02-20 for 2024-03-20 old
                limitation 2024-01-20
                limitation 2024-02-20
                """)
    }

    @Test(
        "follows the limitation of the policy",
        arguments: [(8, 9, " old"), (9, 10, ""), (1, 8, nil)] as [(Int, Int, String?)])
    func limitationPolicy(warning: Int, stop: Int, mark: String?) throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-02-01", decidedOn: "2024-08-01")
        let policy = RecoveryPolicy.seed(warning: warning, stop: stop)
        let expected = mark.map { "1/1 2024-09-20 for 2024-01-20" + $0 } ?? "limitation 2024-01-20"
        #expect(input.plan(policy).text == expected)
    }

    @Test("recovers uncharged renewals and nothing else", arguments: AuditRule.allCases)
    func onlyUncharged(rule: AuditRule) throws {
        let input = try RecoveryCase("2023-11-20,,P1M", window: "2024-01-01 2024-05-01", decidedOn: "2024-05-01")
        let others = input.discrepancies.map { discrepancy in
            var other = discrepancy
            other.rule = rule
            return other
        }
        let plan = RecoveryPlan(
            others, subscriptions: input.subscriptions, policy: .standard, decidedOn: input.decidedOn)
        #expect(plan.instalments.count == (rule == .unchargedRenewal ? 4 : 0))
        #expect(plan.uncollected.isEmpty)
    }

    @Test("says so where the calendar ends")
    func endOfCalendar() throws {
        let input = try RecoveryCase("9999-06-30,,P1M", window: "9999-10-01 9999-12-01", decidedOn: "9999-12-05")
        #expect(input.plan().text == "no-collection-day 9999-10-30\nno-collection-day 9999-11-30")
    }
}
