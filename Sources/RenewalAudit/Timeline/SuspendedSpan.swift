import BillingValues

/// Days on which a line is suspended without a break, however many events say so.
struct SuspendedSpan: Sendable {
    /// The first day.
    let from: CivilDate

    /// The first day after it, or nil while it lasts.
    private(set) var until: CivilDate?

    /// The spans of a line, in their order; `events` are in the order of their days.
    static func all(in events: [LineEvent]) -> [SuspendedSpan] {
        var spans: [SuspendedSpan] = []
        for event in events where event.change == .suspended {
            guard let from = event.effectiveOn else { continue }
            let last = spans.count - 1
            if last >= 0, spans[last].until.map({ from <= $0 }) ?? true {
                guard let known = spans[last].until else { continue }
                spans[last].until = event.until.map { max(known, $0) }
            } else {
                spans.append(SuspendedSpan(from: from, until: event.until))
            }
        }
        return spans
    }

    /// How many days of a period are suspended.
    func days(of period: BillingPeriod) -> Int {
        let last = until?.adding(days: -1) ?? period.end
        return BillingPeriod(start: from, end: last).map { period.overlapInDays(with: $0) } ?? 0
    }
}

extension Timeline {
    /// How many days of a period are suspended.
    func suspendedDays(of period: BillingPeriod) -> Int {
        SuspendedSpan.all(in: events).reduce(0) { $0 + $1.days(of: period) }
    }
}
