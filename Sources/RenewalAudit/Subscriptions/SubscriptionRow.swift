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

    /// The index in `ClaimedPeriods` of the first word for which there is no room beside the row.
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

    /// The currency's packed code; the highest bit is set for rows with a timeline, so that no charge agrees with it and
    /// passes as regular.
    var currency: UInt32

    /// Where the id's bytes from the 17th on stand in the arena.
    var keyTail: UInt32

    /// The number of bytes of the id.
    var keyLength: UInt32

    /// How many due renewals there are whose words find no room beside the row.
    var furtherClaimCount: Int { max(0, Int(dueCount) - SubscriptionRows.claimsBesideRow) }

    /// The currency's packed code alone.
    var currencyCode: UInt32 { currency & ~Self.timelineMark }

    /// Whether events or an offer bear on the renewals, so that these are judged by the row's timeline.
    var hasTimeline: Bool { currency & Self.timelineMark != 0 }

    /// Notes that the row is judged by its timeline.
    mutating func markTimeline() { currency |= Self.timelineMark }

    private static let timelineMark: UInt32 = 1 << 31

    /// Whether the terms could be read and nothing contradicts them.
    var isUsable: Bool { cycle != 0 }
}

extension SubscriptionRow {
    /// The index of the cycle that starts on `date`, or nil if none does; never negative.
    @inline(__always)
    func cycleIndex(startingOn date: BatchDate) -> Int32? {
        if cycle > 0 {
            let days = date.dayNumber &- activatedDay
            guard days >= 0, days % cycle == 0 else { return nil }
            return days / cycle
        }
        let months = date.monthNumber &- Int32(truncatingIfNeeded: activatedMonthAndDay >> 5)
        let step = 0 &- cycle
        guard months >= 0, step > 0, step == 1 || months % step == 0 else { return nil }
        let anchor = Int32(truncatingIfNeeded: activatedMonthAndDay & 31)
        guard date.dayOfMonth == min(anchor, MonthLength.days(inMonth: date.monthNumber)) else { return nil }
        return step == 1 ? months : months / step
    }

    /// The index of the first cycle that starts on a day or after it, at least 0.
    func firstCycle(startingOnOrAfter date: BatchDate) -> Int32 {
        if cycle > 0 {
            let days = date.dayNumber &- activatedDay
            return days > 0 ? (days &- 1) / cycle &+ 1 : 0
        }
        let months = date.monthNumber &- Int32(truncatingIfNeeded: activatedMonthAndDay >> 5)
        let step = 0 &- cycle
        guard months >= 0, step > 0 else { return 0 }
        let index = months / step
        guard index &* step == months else { return index &+ 1 }
        // A cycle starts in this very month, on the activation's day or at the month's end.
        let anchor = Int32(truncatingIfNeeded: activatedMonthAndDay & 31)
        return date.dayOfMonth <= min(anchor, MonthLength.days(inMonth: date.monthNumber)) ? index : index &+ 1
    }

    /// The last day of the cycle that starts on `start`, which must be the start of a cycle.
    @inline(__always)
    func lastDay(ofCycleStartingOn start: BatchDate) -> Int32 {
        if cycle > 0 { return start.dayNumber &+ cycle &- 1 }
        let next = start.monthNumber &- cycle
        let anchor = Int32(truncatingIfNeeded: activatedMonthAndDay & 31)
        let day = min(anchor, MonthLength.days(inMonth: next))
        return MonthLength.firstDay(ofMonth: next) &+ day &- 2
    }
}

extension SubscriptionRow {
    /// The index of the one cycle that is due near `date`, at most `before` days later or `after` days earlier, and how
    /// many days after its first day `date` lies.
    ///
    /// Nil where there is none, and where cycles are so short that two of them could be near the same day.
    func cycle(dueNear date: BatchDate, before: Int32, after: Int32) -> (index: Int32, daysAfterDue: Int32)? {
        if cycle > 0 {
            guard cycle > before &+ after else { return nil }
            let days = date.dayNumber &- activatedDay &+ before
            guard days >= 0, days % cycle <= before &+ after else { return nil }
            return (days / cycle, days % cycle &- before)
        }
        let step = 0 &- cycle
        guard before &+ after < 28, step > 0 else { return nil }
        let firstMonth = Int32(truncatingIfNeeded: activatedMonthAndDay >> 5)
        let anchor = Int32(truncatingIfNeeded: activatedMonthAndDay & 31)
        for month in (date.monthNumber &- 1)...(date.monthNumber &+ 1) {
            let months = month &- firstMonth
            guard months >= 0, months % step == 0 else { continue }
            let due = MonthLength.firstDay(ofMonth: month) &+ min(anchor, MonthLength.days(inMonth: month)) &- 1
            let days = date.dayNumber &- due
            if days >= 0 &- before && days <= after { return (months / step, days) }
        }
        return nil
    }
}
