import BillingFiles
import FileValidation
import Testing

@Suite("ended-before-activation") struct EndedBeforeActivationTests {
    @Test(arguments: [
        ("2025-01-02", "2025-01-01", true), ("2025-01-02", "2025-01-02", false), ("2025-01-02", "", false),
    ])
    func judges(activated: String, ended: String, isWrong: Bool) throws {
        let table = try ValidatedTable.subscriptions("S1,44,Easy,\(activated),\(ended),P1M,9.99,EUR,card")
        #expect(table.summary == (isWrong ? ["2 ended-before-activation ended_on"] : []))
    }
}
