extension Money {
    /// The sum of two amounts.
    ///
    /// - Throws: `MoneyError.currencyMismatch` or `MoneyError.overflow`.
    public func adding(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        return try result(of: minorUnits.addingReportingOverflow(other.minorUnits))
    }

    /// What is left of this amount when another is taken away.
    ///
    /// - Throws: `MoneyError.currencyMismatch` or `MoneyError.overflow`.
    public func subtracting(_ other: Money) throws(MoneyError) -> Money {
        guard currency == other.currency else { throw .currencyMismatch }
        return try result(of: minorUnits.subtractingReportingOverflow(other.minorUnits))
    }

    /// The same amount with the opposite sign, as a reversal needs it.
    ///
    /// - Throws: `MoneyError.overflow` for the smallest amount there is.
    public func negated() throws(MoneyError) -> Money {
        try Money.zero(in: currency).subtracting(self)
    }

    /// A whole multiple of the amount.
    ///
    /// - Throws: `MoneyError.overflow`.
    public func multiplied(by factor: Int64) throws(MoneyError) -> Money {
        try result(of: minorUnits.multipliedReportingOverflow(by: factor))
    }

    /// The amount times a ratio, such as 17 days of 30, computed exactly and rounded once at the end.
    ///
    /// - Parameters:
    ///   - numerator: The upper number of the ratio.
    ///   - denominator: The lower number of the ratio; it may be negative.
    ///   - rounding: What happens to a fraction of a minor unit.
    /// - Throws: `MoneyError.divisionByZero` or `MoneyError.overflow`.
    public func multiplied(
        by numerator: Int64, over denominator: Int64, rounding: RoundingRule
    ) throws(MoneyError) -> Money {
        let product = Int128(minorUnits) * Int128(numerator)
        guard let quotient = rounding.divide(product, by: Int128(denominator)) else { throw .divisionByZero }
        guard let units = Int64(exactly: quotient) else { throw .overflow }
        return Money(minorUnits: units, currency: currency)
    }

    private func result(of operation: (partialValue: Int64, overflow: Bool)) throws(MoneyError) -> Money {
        guard !operation.overflow else { throw .overflow }
        return Money(minorUnits: operation.partialValue, currency: currency)
    }
}
