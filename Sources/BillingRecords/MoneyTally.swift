import BillingValues

/// Counts records and adds up their amounts, currency by currency, without ever overflowing.
///
/// Tallies taken at different places of the way of the data must agree; that is how a run proves that no record and
/// no cent was lost.
public struct MoneyTally: Hashable, Sendable {
    /// The sum of one currency.
    public struct Entry: Hashable, Sendable {
        /// The currency's three letters, packed as in `Currency.packedCode`; 0 where no amount could be read.
        public var currency: UInt32

        /// The number of records.
        public var records: Int

        /// The sum of the records' amounts in minor units.
        public var amount: Int128

        @usableFromInline init(currency: UInt32, records: Int, amount: Int128) {
            self.currency = currency
            self.records = records
            self.amount = amount
        }
    }

    /// One entry a currency, in the order in which the currencies were first met.
    public var entries: [Entry] { (0..<firstCount).map { first[$0] } + further }

    // The first currencies stand in place: adding to an array would ask each time whether it is shared.
    @usableFromInline var first = InlineArray<4, Entry>(repeating: Entry(currency: 0, records: 0, amount: 0))
    @usableFromInline var firstCount = 0
    @usableFromInline var further: [Entry] = []

    /// A tally of nothing.
    public init() {}

    /// Adds one record; O(number of currencies), which is a handful.
    ///
    /// No file has so many records that 128 bits could overflow.
    @inlinable @inline(__always)
    public mutating func add(amount: Int64, currency: UInt32) {
        for index in 0..<firstCount where first[index].currency == currency {
            first[index].records &+= 1
            first[index].amount &+= Int128(amount)
            return
        }
        addFurther(Entry(currency: currency, records: 1, amount: Int128(amount)))
    }

    /// Adds to an entry that is not among the first, or makes one.
    @usableFromInline
    mutating func addFurther(_ entry: Entry) {
        if let index = further.firstIndex(where: { $0.currency == entry.currency }) {
            further[index].records += entry.records
            further[index].amount += entry.amount
        } else if firstCount < first.count {
            first[firstCount] = entry
            firstCount += 1
        } else {
            further.append(entry)
        }
    }

    /// Adds one record whose amount could not be read.
    public mutating func addUnreadable() { add(amount: 0, currency: 0) }

    /// Adds all that another tally holds.
    public mutating func add(_ other: MoneyTally) {
        for entry in other.entries {
            if let index = (0..<firstCount).first(where: { first[$0].currency == entry.currency }) {
                first[index].records += entry.records
                first[index].amount += entry.amount
            } else {
                addFurther(entry)
            }
        }
    }

    /// The number of records of all currencies.
    public var records: Int { entries.reduce(0) { $0 + $1.records } }

    /// The entries in the order of their currency codes, the same however the tally came about.
    public var sorted: [Entry] { entries.sorted { $0.currency < $1.currency } }

    /// Whether two tallies count the same records and money.
    public static func == (left: Self, right: Self) -> Bool { left.sorted == right.sorted }

    /// Hashes what `==` compares.
    public func hash(into hasher: inout Hasher) { hasher.combine(sorted) }
}
