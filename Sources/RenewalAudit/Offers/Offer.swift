public import BillingValues

/// What the offers file says of one offer.
public struct Offer: Hashable, Sendable {
    /// The name, as the subscriptions have it, byte for byte.
    public var name: [UInt8]

    /// The currency of every amount.
    public var currency: Currency

    /// The cycle of a line that has none of its own; nil where the offer leaves it to the subscriptions.
    public var cycle: BillingCycle?

    /// The list prices.
    public var prices: OfferPrices

    /// How many first periods are free, period 0 among them.
    public var freePeriods: Int

    /// The periods behind the free ones that have a lower price.
    public var discount: FirstPeriodsDiscount?

    /// The fee that is collected once, in minor units; nil for none.
    public var activationFee: Int64?

    /// How the price of some days of a period becomes a whole number of minor units.
    public var proRataRounding: RoundingRule

    /// What is due for a period of which some days are suspended; nil for the policy of the audit.
    public var partlySuspended: SuspensionPolicy.PartlySuspended?

    /// Which periods follow a suspension; nil for the policy of the audit.
    public var anchorAfterSuspension: SuspensionPolicy.Anchor?

    /// The number of its calendar among those of the file; nil for an anniversary calendar.
    public var calendar: Int?

    /// An offer with list prices and nothing else.
    public init(name: [UInt8], currency: Currency, prices: OfferPrices = OfferPrices()) {
        self.name = name
        self.currency = currency
        self.prices = prices
        freePeriods = 0
        proRataRounding = .halfUp
    }

    /// The first period that neither is free nor has a discount of the first periods.
    var firstOrdinaryPeriod: Int { freePeriods + (discount?.periods ?? 0) }
}

/// A price of some of the first periods of an offer.
public struct FirstPeriodsDiscount: Hashable, Sendable {
    /// How many periods, behind those that are free.
    public let periods: Int

    /// The price of each in minor units.
    public let price: Int64

    /// A discount from its parts.
    public init(periods: Int, price: Int64) {
        self.periods = max(0, periods)
        self.price = price
    }
}
