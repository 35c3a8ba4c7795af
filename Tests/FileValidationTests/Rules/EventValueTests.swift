import BillingFiles
import FileValidation
import Testing

@Suite("The value of an event") struct EventValueTests {
    @Test(arguments: [
        ("suspended", "", nil), ("price_changed", "", "missing-value"), ("price_changed", "9.99", nil),
        ("price_changed", "9.9.9", "invalid-amount"), ("discounted", "-1", "negative-price"),
        ("discounted", "-0.00", nil), ("offer_changed", "", "missing-value"), ("offer_changed", "Easy", nil),
        ("renumbered", "", "missing-value"), ("cycle_changed", "P1M", nil), ("cycle_changed", "1M", "invalid-cycle"),
        ("cycle_changed", "", "missing-value"),
    ])
    func judges(event: String, value: String, rule: String?) throws {
        let table = try ValidatedTable.events("S1,\(event),2025-01-02,,\(value)")
        #expect(table.summary == (rule.map { ["2 \($0) value"] } ?? []))
    }
}
