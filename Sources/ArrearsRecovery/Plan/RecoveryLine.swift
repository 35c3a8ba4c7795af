import BillingRecords
public import BillingValues
public import RenewalAudit

/// What the recovery asks about a subscription: its renewal days and its end.
public struct RecoveryLine {
    private let schedule: RenewalSchedule
    private let timeline: Timeline?

    /// The day from which on the charges of an inferred line stop: it may have ended.
    private var stopsOn: CivilDate?

    /// A line that follows its schedule, or its timeline where it has events.
    public init(schedule: RenewalSchedule, timeline: Timeline?) {
        self.schedule = schedule
        self.timeline = timeline
    }

    /// The line of a row, or nil when its terms are not usable.
    init?(_ row: Int, of subscriptions: borrowing Subscriptions) {
        guard let schedule = subscriptions.schedule(row) else { return nil }
        self.init(schedule: schedule, timeline: subscriptions.timeline(row))
        stopsOn = subscriptions.inferredLine(row)?.stopsOn
    }

    /// The first day, on a day or after it, on which a renewal is collected; nil beyond the calendar.
    func renewal(onOrAfter day: CivilDate) -> CivilDate? {
        if let timeline { return timeline.firstCollection(onOrAfter: day) }
        let terms = schedule.terms
        let cycle = max(1, terms.cycle.firstIndex(startingOnOrAfter: day, from: terms.activatedOn))
        return terms.cycle.start(ofCycle: cycle, from: terms.activatedOn)
    }

    /// The day of the month from which the cycles in force on a day are counted.
    private func anchorDay(on day: CivilDate) -> Int {
        timeline.map { $0.anchor(on: day).day } ?? schedule.terms.activatedOn.day
    }

    /// Whether the line has ended by a day, or may have.
    func mayHaveEnded(by day: CivilDate) -> Bool {
        if mayHaveStopped(by: day) { return true }
        return timeline.map { $0.mayHaveEnded(by: day) } ?? schedule.hasEnded(by: day)
    }

    /// The first day without service, where the line has ended by a day for certain; nil where it has not, or where
    /// the evidence contradicts itself.
    func certainEnd(by day: CivilDate) -> CivilDate? {
        if mayHaveStopped(by: day) { return nil }
        if let timeline { return timeline.certainEnd(by: day) }
        return schedule.hasEnded(by: day) ? schedule.terms.endedOn : nil
    }

    private func mayHaveStopped(by day: CivilDate) -> Bool { stopsOn.map { day >= $0 } ?? false }
}

extension RecoveryLine {
    /// The first renewal day in the month after the month of `decidedOn`, not before `earliest`.
    ///
    /// Collecting beside a regular renewal is what the customers of the seed incident were told. Where no renewal
    /// falls into that month (cycles of several months; cycles of 30 days in a February), the activation's day of
    /// the month stands for it, clamped to the month's end, so that the recovery starts next month for everybody.
    /// Where `earliest` rules that month out, the next one takes its place.
    public func firstCollection(inMonthAfter decidedOn: CivilDate, earliest: CivilDate) -> CivilDate? {
        guard let firstOfThis = CivilDate(year: decidedOn.year, month: decidedOn.month, day: 1),
            let firstOfNext = firstOfThis.addingMonths(1, anchorDay: 1)
        else { return nil }
        var from = max(firstOfNext, earliest)
        while let lastDay = from.addingMonths(0, anchorDay: 31) {
            if let renewal = renewal(onOrAfter: from), renewal <= lastDay { return renewal }
            if let substitute = from.addingMonths(0, anchorDay: anchorDay(on: lastDay)), substitute >= from {
                return substitute
            }
            // From the first day of a month a substitute is always found, so this happens once at most.
            guard let next = from.addingMonths(1, anchorDay: 1) else { return nil }
            from = next
        }
        return nil
    }
}
