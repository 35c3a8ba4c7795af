public import BillingValues

/// The days whose renewals are judged: a period is judged when its first day is in `from..<to`.
public struct AuditWindow: Hashable, Sendable {
    /// The first day of the window (inclusive).
    public let from: CivilDate

    /// The day after the last (exclusive); up to here the exports are complete.
    public let to: CivilDate

    /// The window from a day up to another, or nil when it would hold no day.
    public init?(from: CivilDate, to: CivilDate) {
        guard from < to else { return nil }
        self.from = from
        self.to = to
    }

    /// Whether a period that starts on `date` is judged.
    public func contains(_ date: CivilDate) -> Bool { from <= date && date < to }
}
