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

    /// What is collected: the price of the renewal to the cent, less the discount of the policy.
    public let amount: Money

    /// What the customer is let off; nothing unless the policy says so.
    public let discount: Money

    /// How the arrear stands to the limitation on the day of its collection.
    public let standing: ArrearStanding

    /// The place of the instalment among the customer's in its calendar month, from 1.
    public internal(set) var placeInMonth = 1

    /// How many instalments of the customer fall into its calendar month.
    public internal(set) var countInMonth = 1

    /// Whether the arrear is older than the policy's warning age on the day of its collection.
    public var isOld: Bool { standing == .disputedByAge }

    /// How many days after the first day of the period it is collected.
    public var ageInDays: Int { collectOn.days(since: period.start) }
}

extension Instalment {
    /// The price of the renewal: what is collected and what is let off.
    public var arrear: Money {
        // The two are parts of one amount of 64 bits, so their sum always fits.
        Money(minorUnits: amount.minorUnits &+ discount.minorUnits, currency: amount.currency)
    }
}
