import BillingRecords
import BillingValues

/// A small picture of the cash that a plan brings in: a bar for each calendar month and currency.
struct ExpectedCashText {
    private let months: [Int: MoneyTally]
    private let style: TextStyle
    private let limit: Int

    /// How long the longest bar is.
    private static let width = 30

    /// The picture of months by their numbers; `limit` is how many are drawn at most.
    init(_ months: [Int: MoneyTally], style: TextStyle, limit: Int) {
        self.months = months
        self.style = style
        self.limit = limit
    }

    /// The lines; nothing when there is no month.
    var lines: [String] {
        guard !months.isEmpty else { return [] }
        var largest: [UInt32: Int128] = [:]
        for entry in months.values.flatMap(\.entries) {
            largest[entry.currency] = max(largest[entry.currency] ?? 0, entry.amount)
        }
        var table = TextTable(["expected cash", "instalments", "amount", ""])
        for (month, tally) in months.sorted(by: { $0.key < $1.key }).prefix(limit) {
            for (place, entry) in tally.sorted.enumerated() {
                let bar = Self.bar(entry.amount, of: largest[entry.currency] ?? 0)
                table.add([
                    place == 0 ? RecoveryCounts.name(ofMonth: month) : "", AmountText.people(entry.records),
                    AmountText.people(entry), bar + String(repeating: " ", count: Self.width - bar.count),
                ])
            }
        }
        let hidden = months.count - min(limit, months.count)
        let more = hidden > 0 ? [style.faint("  and \(hidden) later months (--verbose shows all)")] : []
        return [""] + table.lines(style).map(Self.withoutPadding) + more
    }

    /// A bar for an amount; the largest one has the whole width, and none but nothing is empty.
    private static func bar(_ amount: Int128, of largest: Int128) -> String {
        guard amount > 0, largest > 0 else { return "" }
        let length = Int(max(1, amount * Int128(width) / largest))
        return String(repeating: "#", count: length)
    }

    /// Bars are padded so that they begin in one column; the padding need not be printed.
    private static func withoutPadding(_ line: String) -> String {
        var line = line
        while line.last == " " { line.removeLast() }
        return line
    }
}
