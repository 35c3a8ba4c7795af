/// One renewal charge as the inference remembers it: when, for how long, and how much.
struct ChargeObservation: Hashable, Sendable {
    /// The number of the charge's subscription among those met.
    var subscription: UInt32

    /// The first day of the stated period or, without one, the day of the charge.
    var day: Int32

    /// The last day of the stated period, or `Int32.min`.
    var endDay: Int32

    /// The currency's packed code, and the marks above it.
    private var currencyAndMarks: UInt32

    /// The amount in minor units; positive.
    var amount: Int64

    private static let postedMark: UInt32 = 1 << 31
    private static let statedMark: UInt32 = 1 << 30

    init(
        subscription: UInt32, day: Int32, endDay: Int32, amount: Int64, currency: UInt32, isPosted: Bool,
        isStated: Bool
    ) {
        self.subscription = subscription
        self.day = day
        self.endDay = endDay
        self.amount = amount
        currencyAndMarks =
            currency & (Self.statedMark - 1) | (isPosted ? Self.postedMark : 0) | (isStated ? Self.statedMark : 0)
    }

    /// The currency's packed code.
    var currency: UInt32 { currencyAndMarks & (Self.statedMark - 1) }

    /// Whether money was taken; if not, the charge is an attempt that failed or is under way.
    var isPosted: Bool { currencyAndMarks & Self.postedMark != 0 }

    /// Whether the charge states its period.
    var isStated: Bool { currencyAndMarks & Self.statedMark != 0 }

    /// An order of the observations of one subscription that depends on nothing but what was observed.
    static func precedes(_ left: Self, _ right: Self) -> Bool {
        (left.day, left.endDay, left.amount, left.currencyAndMarks)
            < (right.day, right.endDay, right.amount, right.currencyAndMarks)
    }
}
