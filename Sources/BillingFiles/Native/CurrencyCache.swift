import BillingValues

/// The currencies that a file uses, looked up once each.
struct CurrencyCache: Sendable {
    private var known: [Currency] = []

    /// The currency with a packed code, or nil if there is none.
    @inline(__always)
    mutating func currency(_ packedCode: UInt32) -> Currency? {
        for currency in known where currency.packedCode == packedCode { return currency }
        guard let currency = Currency(packedCode: packedCode) else { return nil }
        known.append(currency)
        return currency
    }
}
