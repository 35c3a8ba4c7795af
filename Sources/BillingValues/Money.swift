/// An amount of money: a whole number of a currency's minor units, such as 999 cents for 9.99 EUR.
///
/// There is no fraction of a minor unit, no floating point and no silent wrap-around: every operation is exact or
/// throws a `MoneyError`, and the ones that must round take a `RoundingRule`. `Money` is not `Comparable`, because
/// amounts of two currencies have no order; `compare(to:)` orders amounts of one currency.
///
/// ```swift
/// let price = Money(minorUnits: 1_000, currency: .eur)
/// try price.split(into: 3).map(\.description)  // ["3.34 EUR", "3.33 EUR", "3.33 EUR"]
/// ```
public struct Money: Hashable, Sendable {
    /// The amount in minor units of the currency.
    public let minorUnits: Int64

    /// The currency, which says how many minor units make one unit.
    public let currency: Currency

    /// Makes an amount of a number of minor units.
    public init(minorUnits: Int64, currency: Currency) {
        self.minorUnits = minorUnits
        self.currency = currency
    }

    /// The amount of nothing in a currency.
    public static func zero(in currency: Currency) -> Money {
        Money(minorUnits: 0, currency: currency)
    }
}

/// Why an operation on money has no result.
public enum MoneyError: Error, Hashable, Sendable {
    /// The result does not fit into 64 bits of minor units.
    case overflow

    /// The two amounts are of different currencies.
    case currencyMismatch

    /// The denominator of a ratio is zero.
    case divisionByZero

    /// The parts of a split are none, too many, weighted negatively or all weighted zero.
    case invalidParts
}
