import BillingRecords
public import BillingValues

/// The life of a line whose events are known: which renewals are due, at what price, and why others are not.
///
/// A renewal is due when the line is neither suspended nor ended, ported out or free on the first day of its period; its
/// price is the one in force on that day. Until its first change everything is as the subscription's row says.
public struct Timeline: Sendable {
    /// What the subscription's row says.
    let terms: RenewalTerms

    /// The events, in the order of their days.
    let events: [LineEvent]

    /// The names of the events files.
    let files: [String]

    /// The periods.
    let grid: CycleGrid

    /// What is said about the end of the line.
    let ends: LineEnds

    /// The judged renewals that are due, in their order.
    private(set) var dueIndices: [Int] = []

    /// The timeline of a line in an audit window.
    init(terms: RenewalTerms, history: LineHistory, files: [String], window: AuditWindow) {
        self.terms = terms
        self.files = files
        events = history.events
        grid = Self.grid(terms, history.events)
        ends = LineEnds(terms, events: history.events)
        let first = max(1, grid.firstIndex(startingOnOrAfter: window.from))
        let last = grid.firstIndex(startingOnOrAfter: window.to)
        for index in first..<max(first, last) {
            guard let start = grid.period(index)?.start else { break }
            if obstacle(on: start) == nil { dueIndices.append(index) }
        }
    }

    /// How many judged renewals are due.
    public var dueCount: Int { dueIndices.count }

    /// The cycles of a line: changes on the same day count once, and those of a time before the activation not at all.
    private static func grid(_ terms: RenewalTerms, _ events: [LineEvent]) -> CycleGrid {
        var grid = CycleGrid(activatedOn: terms.activatedOn, cycle: terms.cycle)
        var changes: [CivilDate: BillingCycle] = [:]
        for event in events {
            guard case .cycle(let cycle) = event.change, let day = event.effectiveOn, day > terms.activatedOn else {
                continue
            }
            // Which of two contradicting ones is taken must not depend on the order of the file.
            let known = changes[day] ?? cycle
            changes[day] = min(known.description, cycle.description) == known.description ? known : cycle
        }
        for (day, cycle) in changes.sorted(by: { $0.key < $1.key }) { grid.change(to: cycle, on: day) }
        return grid
    }
}

extension Timeline {
    /// The first day of the first cycle, the activation's not counted, that starts on a day or after it.
    public func firstCycle(startingOnOrAfter day: CivilDate) -> CivilDate? {
        grid.wholePeriod(max(1, grid.firstIndex(startingOnOrAfter: day)))?.start
    }

    /// The day from which the cycles are counted that are in force on a day.
    public func anchor(on day: CivilDate) -> CivilDate { grid.stretch(on: day).anchor }

    /// Whether the line has ended by a day, or may have.
    public func mayHaveEnded(by day: CivilDate) -> Bool {
        ends.certain(on: day) != nil || !ends.doubtful(on: day).isEmpty
    }
}
