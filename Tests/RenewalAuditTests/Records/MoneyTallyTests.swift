import BillingRecords
import Testing

@Suite("MoneyTally")
struct MoneyTallyTests {
    private static let entries: [(amount: Int64, currency: UInt32)] = [
        (5, 2), (.max, 1), (.max, 1), (-7, 3), (.min, 2), (0, 1), (1, 0),
    ]

    private static func tally(_ entries: some Sequence<(amount: Int64, currency: UInt32)>) -> MoneyTally {
        var tally = MoneyTally()
        for entry in entries { tally.add(amount: entry.amount, currency: entry.currency) }
        return tally
    }

    @Test("counts and adds up by currency, beyond 64 bits")
    func sums() {
        let sorted = Self.tally(Self.entries).sorted
        #expect(sorted.map(\.currency) == [0, 1, 2, 3])
        #expect(sorted.map(\.records) == [1, 3, 2, 1])
        #expect(sorted.map(\.amount) == [1, 2 * Int128(Int64.max), Int128(Int64.min) + 5, -7])
        #expect(Self.tally(Self.entries).records == 7)
    }

    @Test("is the same however it came about", arguments: 0...7)
    func parts(cut: Int) {
        var joined = Self.tally(Self.entries.suffix(from: cut))
        joined.add(Self.tally(Self.entries.prefix(cut)))
        let whole = Self.tally(Self.entries.reversed())
        #expect(joined == whole)
        #expect(joined.hashValue == whole.hashValue)
    }

    @Test("differs by a record, by a cent and by a currency")
    func differs() {
        let whole = Self.tally(Self.entries)
        #expect(Self.tally(Self.entries.dropLast()) != whole)
        var other = whole
        other.add(amount: 1, currency: 1)
        var third = whole
        third.add(amount: 1, currency: 9)
        #expect(other != whole)
        #expect(other != third)
    }

    @Test("counts records whose amount could not be read apart")
    func unreadable() {
        var tally = MoneyTally()
        tally.addUnreadable()
        #expect(tally.sorted.map(\.currency) == [0])
        #expect(tally.records == 1)
    }
}
