/// A decimal number of a text, exactly: `(-1)^sign * 0.digits * 10^exponent`.
///
/// The digits have no zeros at either end, so equal numbers are equal values; zero has none.
struct DecimalNumber: Hashable, Sendable {
    /// Whether it is below zero.
    var isNegative = false
    /// The digits, 0 to 9.
    var digits: [UInt8] = []
    /// Where the point stands, counted from the first digit.
    var exponent = 0

    /// A number from what its text has; `point` is the number of digits in front of the point.
    init(isNegative: Bool, digits: [UInt8], point: Int, power: Int) {
        let leading = digits.prefix { $0 == 0 }.count
        var kept = Array(digits.dropFirst(leading))
        while kept.last == 0 { kept.removeLast() }
        guard !kept.isEmpty else { return }
        self.isNegative = isNegative
        self.digits = kept
        let (exponent, overflow) = (point - leading).addingReportingOverflow(power)
        self.exponent = overflow ? (power > 0 ? .max : .min) : exponent
    }
}

extension DecimalNumber: Comparable {
    static func < (left: DecimalNumber, right: DecimalNumber) -> Bool {
        if left.sign != right.sign { return left.sign < right.sign }
        let isBelow = left.isSmaller(than: right)
        return left.isNegative ? right.isSmaller(than: left) : isBelow
    }

    private var sign: Int { digits.isEmpty ? 0 : isNegative ? -1 : 1 }

    /// Whether it is nearer to zero than another.
    private func isSmaller(than other: DecimalNumber) -> Bool {
        if exponent != other.exponent { return exponent < other.exponent }
        return digits.lexicographicallyPrecedes(other.digits)
    }
}
