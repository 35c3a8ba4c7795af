extension BillingCycle: CustomStringConvertible {
    /// Makes the cycle of an ISO 8601 duration in ASCII: years and months, or weeks, or days.
    ///
    /// `P30D`, `P1W`, `P1M`, `P1Y` and `P1Y6M` are cycles. Nil for anything else: no duration or a duration of
    /// nothing, small letters, times of day, fractions, a designator twice or in the wrong order, months together
    /// with days, weeks together with anything (ISO 8601-1 writes them alone), and cycles beyond the longest.
    public init?(iso8601 text: Span<UInt8>) {
        guard text.count > 0, text[0] == UInt8(ascii: "P") else { return nil }
        var months = 0
        var days = 0
        var number: Int?
        var earlier: UInt8?
        for index in 1..<text.count {
            let byte = text[index]
            if let digit = asciiDigit(byte) {
                let next = (number ?? 0) * 10 + Int(digit)
                // Larger than any cycle, and small enough that no step below overflows.
                guard next <= 36_600 else { return nil }
                number = next
                continue
            }
            guard let value = number else { return nil }
            switch (earlier, byte) {
            case (nil, UInt8(ascii: "Y")): months = value * 12
            case (nil, UInt8(ascii: "M")), (UInt8(ascii: "Y"), UInt8(ascii: "M")): months += value
            case (nil, UInt8(ascii: "W")): days = value * 7
            case (nil, UInt8(ascii: "D")): days = value
            default: return nil
            }
            earlier = byte
            number = nil
        }
        guard number == nil else { return nil }
        if days > 0 {
            self.init(days: days)
        } else {
            self.init(months: months)
        }
    }

    /// Makes the cycle of an ISO 8601 duration, as `init(iso8601:)` does.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        self.init(iso8601: bytes.span)
    }

    /// The ISO 8601 duration of the cycle: `P30D` in days, `P2Y` in whole years, `P18M` otherwise.
    public var description: String {
        switch unit {
        case .days: "P\(count)D"
        case .months: count.isMultiple(of: 12) ? "P\(count / 12)Y" : "P\(count)M"
        }
    }
}
