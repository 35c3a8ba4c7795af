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

    /// The event of a kind that holds on a day, of several the one that began last.
    private func event(on day: CivilDate, _ isWanted: (LineEvent.Change) -> Bool) -> LineEvent? {
        events.last { isWanted($0.change) && $0.holds(on: day) }
    }
}
