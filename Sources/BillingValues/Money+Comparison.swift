extension Money {
    /// How one amount stands to another of the same currency.
    public enum Comparison: Sendable {
        /// The amount is the smaller one.
        case less

        /// The two amounts are the same.
        case equal

        /// The amount is the greater one.
        case greater
    }

    /// Compares two amounts of one currency, with their signs: -2.00 is less than 1.00.
    ///
    /// - Throws: `MoneyError.currencyMismatch`.
    public func compare(to other: Money) throws(MoneyError) -> Comparison {
        guard currency == other.currency else { throw .currencyMismatch }
        if minorUnits < other.minorUnits { return .less }
        return minorUnits == other.minorUnits ? .equal : .greater
    }
}
