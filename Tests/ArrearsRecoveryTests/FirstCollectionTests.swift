import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import Testing

@Suite("First collection")
struct FirstCollectionTests {
    @Test(
        "begins on the first renewal day of the month after the decision, or on the day of the activation in it",
        arguments: [
            // A renewal in the next month.
            ("2023-11-20", "P1M", "2024-05-01", "2024-06-20"), ("2023-11-20", "P1M", "2024-05-31", "2024-06-20"),
            ("2023-11-20", "P1M", "2024-12-31", "2025-01-20"), ("2023-11-01", "P1W", "2024-05-10", "2024-06-05"),
            ("2024-01-01", "P30D", "2024-02-10", "2024-03-01"), ("2024-01-01", "P10D", "2024-02-10", "2024-03-01"),
            // The month's end.
            ("2023-01-31", "P1M", "2024-01-15", "2024-02-29"), ("2023-01-31", "P1M", "2023-01-31", "2023-02-28"),
            ("2023-01-31", "P1M", "2024-02-15", "2024-03-31"), ("2023-08-30", "P1M", "2024-01-31", "2024-02-29"),
            // No renewal in that month: the day of the activation stands for it.
            ("2024-01-15", "P3M", "2024-04-20", "2024-05-15"), ("2024-01-15", "P3M", "2024-03-20", "2024-04-15"),
            ("2023-08-31", "P1Y", "2024-01-20", "2024-02-29"), ("2024-02-29", "P1Y", "2025-01-10", "2025-02-28"),
            ("2024-12-31", "P30D", "2025-01-31", "2025-02-28"),
            // The activation is no renewal; without one in its month its day stands for it.
            ("2024-06-10", "P1M", "2024-05-10", "2024-06-10"), ("2024-06-10", "P1W", "2024-05-10", "2024-06-17"),
        ])
    func first(activation: String, cycle: String, decidedOn: String, expected: String) throws {
        let decidedOn = try #require(CivilDate(decidedOn))
        let terms = RenewalTerms(
            activatedOn: try #require(CivilDate(activation)), endedOn: nil, cycle: try #require(BillingCycle(cycle)),
            price: Money(minorUnits: 999, currency: try #require(Currency(code: "EUR"))))
        let next = try #require(decidedOn.adding(days: 1))
        let schedule = RenewalSchedule(terms: terms, window: try #require(AuditWindow(from: decidedOn, to: next)))
        let first = RecoveryLine(schedule: schedule, timeline: nil)
            .firstCollection(inMonthAfter: decidedOn, earliest: decidedOn)
        #expect(first?.description == expected)
    }
}
