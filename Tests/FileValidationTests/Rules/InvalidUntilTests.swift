import BillingFiles
import FileValidation
import Testing

@Suite("invalid-until") struct InvalidUntilTests {
    @Test(arguments: [("2025-01-02", true), ("2025-01-01", true), ("2025-01-03", false), ("", false)])
    func judges(until: String, isWrong: Bool) throws {
        let table = try ValidatedTable.events("S1,suspended,2025-01-02,\(until),")
        #expect(table.summary == (isWrong ? ["2 invalid-until until"] : []))
    }
}
