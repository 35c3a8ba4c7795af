/// A stretch of days that is billed as one, with its first and its last day.
///
/// Both ends belong to the period, as in billing exports: 2025-03-01 to 2025-03-31 is all of March. A period has at
/// least one day.
public struct BillingPeriod: Hashable, Sendable, CustomStringConvertible {
    /// The first day.
    public let start: CivilDate

    /// The last day, which still belongs to the period.
    public let end: CivilDate

    /// Makes the period of two days and all between them; nil when the end lies before the start.
    public init?(start: CivilDate, end: CivilDate) {
        guard start <= end else { return nil }
        self.start = start
        self.end = end
    }

    /// The number of days, at least 1.
    public var lengthInDays: Int { end.days(since: start) + 1 }

    /// Whether a day lies in the period.
    public func contains(_ date: CivilDate) -> Bool {
        start <= date && date <= end
    }

    /// Whether the two periods have a day in common.
    public func overlaps(_ other: BillingPeriod) -> Bool {
        start <= other.end && other.start <= end
    }

    /// The number of days that the two periods have in common, 0 when there is none.
    public func overlapInDays(with other: BillingPeriod) -> Int {
        max(0, min(end, other.end).days(since: max(start, other.start)) + 1)
    }

    /// The two days in ISO 8601, such as `2025-03-01 to 2025-03-31`.
    public var description: String { "\(start) to \(end)" }
}
