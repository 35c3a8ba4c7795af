import ArrearsRecovery
import BillingValues
import RenewalAudit
import SettingsText
import Testing

@testable import OperatorSettings

/// The policy file: what it sets, and what is wrong in it.
@Suite struct PolicyFileTests {
    private func policy(_ text: String) throws -> PolicyFile { try PolicyFile(Array(text.utf8), file: "policy.yaml") }

    private func faults(_ text: String) -> [String] {
        let refusal = #expect(throws: SettingsRefusal.self) { try policy(text) }
        return refusal?.faults.map { "\($0.place.line):\($0.place.column) \($0.path)" } ?? []
    }

    @Test func whatTheFileSetsHoldsAndTheRestIsStandard() throws {
        let policy = try policy("audit:\n  grace_days_after: 10\n  tolerance: 2\n")
        #expect(policy.matching == MatchingPolicy(graceDaysBefore: 5, graceDaysAfter: 10, pendingDays: 5, tolerance: 2))
        #expect(policy.recovery == .standard)
    }

    @Test func everyFaultIsNamedInOneRun() throws {
        #expect(
            faults("audit:\n  grace_days_befor: 3\n  pending_days: many\nrecovry: 1\n") == [
                "2:3 audit.grace_days_befor", "3:17 audit.pending_days", "4:1 recovry",
            ])
    }

    @Test(arguments: [
        ("cadence: monthly", CollectionDays.cadence(.months(1), first: .nextMonth)),
        ("cadence: with-renewal", .cadence(.withRenewal, first: .nextMonth)),
        ("cadence: {every: 30 days}", .cadence(.days(30), first: .nextMonth)),
        ("cadence: {every: 2 weeks}", .cadence(.days(14), first: .nextMonth)),
        ("cadence: {every: 1 year}", .cadence(.months(12), first: .nextMonth)),
        ("first_collection: next-renewal", .cadence(.days(30), first: .nextRenewal)),
    ])
    func theDaysOfCollection(text: String, days: CollectionDays) throws {
        #expect(try policy("recovery:\n  \(text)\n").recovery.days == days)
    }

    @Test func aDayAndBatches() throws {
        let first = try #require(CivilDate("2026-01-15"))
        #expect(
            try policy("recovery: {first_collection: 2026-01-15}").recovery.days
                == .cadence(.days(30), first: .on(first)))
        let later = try #require(CivilDate("2026-02-01"))
        #expect(
            try policy("recovery: {batches: [2026-02-01, 2026-01-15, 2026-02-01]}").recovery.days
                == .batches([first, later]))
    }

    @Test(arguments: [
        "cadence: {every: 0 days}", "cadence: {every: 30}", "cadence: {every: 30 Days}", "cadence: {every: -1 days}",
        "cadence: {every: 30  days}", "cadence: {}", "cadence: daily", "cadence: {every: 3661 days}",
        "first_collection: 2026-02-30", "first_collection: tomorrow", "at_a_time: 0", "at_a_time: 1001",
        "at_a_time: 01",
        "batches: [1 August]", "batches: 2026-01-01", "order: oldest", "cap_per_month: 30", "cap_per_month: 30.00 eur",
        "cap_per_month: 0 EUR", "cap_per_month: 9.999 EUR", "cap_per_month: [1 EUR, 2 EUR]", "write_off_below: -1 EUR",
        "on_cancellation: forgive", "leave_out_offers: Easy Pay", "discount: {percent: 101}",
        "discount: {percent: 1.234}", "discount: {percent: -1}", "discount: {rounding: half}",
        "pre_notification_days: -1", "pre_notification_days: 367",
    ])
    func aValueThatIsNoneIsAFault(text: String) {
        #expect(faults("recovery:\n  \(text)\n").count == 1)
    }

    @Test(arguments: [
        "warn: 24", "stop: soon", "counted_from: birth", "month_for_month: maybe", "others: {}",
        "others: [{jurisdiction: X, stop: 1 year}]", "others: [{jurisdiction: X, currencies: [EUR]}]",
        "others: [{stop: 1 year, currencies: [EUR]}]", "others: [{jurisdiction: X, stop: 1 day, currencies: [Euro]}]",
        "jurisdiction: \"\"",
    ])
    func aLimitationThatIsNoneIsAFault(text: String) {
        #expect(faults("limitation:\n  \(text)\n").count == 1)
    }

    @Test func withBatchesThereIsNoCadence() {
        #expect(
            faults(
                "recovery:\n  batches: [2026-01-01]\n  at_a_time: 2\n  cadence: monthly\n  first_collection: next-month"
            )
                == ["3:14 recovery.at_a_time", "4:12 recovery.cadence", "5:21 recovery.first_collection"])
    }

    @Test func jsonIsReadToo() throws {
        let policy = try policy(
            #"{"recovery": {"at_a_time": 2, "cap_per_month": ["30.00 EUR", "25.00 USD"]}, "limitation": {"stop": "never"}}"#
        )
        #expect(policy.recovery.arrearsAtATime == 2)
        #expect(policy.recovery.capPerMonth[.eur] == 3000)
        #expect(policy.recovery.capPerMonth[.usd] == 2500)
        #expect(policy.recovery.limitation.stop == nil)
    }
}
