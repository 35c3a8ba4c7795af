public import BillingValues

/// An amount for each of some currencies, such as a cap in euros and one in dollars.
public struct CurrencyAmounts: Hashable, Sendable {
    /// The amounts in the order of the currency codes, one a currency.
    public let amounts: [Money]

    /// No amount for any currency.
    public static let none = CurrencyAmounts([])

    /// The amounts; of two of one currency the first counts.
    public init(_ amounts: [Money]) {
        var known: Set<Currency> = []
        self.amounts = amounts.filter { known.insert($0.currency).inserted }
            .sorted { $0.currency.packedCode < $1.currency.packedCode }
    }

    /// The amount of a currency in minor units; nil where there is none.
    public subscript(currency: Currency) -> Int64? {
        amounts.first { $0.currency == currency }?.minorUnits
    }
}
