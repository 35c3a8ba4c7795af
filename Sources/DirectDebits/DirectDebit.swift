public import BillingValues

/// One amount that is collected from one account on one day.
public struct DirectDebit: Hashable, Sendable {
    /// The id of the charge that it collects.
    public var charge: [UInt8]

    /// The reference that answers name.
    public var endToEnd: String

    /// The subscription.
    public var subscription: [UInt8]

    /// The day of the collection.
    public var collectOn: CivilDate

    /// The period that is paid for; nil where the charge names none.
    public var period: BillingPeriod?

    /// The amount; euro, and more than nothing.
    public var amount: Money

    /// What allows it.
    public var mandate: Mandate

    /// Which collection of the mandate it is.
    public var sequence: Mandate.Sequence
}

/// A charge that no bank is asked to collect, and why.
public struct RefusedDebit: Hashable, Sendable {
    /// Why a charge is not collected.
    public enum Reason: String, CaseIterable, Sendable {
        /// The subscription has no mandate.
        case noMandate = "no-mandate"
        /// Its mandate has a fault, or there are two of them.
        case faultyMandate = "faulty-mandate"
        /// The schemes know euro only.
        case notEuro = "not-in-euro"
        /// The schemes collect from 0.01 to 999999999.99.
        case amount = "amount-out-of-range"
        /// The mandate was signed after the day of the collection.
        case signedLater = "mandate-signed-later"
        /// The mandate allows one collection, and another has come first.
        case oneOffUsed = "one-off-mandate-used"
    }

    /// The id of the charge.
    public var charge: [UInt8]

    /// The subscription.
    public var subscription: [UInt8]

    /// The day of the collection.
    public var collectOn: CivilDate

    /// The period that would be paid for; nil where the charge names none.
    public var period: BillingPeriod?

    /// The amount.
    public var amount: Money

    /// Why.
    public var reason: Reason
}
