import BillingRecords
import BillingValues

/// Why no renewal is due for a period that starts on some day.
struct Obstacle: Sendable {
    /// What the line is instead of active.
    enum Cause: Hashable, Sendable {
        case ended
        case suspended
        case free
    }

    /// What the line is.
    let cause: Cause

    /// What says so, in words.
    let reason: String
}

/// What keeps a renewal from being due, before anybody asks for it in words.
enum Idleness: Sendable {
    case ended(LineEnds.Span)
    case suspended(LineEvent)
    case free(LineEvent)
    /// So many first periods of the offer are free.
    case freeFirstPeriods(Int)
    /// The days up to the first of the billing calendar's own periods are free.
    case freeFirstDays

    /// What the line is.
    var cause: Obstacle.Cause {
        switch self {
        case .ended: .ended
        case .suspended: .suspended
        case .free, .freeFirstPeriods, .freeFirstDays: .free
        }
    }
}

extension Timeline {
    /// Why nothing is due for a period that starts on a day, or nil if the line is active.
    ///
    /// An end goes before a suspension, and that before a free period.
    func obstacle(on day: CivilDate) -> Obstacle? { idleness(on: day).map { obstacle($0) } }

    /// Why nothing is due for a cycle, or nil if it is due in whole or in part.
    ///
    /// Like `obstacle(on:)` of the period's first day, but with what the offer says of suspensions and first periods.
    func obstacle(ofCycle index: Int) -> Obstacle? {
        period(index).flatMap { idleness(ofCycle: index, $0) }.map { obstacle($0) }
    }

    /// What keeps a period from being due that starts on a day.
    func idleness(on day: CivilDate) -> Idleness? {
        if let end = ends.certain(on: day) { return .ended(end) }
        if let event = event(on: day, { $0 == .suspended }) { return .suspended(event) }
        return event(on: day) { $0 == .free }.map { .free($0) }
    }

    /// What keeps a cycle from being due, whose period is known.
    func idleness(ofCycle index: Int, _ period: BillingPeriod) -> Idleness? {
        if let end = ends.certain(on: period.start) { return .ended(end) }
        if let event = suspension(of: period) { return .suspended(event) }
        if let event = event(on: period.start, { $0 == .free }) { return .free(event) }
        if let free = offer.offer?.freePeriods, index >= firstRenewal, index < free { return .freeFirstPeriods(free) }
        if index == 0, offer.band(activatedOn: terms.activatedOn)?.firstPeriod == .free { return .freeFirstDays }
        return nil
    }

    /// The event that suspends a period of which days are suspended, by the policy in force.
    private func suspension(of period: BillingPeriod) -> LineEvent? {
        let policy = offer.suspension.partlySuspended
        if policy == .firstDay { return event(on: period.start) { $0 == .suspended } }
        let days = suspendedDays(of: period)
        guard days == period.lengthInDays || policy == .notDue && days > 0 else { return nil }
        return events.first { event in
            guard event.change == .suspended, let from = event.effectiveOn else { return false }
            return from <= period.end && (event.until.map { $0 > period.start } ?? true)
        }
    }

    /// The event of a kind that holds on a day, of several the one that began last.
    private func event(on day: CivilDate, _ isWanted: (LineEvent.Change) -> Bool) -> LineEvent? {
        events.last { isWanted($0.change) && $0.holds(on: day) }
    }

    private func obstacle(_ idleness: Idleness) -> Obstacle {
        let reason =
            switch idleness {
            case .ended(let end): end.statements.map(text).joined(separator: ", and ")
            case .suspended(let event), .free(let event): "the line was \(text(event))"
            case .freeFirstPeriods(let free): "the first \(free) periods of the offer are free"
            case .freeFirstDays: "the first days up to the billing calendar's own are free"
            }
        return Obstacle(cause: idleness.cause, reason: reason)
    }
}
