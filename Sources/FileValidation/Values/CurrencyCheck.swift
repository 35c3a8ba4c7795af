import BillingValues

/// Takes alphabetic codes of ISO 4217; a cell is the number of decimals of the currency.
struct CurrencyCheck: ValueCheck {
    /// Whether the value must not be empty.
    let isRequired: Bool

    private var lastCode: UInt32 = 0
    private var lastExponent: Int64 = 0

    init(isRequired: Bool) {
        self.isRequired = isRequired
    }

    @inline(__always)
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        guard value.count == 3 else {
            if value.isEmpty { return isRequired ? .missing : [] }
            cell = Cell.unreadable
            return .unknownCurrency
        }
        let code = UInt32(value[0]) << 16 | UInt32(value[1]) << 8 | UInt32(value[2])
        if code != lastCode {
            guard let currency = Currency(packedCode: code) else {
                cell = Cell.unreadable
                return .unknownCurrency
            }
            (lastCode, lastExponent) = (code, Int64(currency.exponent))
        }
        cell = lastExponent
        return []
    }
}
