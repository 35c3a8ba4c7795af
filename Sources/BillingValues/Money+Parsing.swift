/// What is wrong with a text that should be an amount.
public enum AmountFault: Error, Hashable, Sendable {
    /// There is no text.
    case empty

    /// The text does not have the form of an amount: an optional `-`, digits, and optionally `.` and digits.
    case notAnAmount

    /// The text has more decimals than the currency, even if they are zero.
    case tooManyDecimals

    /// The amount does not fit into 64 bits of minor units.
    case outOfRange
}

extension Money {
    /// The range of exponents that amounts can have: beyond it 10 to the exponent leaves 64 bits.
    static let exponents = 0...18

    /// Reads an amount in minor units from ASCII text.
    ///
    /// The form is an optional `-`, one or more digits, and optionally `.` with 1...exponent digits. Missing decimals
    /// are zeros, leading zeros are allowed, `-0.00` is zero. Nothing else is taken: no plus, no spaces, no grouping,
    /// no decimal comma, no power of ten, no typographic minus, no symbol. When a text has several faults, the one
    /// that stands first in `AmountFault` is thrown.
    ///
    /// - Parameters:
    ///   - text: The bytes of the amount and nothing around them.
    ///   - exponent: The decimals of the currency, 0...18; beyond that every amount is out of range.
    /// - Throws: `AmountFault`.
    public static func minorUnits(in text: Span<UInt8>, exponent: Int) throws(AmountFault) -> Int64 {
        guard text.count > 0 else { throw .empty }
        let isNegative = text[0] == hyphen
        let firstDigit = isNegative ? 1 : 0

        // Collected below zero, where 64 bits reach one further than above.
        var units: Int64 = 0
        var fits = exponents.contains(exponent)
        var decimals: Int?
        for index in firstDigit..<text.count {
            if let digit = asciiDigit(text[index]) {
                fits = fits && append(digit, below: &units)
                decimals = decimals.map { $0 + 1 }
            } else if text[index] == decimalPoint, decimals == nil, index > firstDigit {
                decimals = 0
            } else {
                throw .notAnAmount
            }
        }
        guard text.count > firstDigit, decimals != 0 else { throw .notAnAmount }
        guard decimals ?? 0 <= max(0, exponent) else { throw .tooManyDecimals }

        var missingDecimals = fits ? exponent - (decimals ?? 0) : 0
        while fits, missingDecimals > 0 {
            fits = append(0, below: &units)
            missingDecimals -= 1
        }
        guard fits, isNegative || units != .min else { throw .outOfRange }
        return isNegative ? units : -units
    }

    /// Reads an amount of a currency, as `minorUnits(in:exponent:)` does.
    ///
    /// - Throws: `AmountFault`.
    public init(parsing text: String, currency: Currency) throws(AmountFault) {
        let bytes = Array(text.utf8)
        self.init(
            minorUnits: try Money.minorUnits(in: bytes.span, exponent: currency.exponent), currency: currency)
    }

    /// Appends a digit to a number that is not above zero; false when it does not fit.
    private static func append(_ digit: UInt8, below units: inout Int64) -> Bool {
        let (shifted, shiftOverflow) = units.multipliedReportingOverflow(by: 10)
        let (sum, sumOverflow) = shifted.subtractingReportingOverflow(Int64(digit))
        units = sum
        return !shiftOverflow && !sumOverflow
    }
}
