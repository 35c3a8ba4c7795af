public import BillingRecords
public import BillingValues

/// Which renewals of one subscription are due in an audit window, and which period each of them pays for.
///
/// Renewal k (from 1) starts k cycles after the activation. It is due when its first day is in the window and the
/// line has not ended by then. Cycle 0 is the activation and never a renewal.
public struct RenewalSchedule: Sendable {
    /// The terms that the schedule follows.
    public let terms: RenewalTerms

    /// The cycle index of the first due renewal, from 1; meaningful only if `dueCount` is positive.
    public let firstDueIndex: Int

    /// How many renewals are due.
    public let dueCount: Int

    /// The schedule of a subscription in a window.
    public init(terms: RenewalTerms, window: AuditWindow) {
        self.terms = terms
        let first = max(1, terms.cycle.firstIndex(startingOnOrAfter: window.from, from: terms.activatedOn))
        let stop = min(window.to, terms.endedOn ?? window.to)
        let afterLast = terms.cycle.firstIndex(startingOnOrAfter: stop, from: terms.activatedOn)
        firstDueIndex = first
        dueCount = max(0, afterLast - first)
    }

    /// A schedule whose due renewals were worked out before.
    init(terms: RenewalTerms, firstDueIndex: Int, dueCount: Int) {
        self.terms = terms
        self.firstDueIndex = firstDueIndex
        self.dueCount = dueCount
    }

    /// The cycle indices of the due renewals.
    public var dueIndices: Range<Int> { firstDueIndex..<(firstDueIndex + dueCount) }

    /// The period of a cycle, or nil beyond the calendar.
    public func period(_ index: Int) -> BillingPeriod? {
        terms.cycle.period(ofCycle: index, from: terms.activatedOn)
    }

    /// The index of the cycle that starts on a day, or nil.
    public func index(startingOn date: CivilDate) -> Int? {
        terms.cycle.index(ofCycleStarting: date, from: terms.activatedOn)
    }

    /// Whether a period that starts on a day lies behind the end of the subscription.
    public func hasEnded(by date: CivilDate) -> Bool {
        terms.endedOn.map { date >= $0 } ?? false
    }

    /// The cycle whose first day is nearest to `date` and near enough: at most `before` days after it and at most
    /// `after` days before it.
    ///
    /// Of two equally near ones the earlier.
    public func index(nearestTo date: CivilDate, before: Int, after: Int) -> Int? {
        let next = terms.cycle.firstIndex(startingOnOrAfter: date, from: terms.activatedOn)
        var best: (index: Int, distance: Int)?
        for index in [next - 1, next] where index >= 0 {
            guard let start = terms.cycle.start(ofCycle: index, from: terms.activatedOn) else { continue }
            let days = date.days(since: start)
            guard days >= -before, days <= after else { continue }
            if best.map({ abs(days) < $0.distance }) ?? true { best = (index, abs(days)) }
        }
        return best?.index
    }
}
