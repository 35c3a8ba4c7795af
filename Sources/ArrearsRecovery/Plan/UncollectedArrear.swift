public import BillingValues

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
        /// No collection day could be found: the batches are over, or the calendar.
        case noCollectionDay = "no-collection-day"
        /// The policy leaves out the offer or the customer.
        case leftOut = "left-out"
        /// The arrear, or what must be collected together, is more than the cap of a month.
        case aboveCap = "above-cap"
        /// The period is longer than what the limitation lets collect in one month.
        case longerThanAMonth = "longer-than-a-month"
        /// The discount takes all of it.
        case discounted
        /// The customer owes less than what the policy collects, so it is written off.
        case belowMinimum = "below-minimum"
        /// The policy writes off what is left when a subscription ends.
        case waived
    }

    /// The row of the subscription.
    public let row: Int

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// The price of the renewal.
    public let amount: Money

    /// Why it is not collected.
    public let reason: Reason

    /// How the arrear stands to the limitation: on the day of the decision, or time-barred where that is the reason.
    public let standing: ArrearStanding
}
