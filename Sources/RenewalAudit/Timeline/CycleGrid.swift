import BillingRecords
import BillingValues

/// The billing periods of a line whose cycle changes: one stretch of equal cycles behind the other.
///
/// Each change begins a new count of cycles on its day, and the period that runs then ends on the day before. Cycles
/// are numbered through all stretches; cycle 0 is the activation.
struct CycleGrid: Sendable {
    /// Why a new count of cycles begins.
    enum Cause: Hashable, Sendable {
        /// The line was activated.
        case activation
        /// The line's billing calendar has periods that begin on this day of the month.
        case calendar
        /// A suspension was over, and the policy restarts the anchor.
        case suspension
        /// An event changed the cycle.
        case event
    }

    /// Cycles of one length from an anchor up to the next change.
    struct Stretch: Sendable {
        let anchor: CivilDate
        let cycle: BillingCycle
        /// Why it begins.
        let cause: Cause
        /// The number of its first cycle.
        let firstIndex: Int
        /// How many cycles it has; the last stretch has no end.
        var count = Int.max
        /// The day on which the next stretch begins.
        var stop: CivilDate?
        /// Whether it begins within a period of the stretch before.
        let interruptsPeriod: Bool
    }

    private(set) var stretches: [Stretch]

    /// The cycles from the activation on.
    init(activatedOn: CivilDate, cycle: BillingCycle) {
        stretches = [
            Stretch(anchor: activatedOn, cycle: cycle, cause: .activation, firstIndex: 0, interruptsPeriod: false)
        ]
    }

    /// Begins a new count on a day, which must lie after the anchors so far; nil keeps the cycle.
    mutating func change(to cycle: BillingCycle?, on day: CivilDate, cause: Cause) {
        let last = stretches.count - 1
        let current = stretches[last]
        guard day > current.anchor else { return }
        let count = current.cycle.firstIndex(startingOnOrAfter: day, from: current.anchor)
        stretches[last].count = count
        stretches[last].stop = day
        stretches.append(
            Stretch(
                anchor: day, cycle: cycle ?? current.cycle, cause: cause, firstIndex: current.firstIndex + count,
                interruptsPeriod: current.cycle.index(ofCycleStarting: day, from: current.anchor) == nil))
    }

    /// The stretch that a day lies in; the first one for days before the activation.
    func stretch(on day: CivilDate) -> Stretch {
        stretches.count == 1 ? stretches[0] : stretches.last { $0.anchor <= day } ?? stretches[0]
    }

    /// The stretch whose cycle a stretch has: that of the last change by an event, or of the activation.
    func origin(of stretch: Stretch) -> Stretch {
        if stretches.count == 1 { return stretches[0] }
        return stretches.last { $0.anchor <= stretch.anchor && ($0.cause == .event || $0.cause == .activation) }
            ?? stretches[0]
    }

    /// The stretch that a cycle belongs to.
    func stretch(ofCycle index: Int) -> Stretch {
        stretches.count == 1 ? stretches[0] : stretches.last { $0.firstIndex <= index } ?? stretches[0]
    }

    /// The period of a cycle, cut off where the next stretch begins; nil beyond the calendar.
    func period(_ index: Int) -> BillingPeriod? {
        guard let whole = wholePeriod(index) else { return nil }
        guard let stop = stretch(ofCycle: index).stop, stop <= whole.end, let end = stop.adding(days: -1) else {
            return whole
        }
        return BillingPeriod(start: whole.start, end: end)
    }

    /// The period of a cycle as if no change cut it off.
    func wholePeriod(_ index: Int) -> BillingPeriod? {
        guard index >= 0 else { return nil }
        let stretch = stretch(ofCycle: index)
        return stretch.cycle.period(ofCycle: index - stretch.firstIndex, from: stretch.anchor)
    }

    /// The cycle that starts on a day, or nil.
    func index(startingOn day: CivilDate) -> Int? {
        let stretch = stretch(on: day)
        return stretch.cycle.index(ofCycleStarting: day, from: stretch.anchor).map { $0 + stretch.firstIndex }
    }

    /// The first cycle that starts on a day or after it, at least 0.
    func firstIndex(startingOnOrAfter day: CivilDate) -> Int {
        let stretch = stretch(on: day)
        let index = stretch.cycle.firstIndex(startingOnOrAfter: day, from: stretch.anchor)
        return stretch.firstIndex + min(index, stretch.count)
    }

    /// The cycle whose first day is nearest to a day: at most `before` days after it, at most `after` days before it.
    ///
    /// Of two equally near ones the earlier.
    func index(nearestTo day: CivilDate, before: Int, after: Int) -> Int? {
        let next = firstIndex(startingOnOrAfter: day)
        var best: (index: Int, distance: Int)?
        for index in [next - 1, next] where index >= 0 {
            guard let start = wholePeriod(index)?.start else { continue }
            let days = day.days(since: start)
            guard days >= -before, days <= after else { continue }
            if best.map({ abs(days) < $0.distance }) ?? true { best = (index, abs(days)) }
        }
        return best?.index
    }
}
