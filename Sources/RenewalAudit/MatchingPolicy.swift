/// How far a charge may stray from the day it was due before the audit calls it early or late.
public struct MatchingPolicy: Hashable, Sendable {
    /// How many days before the due day a charge is still on time.
    public var graceDaysBefore: Int

    /// How many days after the due day a charge is still on time.
    public var graceDaysAfter: Int

    /// How many days a charge may be pending before the audit asks a person about it.
    public var pendingDays: Int

    /// How many minor units the charges of a period may differ from what is due and still be right.
    public var tolerance: Int64

    /// The contract's default: five days either side of the due day, and five days to be collected.
    public static let standard = MatchingPolicy(graceDaysBefore: 5, graceDaysAfter: 5, pendingDays: 5)

    /// A policy; negative numbers count as 0.
    public init(graceDaysBefore: Int, graceDaysAfter: Int, pendingDays: Int, tolerance: Int64 = 0) {
        self.graceDaysBefore = max(0, graceDaysBefore)
        self.graceDaysAfter = max(0, graceDaysAfter)
        self.pendingDays = max(0, pendingDays)
        self.tolerance = max(0, tolerance)
    }
}
