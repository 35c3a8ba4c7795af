import Testing

@Suite("The committed tables of expected values")
struct ExpectedValuesTests {
    @Test(
        "are what the script writes today", .enabled(if: ExpectedValues.canRunScript),
        arguments: ["money.tsv", "splits.tsv", "days.tsv", "validity.tsv", "months.tsv", "cycles.tsv"])
    func tablesAreReproducible(name: String) throws {
        let committed = try ExpectedValues.committed(name)
        let fresh = try ExpectedValues.fresh(committed.arguments)
        #expect(committed.bytes == fresh.bytes)
        #expect(!committed.records.isEmpty)
    }
}
