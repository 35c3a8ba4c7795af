import BillingRecords
public import BillingValues

/// The life of a line whose events are known: which renewals are due, at what price, and why others are not.
///
/// A renewal is due when the line is neither suspended nor ended, ported out or free on the first day of its period; its
/// price is the one in force on that day. Until its first change everything is as the subscription's row says, or the
/// offers file where the audit has one.
public struct Timeline: Sendable {
    /// What the subscription's row says.
    let terms: RenewalTerms

    /// The events, in the order of their days.
    let events: [LineEvent]

    /// What the offers file says of the line.
    let offer: LineOffer

    /// The names of the events files.
    let files: [String]

    /// The periods.
    let grid: CycleGrid

    /// What is said about the end of the line.
    let ends: LineEnds

    /// The judged renewals that are due, in their order.
    private(set) var dueIndices: [Int] = []

    /// How many renewals of the window are due, but are collected on a day that the exports do not reach.
    public private(set) var laterCount = 0

    /// The timeline of a line of which nobody has asked yet what is due.
    init(terms: RenewalTerms, offer: LineOffer, history: LineHistory, files: [String]) {
        self.terms = terms
        self.offer = offer
        self.files = files
        events = history.events
        grid = Self.grid(terms, offer, history.events)
        ends = LineEnds(terms, events: history.events)
    }

    /// Finds the renewals that are due in an audit window.
    mutating func findDue(in window: AuditWindow) {
        let first = max(firstRenewal, grid.firstIndex(startingOnOrAfter: window.from))
        let last = grid.firstIndex(startingOnOrAfter: window.to)
        for index in first..<max(first, last) {
            guard let period = period(index), let dueOn = dueDay(ofCycle: index, period) else { break }
            guard idleness(ofCycle: index, period) == nil else { continue }
            if dueOn < window.to { dueIndices.append(index) } else { laterCount += 1 }
        }
    }

    /// The first cycle that is a renewal.
    var firstRenewal: Int { offer.band(activatedOn: terms.activatedOn)?.firstRenewal ?? 1 }

    /// How many judged renewals are due.
    public var dueCount: Int { dueIndices.count }

    /// The cycles of a line: changes on the same day count once, and those of a time before the activation not at all.
    private static func grid(_ terms: RenewalTerms, _ offer: LineOffer, _ events: [LineEvent]) -> CycleGrid {
        var grid = CycleGrid(activatedOn: terms.activatedOn, cycle: terms.cycle)
        var changes: [CivilDate: BillingCycle] = [:]
        var restarts: [CivilDate: CycleGrid.Cause] = [:]
        if case .dayOfMonth(let monthly) = offer.calendar, let day = monthly.firstDay(after: terms.activatedOn) {
            restarts[day] = .calendar
        } else if offer.suspension.anchor == .restart {
            for span in SuspendedSpan.all(in: events) {
                if let until = span.until, until > terms.activatedOn { restarts[until] = .suspension }
            }
        }
        for event in events {
            guard case .cycle(let cycle) = event.change, let day = event.effectiveOn, day > terms.activatedOn else {
                continue
            }
            // Which of two contradicting ones is taken must not depend on the order of the file.
            let known = changes[day] ?? cycle
            changes[day] = min(known.description, cycle.description) == known.description ? known : cycle
        }
        // A line that changes its cycle leaves the calendar: its new count begins on the day of the change.
        let firstChange = changes.keys.min()
        guard !changes.isEmpty || !restarts.isEmpty else { return grid }
        for day in Set(changes.keys).union(restarts.keys).sorted() {
            if let cycle = changes[day] {
                grid.change(to: cycle, on: day, cause: .event)
            } else if let cause = restarts[day], cause == .suspension || firstChange.map({ day < $0 }) ?? true {
                grid.change(to: nil, on: day, cause: cause)
            }
        }
        return grid
    }
}

extension Timeline {
    /// The first day, on a day or after it, on which the line's calendar collects a renewal.
    public func firstCollection(onOrAfter day: CivilDate) -> CivilDate? {
        let next = grid.firstIndex(startingOnOrAfter: day)
        // A collection may come months after the first day of its period, but never before it.
        let earlier = max(firstRenewal, next - collectionReach)
        return (earlier...(max(earlier, next) + 1)).compactMap { dueDay(ofCycle: $0) }.filter { $0 >= day }.min()
    }

    /// The day from which the cycles are counted that are in force on a day.
    public func anchor(on day: CivilDate) -> CivilDate { grid.stretch(on: day).anchor }

    /// Whether the line has ended by a day, or may have.
    public func mayHaveEnded(by day: CivilDate) -> Bool {
        ends.certain(on: day) != nil || !ends.doubtful(on: day).isEmpty
    }
}
