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

extension Timeline {
    /// Why nothing is due for a period that starts on a day, or nil if the line is active.
    ///
    /// An end goes before a suspension, and that before a free period.
    func obstacle(on day: CivilDate) -> Obstacle? {
        if let end = ends.certain(on: day) {
            return Obstacle(cause: .ended, reason: end.statements.map(text).joined(separator: ", and "))
        }
        if let event = event(on: day, { $0 == .suspended }) {
            return Obstacle(cause: .suspended, reason: "the line was \(text(event))")
        }
        if let event = event(on: day, { $0 == .free }) {
            return Obstacle(cause: .free, reason: "the line was \(text(event))")
        }
        return nil
    }

    /// Why nothing is due for a cycle, or nil if it is due in whole or in part.
    ///
    /// Like `obstacle(on:)` of the period's first day, but with what the offer says of suspensions and first periods.
    func obstacle(ofCycle index: Int) -> Obstacle? {
        guard let period = period(index) else { return nil }
        if ends.certain(on: period.start) != nil { return obstacle(on: period.start) }
        if let suspended = suspension(of: period) { return suspended }
        if let event = event(on: period.start, { $0 == .free }) {
            return Obstacle(cause: .free, reason: "the line was \(text(event))")
        }
        if let free = offer.offer?.freePeriods, index >= firstRenewal, index < free {
            return Obstacle(cause: .free, reason: "the first \(free) periods of the offer are free")
        }
        if index == 0, offer.band(activatedOn: terms.activatedOn)?.firstPeriod == .free {
            return Obstacle(cause: .free, reason: "the first days up to the billing calendar's own are free")
        }
        return nil
    }

    /// Why nothing is due for a period of which days are suspended, by the policy in force.
    private func suspension(of period: BillingPeriod) -> Obstacle? {
        let policy = offer.suspension.partlySuspended
        if policy == .firstDay {
            return obstacle(on: period.start).flatMap { $0.cause == .suspended ? $0 : nil }
        }
        let days = suspendedDays(of: period)
        guard days == period.lengthInDays || policy == .notDue && days > 0 else { return nil }
        let event = events.first { event in
            guard event.change == .suspended, let from = event.effectiveOn else { return false }
            return from <= period.end && (event.until.map { $0 > period.start } ?? true)
        }
        return event.map { Obstacle(cause: .suspended, reason: "the line was \(text($0))") }
    }

    /// The event of a kind that holds on a day, of several the one that began last.
    private func event(on day: CivilDate, _ isWanted: (LineEvent.Change) -> Bool) -> LineEvent? {
        events.last { isWanted($0.change) && $0.holds(on: day) }
    }
}
