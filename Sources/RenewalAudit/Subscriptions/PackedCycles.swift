import BillingRecords

/// Cycles counted from an anchor day, packed into three integers.
///
/// Matching asks millions of charges which cycle their period starts; the same arithmetic as that of `BillingCycle`, held
/// to it by a test, without optional dates.
protocol PackedCycles {
    /// The first day of cycle 0.
    var anchorDay: Int32 { get }

    /// The same day as `BatchDate.monthAndDay`.
    var anchorMonthAndDay: UInt32 { get }

    /// The length of a cycle: days if positive, months if negative, 0 where there are none.
    var cycle: Int32 { get }
}

extension PackedCycles {
    /// The index of the cycle that starts on `date`, or nil if none does; never negative.
    @inline(__always)
    func cycleIndex(startingOn date: BatchDate) -> Int32? {
        if cycle > 0 {
            let days = date.dayNumber &- anchorDay
            guard days >= 0, days % cycle == 0 else { return nil }
            return days / cycle
        }
        let months = date.monthNumber &- Int32(truncatingIfNeeded: anchorMonthAndDay >> 5)
        let step = 0 &- cycle
        guard months >= 0, step > 0, step == 1 || months % step == 0 else { return nil }
        let anchor = Int32(truncatingIfNeeded: anchorMonthAndDay & 31)
        guard date.dayOfMonth == min(anchor, MonthLength.days(inMonth: date.monthNumber)) else { return nil }
        return step == 1 ? months : months / step
    }

    /// The index of the first cycle that starts on a day or after it, at least 0.
    func firstCycle(startingOnOrAfter date: BatchDate) -> Int32 {
        if cycle > 0 {
            let days = date.dayNumber &- anchorDay
            return days > 0 ? (days &- 1) / cycle &+ 1 : 0
        }
        let months = date.monthNumber &- Int32(truncatingIfNeeded: anchorMonthAndDay >> 5)
        let step = 0 &- cycle
        guard months >= 0, step > 0 else { return 0 }
        let index = months / step
        guard index &* step == months else { return index &+ 1 }
        // A cycle starts in this very month, on the anchor's day or at the month's end.
        let anchor = Int32(truncatingIfNeeded: anchorMonthAndDay & 31)
        return date.dayOfMonth <= min(anchor, MonthLength.days(inMonth: date.monthNumber)) ? index : index &+ 1
    }

    /// The last day of the cycle that starts on `start`, which must be the start of a cycle.
    @inline(__always)
    func lastDay(ofCycleStartingOn start: BatchDate) -> Int32 {
        if cycle > 0 { return start.dayNumber &+ cycle &- 1 }
        let next = start.monthNumber &- cycle
        let anchor = Int32(truncatingIfNeeded: anchorMonthAndDay & 31)
        let day = min(anchor, MonthLength.days(inMonth: next))
        return MonthLength.firstDay(ofMonth: next) &+ day &- 2
    }
}

extension PackedCycles {
    /// The index of the one cycle that is due near `date`, at most `before` days later or `after` days earlier, and how
    /// many days after its first day `date` lies.
    ///
    /// Nil where there is none, and where cycles are so short that two of them could be near the same day.
    func cycle(dueNear date: BatchDate, before: Int32, after: Int32) -> (index: Int32, daysAfterDue: Int32)? {
        if cycle > 0 {
            guard cycle > before &+ after else { return nil }
            let days = date.dayNumber &- anchorDay &+ before
            guard days >= 0, days % cycle <= before &+ after else { return nil }
            return (days / cycle, days % cycle &- before)
        }
        let step = 0 &- cycle
        guard before &+ after < 28, step > 0 else { return nil }
        let firstMonth = Int32(truncatingIfNeeded: anchorMonthAndDay >> 5)
        let anchor = Int32(truncatingIfNeeded: anchorMonthAndDay & 31)
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

extension PackedCycles {
    /// The first day of a cycle; its index must be one that `firstCycle` or `cycleIndex` found, or near it.
    func firstDay(ofCycle index: Int32) -> Int32 {
        if cycle > 0 { return anchorDay &+ index &* cycle }
        let month = Int32(truncatingIfNeeded: anchorMonthAndDay >> 5) &- index &* cycle
        let anchor = Int32(truncatingIfNeeded: anchorMonthAndDay & 31)
        return MonthLength.firstDay(ofMonth: month) &+ min(anchor, MonthLength.days(inMonth: month)) &- 1
    }
}
