import BillingRecords

/// What matching needs of one subscription, in one cache line of 64 bytes.
///
/// A charge is matched by reading exactly one row, chosen at random among millions. What is read only for the few
/// subscriptions with findings (phone number, offer, payment method) lives in the columns of `Subscriptions`.
struct SubscriptionRow {
    /// The first 16 bytes of the subscription's id, padded with zeros.
    var key: SubscriptionKey

    /// The price of a renewal in minor units.
    var price: Int64

    /// The index in `ClaimedPeriods` of the first word for which there is no room in its columns.
    var firstFurtherClaim: UInt32

    /// How many renewals are due in the audit window.
    var dueCount: UInt32

    /// The cycle index of the first due renewal, from 1.
    var firstDueIndex: Int32

    /// The day of activation.
    var activatedDay: Int32

    /// The first day without service; `Int32.max` while the line is active.
    var endedDay: Int32

    /// The activation's `BatchDate.monthAndDay`.
    var activatedMonthAndDay: UInt32

    /// The length of a billing cycle: days if positive, months if negative, 0 when the terms are not usable.
    var cycle: Int32

    /// The currency's packed code; the highest bit is set for rows whose renewals only a timeline tells, so that no
    /// charge agrees with it and passes as regular by the row.
    var currency: UInt32

    /// Where the id's bytes from the 17th on stand in the arena, and the marks in the highest bits.
    var keyTailAndMarks: UInt32

    /// The number of bytes of the id.
    var keyLength: UInt32

    /// How many due renewals there are whose words find no room in the columns of `ClaimedPeriods`.
    var furtherClaimCount: Int { max(0, Int(dueCount) - ClaimedPeriods.columns) }

    /// The currency's packed code alone.
    @inline(__always)
    var currencyCode: UInt32 { currency & ~Self.timelineMark }

    /// Where the id's bytes from the 17th on stand in the arena.
    var keyTail: Int { Int(keyTailAndMarks & (Self.quietMark - 1)) }

    /// How many bytes the arena may have.
    static let keyTailLimit = Int(quietMark)

    /// Whether events or an offer bear on the renewals, so that these are judged by the row's timeline.
    @inline(__always)
    var hasTimeline: Bool { keyTailAndMarks & Self.timelineMark != 0 }

    /// Whether the timeline has in the window what the row alone would have, so that a charge passes as regular by the row.
    @inline(__always)
    var isAsRow: Bool { currency & Self.timelineMark == 0 }

    /// Whether the timeline is none in which anything but an end keeps a renewal from being due, also outside the window.
    @inline(__always)
    var isQuiet: Bool { keyTailAndMarks & Self.quietMark != 0 }

    /// Notes that the row is judged by its timeline.
    mutating func markTimeline() {
        currency |= Self.timelineMark
        keyTailAndMarks |= Self.timelineMark
    }

    /// Notes what the timeline of a row says.
    mutating func noteTimeline(isAsRow: Bool, isQuiet: Bool) {
        if isAsRow { currency = currencyCode }
        if isQuiet { keyTailAndMarks |= Self.quietMark }
    }

    private static let timelineMark: UInt32 = 1 << 31
    private static let quietMark: UInt32 = 1 << 30

    /// Whether the terms could be read and nothing contradicts them.
    @inline(__always)
    var isUsable: Bool { cycle != 0 }
}

extension SubscriptionRow: PackedCycles {
    var anchorDay: Int32 { @inline(__always) get { activatedDay } }

    var anchorMonthAndDay: UInt32 { @inline(__always) get { activatedMonthAndDay } }
}
