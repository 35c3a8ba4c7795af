import BillingRecords

/// What the look-up of usage needs of one subscription, in half a cache line.
struct UsedLine {
    /// The first 16 digits of the phone number, without the sign of an international one.
    var key: SubscriptionKey

    /// The first day with service.
    var from: Int32

    /// The first day without it; `Int32.max` for none.
    var until: Int32

    /// The number of digits, and the marks in the highest bits.
    private var lengthAndMarks: UInt32

    /// What the life of a line is on some day.
    enum Life {
        case notYet, active, ended, unknown
    }

    /// A line with a number of so many digits.
    init(key: SubscriptionKey, length: Int, from: Int32, until: Int32) {
        self.key = key
        self.from = from
        self.until = until
        lengthAndMarks = UInt32(truncatingIfNeeded: length) & ~(Self.shared | Self.interrupted | Self.unknown)
    }

    private static let shared: UInt32 = 1 << 31
    private static let interrupted: UInt32 = 1 << 30
    private static let unknown: UInt32 = 1 << 29

    /// The number of digits; no record is as long as the marks would need.
    var length: Int { Int(lengthAndMarks & (1 << 29 - 1)) }

    /// Whether other subscriptions have the number, too.
    var isShared: Bool {
        get { lengthAndMarks & Self.shared != 0 }
        set { if newValue { lengthAndMarks |= Self.shared } else { lengthAndMarks &= ~Self.shared } }
    }

    /// Whether only the events tell when the line had ended.
    var isInterrupted: Bool {
        get { lengthAndMarks & Self.interrupted != 0 }
        set { if newValue { lengthAndMarks |= Self.interrupted } else { lengthAndMarks &= ~Self.interrupted } }
    }

    /// Whether nobody knows when the line had service.
    var isUnknown: Bool {
        get { lengthAndMarks & Self.unknown != 0 }
        set { if newValue { lengthAndMarks |= Self.unknown } else { lengthAndMarks &= ~Self.unknown } }
    }

    /// The life of a line without interruptions on a day.
    @inline(__always)
    func life(on day: Int32) -> Life {
        if isUnknown { return .unknown }
        if day < from { return .notYet }
        return day < until ? .active : .ended
    }
}

/// A phone number without what marks it as international.
enum CanonicalNumber {
    /// How many bytes are ahead of the number: a leading `+` or `00`, if something follows it.
    @inline(__always)
    static func prefixLength(first: UInt8, second: UInt8, length: Int) -> Int {
        if length > 1, first == UInt8(ascii: "+") { return 1 }
        return length > 2 && first == UInt8(ascii: "0") && second == UInt8(ascii: "0") ? 2 : 0
    }

    /// The number without its mark.
    static func of(_ number: [UInt8]) -> ArraySlice<UInt8> {
        let second = number.count > 1 ? number[1] : 0
        return number.dropFirst(prefixLength(first: number.first ?? 0, second: second, length: number.count))
    }
}
