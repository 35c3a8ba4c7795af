/// Numbers and whole numbers of a table schema, with their bounds.
struct NumberType: Sendable {
    /// How they are written.
    let form: NumberForm
    /// The least and the largest.
    let minimum: DecimalNumber?
    let maximum: DecimalNumber?
    /// Whether the bounds themselves are allowed.
    let includesMinimum: Bool
    let includesMaximum: Bool
    /// Those that may stand there; empty for all.
    let enumeration: Set<DecimalNumber>

    /// The bounds in ten-thousandths, when they have no more decimals and are not too large.
    private let scaledMinimum: Int64?
    private let scaledMaximum: Int64?
    /// Whether plain numbers can be judged without their digits.
    private let isPlain: Bool

    init(
        form: NumberForm, minimum: DecimalNumber?, maximum: DecimalNumber?, includesMinimum: Bool = true,
        includesMaximum: Bool = true, enumeration: Set<DecimalNumber>
    ) {
        self.includesMinimum = includesMinimum
        self.includesMaximum = includesMaximum
        self.form = form
        self.minimum = minimum
        self.maximum = maximum
        self.enumeration = enumeration
        // Nothing of four decimals lies between a bound and the next ten-thousandth.
        scaledMinimum = minimum.flatMap(Self.scaled).map { includesMinimum ? $0 : $0 + 1 }
        scaledMaximum = maximum.flatMap(Self.scaled).map { includesMaximum ? $0 : $0 - 1 }
        isPlain =
            enumeration.isEmpty && form.decimal == [UInt8(ascii: ".")]
            && (minimum == nil) == (scaledMinimum == nil) && (maximum == nil) == (scaledMaximum == nil)
    }

    /// What is wrong with a value.
    @inline(__always)
    func judge(_ value: Span<UInt8>) -> ValueFaults {
        guard isPlain, let number = plain(value) else { return exactly(value) }
        var faults: ValueFaults = []
        if let scaledMinimum, number < scaledMinimum { faults.insert(.belowMinimum) }
        if let scaledMaximum, number > scaledMaximum { faults.insert(.aboveMaximum) }
        return faults
    }

    /// A number of at most fourteen digits, of them at most four decimals, in ten-thousandths.
    @inline(__always)
    private func plain(_ value: Span<UInt8>) -> Int64? {
        let count = value.count
        guard count > 0, count <= 15 else { return nil }
        let isNegative = value[0] == UInt8(ascii: "-")
        var number: Int64 = 0
        var decimals = -1
        let first = isNegative ? 1 : 0
        for index in first..<count {
            let digit = value[index] &- UInt8(ascii: "0")
            if digit <= 9 {
                number = number &* 10 &+ Int64(digit)
                if decimals >= 0 { decimals &+= 1 }
            } else {
                guard value[index] == UInt8(ascii: "."), decimals < 0, index > first, !form.isWhole else { return nil }
                decimals = 0
            }
        }
        guard count > first, decimals != 0, decimals <= 4 else { return nil }
        for _ in max(0, decimals)..<4 { number = number &* 10 }
        return isNegative ? 0 &- number : number
    }

    private func exactly(_ value: Span<UInt8>) -> ValueFaults {
        guard let reading = form.read(value) else { return .notANumber }
        var faults: ValueFaults = []
        switch reading {
        case .number(let number):
            if let minimum, number < minimum || (!includesMinimum && number == minimum) {
                faults.insert(.belowMinimum)
            }
            if let maximum, number > maximum || (!includesMaximum && number == maximum) {
                faults.insert(.aboveMaximum)
            }
            if !enumeration.isEmpty, !enumeration.contains(number) { faults.insert(.notInEnumeration) }
        case .special(let special):
            // What cannot be compared keeps no bound.
            if minimum != nil, special != .infinity { faults.insert(.belowMinimum) }
            if maximum != nil, special != .negativeInfinity { faults.insert(.aboveMaximum) }
            if !enumeration.isEmpty { faults.insert(.notInEnumeration) }
        }
        return faults
    }

    /// A bound in ten-thousandths, nil when it is none exactly or too large.
    private static func scaled(_ number: DecimalNumber) -> Int64? {
        guard number.exponent <= 14, number.digits.count - number.exponent <= 4, number.exponent > -20 else {
            return nil
        }
        var scaled: Int64 = 0
        for digit in number.digits { scaled = scaled * 10 + Int64(digit) }
        for _ in 0..<max(0, 4 - (number.digits.count - number.exponent)) { scaled *= 10 }
        return number.isNegative ? -scaled : scaled
    }
}
