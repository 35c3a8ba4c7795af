import BillingFiles
import FileValidation
import Testing

@Suite("duplicate-id") struct DuplicateIdentifierTests {
    @Test func findsTheSecondOfTwo() throws {
        let row = "S1,renewal,2025-01-01,,,9.99,EUR,posted"
        let table = try ValidatedTable.charges("C1,\(row)", "C2,\(row)", "\"C1\",\(row)", "C1,\(row)", "c1,\(row)")
        #expect(table.summary == ["4 duplicate-id charge_id", "5 duplicate-id charge_id"])
        #expect(table.findings.map(\.found) == Array(repeating: "C1, which record 1 has already", count: 2))
    }

    /// Every id stands twice, far apart: across blocks, and with other findings between.
    @Test func findsThemAcrossBlocks() throws {
        var text = ValidatedTable.chargesHeader + "\n"
        for round in 0..<2 {
            for number in 0..<3000 {
                text += "C\(number),S1,renewal,2025-01-0\(round == 0 ? "1" : "X"),,,9.99,EUR,posted\n"
            }
        }
        var settings = ValidatedTable.settings
        (settings.blockSize, settings.threads) = (4096, 3)
        let table = try ValidatedTable(text, settings)
        #expect(table.counts == [.duplicateIdentifier: 3000, .invalidDate: 3000])
        let lines = table.findings.map(\.place.line)
        #expect(lines == lines.sorted())
        #expect(
            table.findings.last { $0.rule == .duplicateIdentifier }?.found == "C2999, which record 3000 has already")
    }

    @Test func knowsSubscriptionsAndLeavesEmptyIdsToAnotherRule() throws {
        let row = "44,Easy,2025-01-01,,P1M,9.99,EUR,card"
        let table = try ValidatedTable.subscriptions("S1,\(row)", "S1,\(row)", ",\(row)", ",\(row)")
        #expect(
            table.summary == [
                "3 duplicate-subscription subscription_id", "4 missing-subscription subscription_id",
                "5 missing-subscription subscription_id",
            ])
    }
}
