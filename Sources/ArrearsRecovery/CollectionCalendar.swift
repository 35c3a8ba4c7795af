import BillingRecords
public import BillingValues
public import RenewalAudit

/// On which day the first arrear of a customer is collected.
public enum CollectionCalendar {
    /// The subscription's first renewal day in the month after the month of `decidedOn`.
    ///
    /// Collecting beside a regular renewal is what the customers of the seed incident were told. Where no renewal
    /// falls into that month (cycles of several months; cycles of 30 days in a February), the activation's day of
    /// the month stands for it, clamped to the month's end, so that the recovery starts next month for everybody.
    public static func firstCollection(schedule: RenewalSchedule, decidedOn: CivilDate) -> CivilDate? {
        let terms = schedule.terms
        guard let firstOfThis = CivilDate(year: decidedOn.year, month: decidedOn.month, day: 1),
            let firstDay = firstOfThis.addingMonths(1, anchorDay: 1),
            let lastDay = firstOfThis.addingMonths(1, anchorDay: 31)
        else { return nil }
        let cycle = max(1, terms.cycle.firstIndex(startingOnOrAfter: firstDay, from: terms.activatedOn))
        if let renewal = terms.cycle.start(ofCycle: cycle, from: terms.activatedOn), renewal <= lastDay {
            return renewal
        }
        return firstDay.addingMonths(0, anchorDay: terms.activatedOn.day)
    }

    /// The same for a line whose events are known: its cycles may have changed.
    public static func firstCollection(timeline: Timeline, decidedOn: CivilDate) -> CivilDate? {
        guard let firstOfThis = CivilDate(year: decidedOn.year, month: decidedOn.month, day: 1),
            let firstDay = firstOfThis.addingMonths(1, anchorDay: 1),
            let lastDay = firstOfThis.addingMonths(1, anchorDay: 31)
        else { return nil }
        if let renewal = timeline.firstCollection(onOrAfter: firstDay), renewal <= lastDay { return renewal }
        return firstDay.addingMonths(0, anchorDay: timeline.anchor(on: lastDay).day)
    }
}
