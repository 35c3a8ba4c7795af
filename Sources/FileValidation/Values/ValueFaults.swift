/// What is wrong with a value, as a set: one value can break several constraints.
struct ValueFaults: OptionSet, Sendable {
    let rawValue: UInt32

    /// Nothing stands there.
    static let missing = ValueFaults(rawValue: 1 << 0)
    /// The text is no date.
    static let notADate = ValueFaults(rawValue: 1 << 1)
    /// The text has the form of a date that the calendar does not have.
    static let noSuchDay = ValueFaults(rawValue: 1 << 2)
    /// The text is no amount.
    static let notAnAmount = ValueFaults(rawValue: 1 << 3)
    /// The amount has more decimals than its currency.
    static let tooManyDecimals = ValueFaults(rawValue: 1 << 4)
    /// The amount does not fit 64 bits.
    static let amountOutOfRange = ValueFaults(rawValue: 1 << 5)
    /// The price is below zero.
    static let negative = ValueFaults(rawValue: 1 << 6)
    /// The word is none of a closed list.
    static let unknownWord = ValueFaults(rawValue: 1 << 7)
    /// The currency is none.
    static let unknownCurrency = ValueFaults(rawValue: 1 << 8)
    /// The text is no billing cycle.
    static let notACycle = ValueFaults(rawValue: 1 << 9)
    /// The text is no number of the type.
    static let notANumber = ValueFaults(rawValue: 1 << 10)
    /// The text is no time.
    static let notATime = ValueFaults(rawValue: 1 << 11)
    /// The text is no value of the type.
    static let wrongType = ValueFaults(rawValue: 1 << 12)
    /// The value is below the minimum.
    static let belowMinimum = ValueFaults(rawValue: 1 << 13)
    /// The value is above the maximum.
    static let aboveMaximum = ValueFaults(rawValue: 1 << 14)
    /// The value is too short.
    static let tooShort = ValueFaults(rawValue: 1 << 15)
    /// The value is too long.
    static let tooLong = ValueFaults(rawValue: 1 << 16)
    /// The value does not match the pattern.
    static let patternMismatch = ValueFaults(rawValue: 1 << 17)
    /// The value is none of the enumeration.
    static let notInEnumeration = ValueFaults(rawValue: 1 << 18)

    /// The faults of the set, one by one.
    var each: [ValueFaults] {
        var rest = rawValue
        var faults: [ValueFaults] = []
        while rest != 0 {
            let lowest = rest & (0 &- rest)
            faults.append(ValueFaults(rawValue: lowest))
            rest ^= lowest
        }
        return faults
    }
}
