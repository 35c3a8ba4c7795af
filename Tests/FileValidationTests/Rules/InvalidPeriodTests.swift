import BillingFiles
import FileValidation
import Testing

@Suite("invalid-period") struct InvalidPeriodTests {
    @Test(arguments: [
        ("2025-01-01,2025-01-31", false), ("2025-01-01,2025-01-01", false), ("2025-01-02,2025-01-01", true),
        (",2025-01-31", true), ("2025-01-01,", false), (",", false),
    ])
    func judges(period: String, isWrong: Bool) throws {
        let table = try ValidatedTable.charges("C1,S1,renewal,2025-01-01,\(period),9.99,EUR,posted")
        #expect(table.summary == (isWrong ? ["2 invalid-period period_end"] : []))
    }

    @Test func saysNothingOfDatesThatAreNone() throws {
        let table = try ValidatedTable.charges("C1,S1,renewal,2025-01-01,2025-13-01,2025-01-01,9.99,EUR,posted")
        #expect(table.summary == ["2 invalid-date period_start"])
    }
}
