public import BillingValues

/// On which days arrears are collected.
public enum CollectionDays: Hashable, Sendable {
    /// Some at a time, a cadence apart.
    case cadence(Cadence, first: FirstCollection)
    /// All at once, each customer on one of these days; sorted, at least one.
    case batches([CivilDate])

    /// How far apart the collections of one customer are.
    public enum Cadence: Hashable, Sendable {
        /// So many days, at least one.
        case days(Int)
        /// So many calendar months, at least one, counted from the first collection and clamped to the month's end.
        case months(Int)
        /// On each renewal day of the subscription.
        case withRenewal
    }

    /// The first day on which more may be collected from a customer whose last planned collection is on a day.
    ///
    /// Batches have none: they collect everything at once.
    func following(_ last: CivilDate) -> CivilDate? {
        switch self {
        case .cadence(.days(let count), _): last.adding(days: max(1, count))
        case .cadence(.months(let count), _): last.addingMonths(max(1, count), anchorDay: last.day)
        case .cadence(.withRenewal, _): last.adding(days: 1)
        case .batches: nil
        }
    }

    /// When the first arrear of a customer is collected.
    public enum FirstCollection: Hashable, Sendable {
        /// On the first renewal day in the month after the month of the decision.
        case nextMonth
        /// On the first renewal day after the decision.
        case nextRenewal
        /// On a day; when it has passed, on the next day that the cadence counts from it.
        case on(CivilDate)
    }
}
