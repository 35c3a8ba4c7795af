import ArrearsRecovery
import BillingValues

/// The count and the sum of entries by act and currency, never overflowing.
public struct LedgerSums: Sendable {
    /// One act in one currency.
    public struct Line: Hashable, Sendable {
        /// The act.
        public let act: String
        /// The currency's code.
        public let currency: String
        /// How many entries.
        public var count: Int
        /// The sum in minor units.
        public var amount: Int128
    }

    /// The lines by act, then currency.
    public private(set) var lines: [Line] = []

    /// No entries.
    public init() {}

    /// Counts an entry.
    public mutating func add(_ entry: LedgerEntry) {
        let currency = entry.amount.currency.alphabeticCode
        let place = lines.firstIndex { $0.act == entry.act.rawValue && $0.currency == currency }
        if let place {
            lines[place].count += 1
            lines[place].amount += Int128(entry.amount.minorUnits)
        } else {
            lines.append(
                Line(
                    act: entry.act.rawValue, currency: currency, count: 1, amount: Int128(entry.amount.minorUnits)))
            lines.sort { ($0.act, $0.currency) < ($1.act, $1.currency) }
        }
    }

    /// A line of text for each act and currency: act, currency, count, sum in minor units.
    var text: String { lines.map { "\($0.act) \($0.currency) \($0.count) \($0.amount)\n" }.joined() }

    /// The sums that a text tells; lines that are none are left out.
    public init(text: String) {
        lines = text.split(separator: "\n").compactMap { line in
            let parts = line.split(separator: " ")
            guard parts.count == 4, let count = Int(parts[2]), let amount = Int128(parts[3]) else { return nil }
            return Line(act: String(parts[0]), currency: String(parts[1]), count: count, amount: amount)
        }
    }
}
