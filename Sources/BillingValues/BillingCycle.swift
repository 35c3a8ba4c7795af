/// How often a subscription renews: every so many days, or every so many months.
///
/// Cycles are counted from the activation day: cycle 0 starts on it, cycle k is the k-th renewal. Weeks are seven
/// days and years twelve months, so `P1W` and `P7D` are equal, and so are `P1Y` and `P12M`. A month is not thirty
/// days: `P1M` and `P30D` drift apart.
public struct BillingCycle: Hashable, Sendable {
    /// What a cycle is counted in.
    public enum Unit: Hashable, Sendable {
        /// Days; weeks are seven of them.
        case days

        /// Calendar months; years are twelve of them.
        case months
    }

    /// What the cycle is counted in.
    public let unit: Unit

    /// How many days or months the cycle has, 1...36,600 days or 1...1,200 months.
    public let count: Int

    /// Makes a cycle of 1...36,600 days; nil for any other number.
    public init?(days: Int) {
        guard (1...36_600).contains(days) else { return nil }
        self.unit = .days
        self.count = days
    }

    /// Makes a cycle of 1...1,200 months; nil for any other number.
    public init?(months: Int) {
        guard (1...1_200).contains(months) else { return nil }
        self.unit = .months
        self.count = months
    }

    /// A number of days that no period of this cycle is shorter than.
    ///
    /// It is the exact minimum for cycles of days and of up to twelve months, and a lower bound for longer ones: each
    /// full year counts 365 days.
    public var shortestLengthInDays: Int {
        switch unit {
        case .days: count
        case .months: count / 12 * 365 + BillingCycle.shortestDaysOfMonths[count % 12]
        }
    }

    /// The fewest days that 0...11 consecutive months have, whatever the month and the anchor day they start on.
    private static let shortestDaysOfMonths = [0, 28, 59, 89, 120, 150, 181, 212, 242, 273, 303, 334]
}
