import BillingFiles
import FileValidation
import Testing

@Suite("amount-sign") struct AmountSignTests {
    @Test(arguments: [
        ("refund", "1.00", true), ("refund", "-1.00", false), ("credit", "0.01", true), ("credit", "0.00", false),
        ("renewal", "-9.99", true), ("renewal", "9.99", false), ("renewal", "-0.00", false),
        ("recovery", "-1.00", true), ("activation", "-1", true), ("addon", "-1", true), ("usage", "-1", true),
        ("one_off", "-1", true), ("adjustment", "-1", false), ("adjustment", "1", false),
    ])
    func judges(kind: String, amount: String, isWrong: Bool) throws {
        let table = try ValidatedTable.charges("C1,S1,\(kind),2025-01-01,,,\(amount),EUR,posted")
        #expect(table.summary == (isWrong ? ["2 amount-sign amount"] : []))
        if isWrong { #expect(table.findings[0].found == amount) }
    }

    @Test func saysNothingOfAmountsThatAreNone() throws {
        let table = try ValidatedTable.charges("C1,S1,refund,2025-01-01,,,1.0.0,EUR,posted")
        #expect(table.summary == ["2 invalid-amount amount"])
    }
}
