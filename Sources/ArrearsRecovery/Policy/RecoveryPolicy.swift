public import BillingValues

/// How arrears are collected, and when they are too old for it.
public struct RecoveryPolicy: Hashable, Sendable {
    /// On which days a customer's arrears are collected.
    public var days: CollectionDays

    /// How many arrears are collected on one day; nil for all.
    ///
    /// With batches it is always all.
    public var arrearsAtATime: Int?

    /// Which arrears come first.
    public var order: ArrearsOrder

    /// The most that is collected from one customer in one calendar month, by currency.
    public var capPerMonth: CurrencyAmounts

    /// A customer of whom less than this would be collected is let off, by currency.
    public var writeOffBelow: CurrencyAmounts

    /// What becomes of the instalments that fall behind the end of the subscription.
    public var onCancellation: CancellationTreatment

    /// Offers whose arrears are not collected, by their names.
    public var leftOutOffers: Set<String>

    /// Subscriptions whose arrears are not collected, by their ids.
    public var leftOutCustomers: Set<String>

    /// What customers are let off of each arrear.
    public var discount: GoodwillDiscount

    /// How many days before a collection the customer must have been told of it.
    public var preNotificationDays: Int

    /// When arrears are too old, where no other limitation applies.
    public var limitation: Limitation

    /// Limitations of other jurisdictions; the first that applies to a subscription counts.
    public var otherLimitations: [Jurisdiction]

    /// The seed incident's policy: one missed renewal every 30 days, oldest first, from next month on.
    ///
    /// With the limitation of the Italian civil code for periodic payments (article 2948, number 4: five years) and a
    /// warning at two.
    public static let standard = RecoveryPolicy(
        days: .cadence(.days(30), first: .nextMonth), arrearsAtATime: 1, order: .oldestFirst, capPerMonth: .none,
        writeOffBelow: .none, onCancellation: .leave, leftOutOffers: [], leftOutCustomers: [], discount: .none,
        preNotificationDays: 0, limitation: .italy, otherLimitations: [])

    /// The limitation that applies to a subscription.
    public func limitation(offer: String, currency: Currency) -> Limitation {
        otherLimitations.first { $0.applies(offer: offer, currency: currency) }?.limitation ?? limitation
    }
}

/// Which arrears of a customer are collected first.
public enum ArrearsOrder: String, CaseIterable, Sendable {
    /// The oldest period first.
    case oldestFirst = "oldest-first"
    /// The newest period first.
    case newestFirst = "newest-first"
}

/// What becomes of the instalments whose turn comes when the subscription has ended.
public enum CancellationTreatment: String, CaseIterable, Sendable {
    /// They are not collected, and named.
    case leave
    /// They are collected on the last day of service.
    case bringForward = "bring-forward"
    /// They are collected together on the day of the end, or on the first day allowed after it.
    case finalCharge = "final-charge"
    /// They are written off.
    case waive
}
