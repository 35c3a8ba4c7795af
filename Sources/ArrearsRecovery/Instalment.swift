public import BillingValues

/// One collection of a recovery plan: one missed renewal, on one day.
public struct Instalment: Hashable, Sendable {
    /// The row of the subscription.
    public let row: Int

    /// The number of the instalment in the customer's plan, from 1.
    public let number: Int

    /// How many instalments the customer's plan has.
    public internal(set) var count: Int

    /// The day of the collection.
    public let collectOn: CivilDate

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// What is collected: the price of the renewal, to the cent.
    public let amount: Money

    /// Whether the arrear is older than the policy's warning age on the day of its collection.
    public let isOld: Bool
}

/// A missed renewal that the plan does not collect.
public struct UncollectedArrear: Hashable, Sendable {
    /// Why an arrear is not collected.
    public enum Reason: String, CaseIterable, Sendable {
        /// The subscription has ended, or ends before the turn of this arrear.
        case ended
        /// The contract was inferred from the charges, and collecting on such evidence was not asked for.
        case inferred
        /// The arrear is too old to be collected.
        case limitation
        /// No collection day could be found within the calendar.
        case noCollectionDay = "no-collection-day"
    }

    /// The row of the subscription.
    public let row: Int

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// The price of the renewal.
    public let amount: Money

    /// Why it is not collected.
    public let reason: Reason
}
