import BillingValues

/// What the records of a document or a group come to.
struct DocumentTotals: Sendable {
    private var count = 0
    private var sums: [DecimalSum] = []

    /// Whether a sum does not fit 64 bits.
    private(set) var isOverflowing = false

    /// Adds a record by its amounts; an empty one is nothing.
    mutating func add(_ amounts: [[UInt8]]) {
        count += 1
        while sums.count < amounts.count { sums.append(.nothing) }
        for (number, amount) in amounts.enumerated() where !amount.isEmpty {
            if !sums[number].add(amount[...]) { isOverflowing = true }
        }
    }

    /// Adds what other records come to.
    mutating func add(_ other: DocumentTotals) {
        count += other.count
        while sums.count < other.sums.count { sums.append(.nothing) }
        for (number, sum) in other.sums.enumerated() {
            if !sums[number].add(sum.text[...]) { isOverflowing = true }
        }
        if other.isOverflowing || sums.contains(where: { $0.adding(percent: 10_000) == nil }) { isOverflowing = true }
    }

    /// The text of a hole.
    ///
    /// - Parameter percent: the tax, in hundredths of a percent.
    func text(of hole: TemplateHole, sum: Int?, percent: Int64, hash: [UInt8]) -> [UInt8] {
        switch hole.source {
        case .count: return Array("\(count)".utf8)
        case .hash: return hash
        case .field, .named, .same: return []
        case .sum, .tax, .gross:
            guard let sum, sums.indices.contains(sum), let gross = sums[sum].adding(percent: percent) else { return [] }
            switch hole.source {
            case .sum: return sums[sum].text
            case .tax: return gross.tax.text
            default: return gross.sum.text
            }
        }
    }
}

extension DecimalSum {
    /// The tax on an amount, and both together; nil where they do not fit 64 bits.
    ///
    /// The tax is rounded half up to two decimals, or to those of the amount where it has more.
    ///
    /// - Parameter percent: in hundredths of a percent.
    func adding(percent: Int64) -> (tax: DecimalSum, sum: DecimalSum)? {
        var whole = self
        guard whole.scale(to: max(decimals, 2)),
            let quotient = RoundingRule.halfUp.divide(Int128(whole.units) * Int128(percent), by: 10_000),
            let tax = Int64(exactly: quotient)
        else { return nil }
        let (sum, overflow) = whole.units.addingReportingOverflow(tax)
        guard !overflow else { return nil }
        return (DecimalSum(units: tax, decimals: whole.decimals), DecimalSum(units: sum, decimals: whole.decimals))
    }
}
