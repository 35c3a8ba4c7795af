public import BillingValues

/// What customers are let off of each arrear: a share of it, rounded by a rule.
public struct GoodwillDiscount: Hashable, Sendable {
    /// The share in hundredths of a percent, 0...10,000.
    public let basisPoints: Int

    /// What happens to a fraction of a minor unit.
    public let rounding: RoundingRule

    /// No discount.
    public static let none = GoodwillDiscount(basisPoints: 0, rounding: .halfUp)

    /// A discount; the share is clamped to 0...10,000.
    public init(basisPoints: Int, rounding: RoundingRule) {
        self.basisPoints = min(10_000, max(0, basisPoints))
        self.rounding = rounding
    }

    /// What is let off of an amount: never less than nothing and never more than the amount.
    public func discount(of amount: Money) -> Money {
        // A share of at most the whole always fits, so the product is never out of range.
        let share = try? amount.multiplied(by: Int64(basisPoints), over: 10_000, rounding: rounding)
        let units = min(max(0, share?.minorUnits ?? 0), max(0, amount.minorUnits))
        return Money(minorUnits: units, currency: amount.currency)
    }
}
