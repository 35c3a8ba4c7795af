extension Money: CustomStringConvertible {
    /// The amount and its currency, such as `9.99 EUR`.
    public var description: String { "\(amountText) \(currency)" }

    /// The amount without its currency, such as `9.99`, `-0.05`, or `1200` where there is no smaller unit.
    ///
    /// `init(parsing:currency:)` reads it back to the same amount.
    public var amountText: String {
        var bytes: [UInt8] = []
        writeAmount(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `amountText` in ASCII.
    public func writeAmount(to bytes: inout [UInt8]) {
        Money.writeAmount(minorUnits: minorUnits, exponent: currency.exponent, to: &bytes)
    }

    /// Appends an amount in ASCII: an optional `-`, at least one digit, and a point with all decimals if there are any.
    ///
    /// - Parameters:
    ///   - minorUnits: The amount.
    ///   - exponent: The decimals of the currency, 0...18. Any other is a mistake of the caller and stops the program.
    ///   - bytes: Where the text is appended.
    public static func writeAmount(minorUnits: Int64, exponent: Int, to bytes: inout [UInt8]) {
        precondition(exponents.contains(exponent), "an amount has 0...18 decimals")
        if minorUnits < 0 { bytes.append(hyphen) }
        // The digits from the last to the first; 64 bits have 20 at most.
        var digits = InlineArray<20, UInt8>(repeating: digitZero)
        var rest = minorUnits.magnitude
        var count = 0
        while rest > 0 || count <= exponent {
            digits[count] = digitZero + UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
            count += 1
        }
        for place in stride(from: count - 1, through: 0, by: -1) {
            bytes.append(digits[place])
            if place == exponent, exponent > 0 { bytes.append(decimalPoint) }
        }
    }
}
