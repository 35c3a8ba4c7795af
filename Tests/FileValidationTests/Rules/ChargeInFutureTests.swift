import BillingFiles
import FileValidation
import Testing

@Suite("charge-in-future") struct ChargeInFutureTests {
    @Test(arguments: [
        ("renewal,2025-06-30", "posted", false), ("renewal,2025-07-01", "posted", true),
        ("renewal,2025-07-01", "failed", true), ("renewal,2025-07-01", "pending", false),
        ("recovery,2026-01-01", "posted", false), ("refund,9999-12-31", "reversed", true),
    ])
    func judges(row: String, status: String, isWrong: Bool) throws {
        let amount = row.hasPrefix("refund") ? "-1.00" : "1.00"
        let table = try ValidatedTable.charges("C1,S1,\(row),,,\(amount),EUR,\(status)")
        #expect(table.summary == (isWrong ? ["2 charge-in-future charged_on"] : []))
        if isWrong { #expect(table.findings[0].expected == "2025-06-30 or earlier") }
    }
}
