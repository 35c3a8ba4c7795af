extension BillingCycle {
    /// The first day of a cycle, with cycle 0 on the activation day.
    ///
    /// Months are always counted from the activation day, clamped to the end of the month: an activation on 31
    /// January renews on 28 February and then on 31 March; one on 29 February renews yearly on 28 February, and on 29
    /// February in leap years. Nil for a negative index and when the day lies after 9999-12-31.
    public func start(ofCycle index: Int, from activation: CivilDate) -> CivilDate? {
        guard index >= 0 else { return nil }
        let (distance, overflow) = index.multipliedReportingOverflow(by: count)
        guard !overflow else { return nil }
        return switch unit {
        case .days: activation.adding(days: distance)
        case .months: activation.addingMonths(distance, anchorDay: activation.day)
        }
    }

    /// The days from the start of a cycle to the day before the next one starts.
    ///
    /// Nil for a negative index and when the next cycle would start after 9999-12-31.
    public func period(ofCycle index: Int, from activation: CivilDate) -> BillingPeriod? {
        guard index < Int.max,
            let start = start(ofCycle: index, from: activation),
            let end = self.start(ofCycle: index + 1, from: activation)?.adding(days: -1)
        else { return nil }
        return BillingPeriod(start: start, end: end)
    }

    /// The cycle that a day belongs to; nil before the activation.
    public func index(containing date: CivilDate, from activation: CivilDate) -> Int? {
        place(of: date, from: activation)?.index
    }

    /// The cycle that starts on a day; nil when none does.
    public func index(ofCycleStarting date: CivilDate, from activation: CivilDate) -> Int? {
        guard let place = place(of: date, from: activation), place.isStart else { return nil }
        return place.index
    }

    /// The first cycle that starts on a day or after it, at least 0.
    ///
    /// Its start may lie after 9999-12-31; then `start(ofCycle:from:)` has none.
    public func firstIndex(startingOnOrAfter date: CivilDate, from activation: CivilDate) -> Int {
        guard let place = place(of: date, from: activation) else { return 0 }
        return place.isStart ? place.index : place.index + 1
    }

    /// The cycle that a day belongs to, and whether the day is its first; nil before the activation.
    private func place(of date: CivilDate, from activation: CivilDate) -> (index: Int, isStart: Bool)? {
        guard activation <= date else { return nil }
        switch unit {
        case .days:
            let (index, remainder) = date.days(since: activation).quotientAndRemainder(dividingBy: count)
            return (index, remainder == 0)
        case .months:
            let (year, month, day) = date.components
            let anchor = activation.components
            let months = (year - anchor.year) * 12 + month - anchor.month
            let (index, remainder) = months.quotientAndRemainder(dividingBy: count)
            guard remainder == 0 else { return (index, false) }
            // A cycle starts in this very month, on the activation's day or at the month's end.
            let startDay = min(anchor.day, CivilDate.daysInMonth(year: year, month: month))
            return (day < startDay ? index - 1 : index, day == startDay)
        }
    }
}
