import BillingRecords
import BillingValues

/// What the subscription's row and the events say about the end of a line.
///
/// The row's `ended_on` and events `ended` without an end of their own are statements of one fact. Where they name
/// different days the line has ended for certain from the last of them on, and may have ended from the first on. So it is
/// with a rejected event that may be such an end and stands behind all others; before them it leaves open whatever it says.
struct LineEnds: Sendable {
    /// Who says it.
    enum Statement: Hashable, Sendable {
        case row(CivilDate)
        case event(LineEvent)
    }

    /// Statements that hold from a day up to another.
    struct Span: Sendable {
        let from: CivilDate
        let until: CivilDate?
        let statements: [Statement]

        func contains(_ day: CivilDate) -> Bool { from <= day && (until.map { day < $0 } ?? true) }
    }

    /// When the line has ended for certain.
    let certain: [Span]

    /// When it may have ended.
    let doubtful: [Span]

    /// The first end, if a rejected event may be another one; nil otherwise.
    ///
    /// A charge from this day on may be for what was due before the end, or for what was due behind it.
    let firstContested: CivilDate?

    init(_ terms: RenewalTerms, events: [LineEvent]) {
        var certain: [Span] = []
        var doubtful: [Span] = []
        var statements: [(day: CivilDate, statement: Statement)] = []
        if let endedOn = terms.endedOn { statements.append((endedOn, .row(endedOn))) }
        for event in events where event.change == .ended || event.change == .portedOut {
            guard let day = event.effectiveOn else { continue }
            let span = Span(from: day, until: event.until, statements: [.event(event)])
            if event.isOfFormerIdentifier {
                // What ended by the activation was the line's life under its earlier id.
                if day > terms.activatedOn { doubtful.append(span) }
            } else if day < terms.activatedOn {
                doubtful.append(Span(from: terms.activatedOn, until: event.until, statements: [.event(event)]))
            } else if event.change == .ended, event.until == nil {
                statements.append((day, .event(event)))
            } else {
                certain.append(span)
            }
        }
        let rejected = Self.rejected(events, behind: statements.map(\.day).max())
        firstContested = rejected.isEmpty ? nil : statements.map(\.day).min()
        statements += rejected
        if let first = statements.map(\.day).min(), let last = statements.map(\.day).max() {
            certain.append(
                Span(from: last, until: nil, statements: statements.filter { $0.day == last }.map(\.statement)))
            if first < last {
                doubtful.append(Span(from: first, until: last, statements: statements.map(\.statement)))
            }
        }
        self.certain = certain
        self.doubtful = doubtful
    }

    /// The rejected events that may be ends and stand behind the last of all others.
    private static func rejected(
        _ events: [LineEvent], behind last: CivilDate?
    ) -> [(day: CivilDate, statement: Statement)] {
        guard let last else { return [] }
        return events.compactMap { event in
            guard event.mayBeEnd, !event.isOfFormerIdentifier, let day = event.effectiveOn, day > last else {
                return nil
            }
            return (day, .event(event))
        }
    }

    /// The end that holds for certain on a day; of several the one that began first.
    func certain(on day: CivilDate) -> Span? {
        var first: Span?
        for span in certain where span.contains(day) && first.map({ span.from < $0.from }) ?? true { first = span }
        return first
    }

    /// The ends that may hold on a day, if none does for certain.
    func doubtful(on day: CivilDate) -> [Span] {
        doubtful.isEmpty || certain(on: day) != nil ? [] : doubtful.filter { $0.contains(day) }
    }

    /// Whether some end, certain or not, is on the day after this one.
    func followed(_ day: CivilDate) -> Bool {
        guard let next = day.adding(days: 1) else { return false }
        return certain.contains { $0.from == next } || doubtful.contains { $0.from == next }
    }
}
