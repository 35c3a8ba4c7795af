public import BillingValues

/// The subscriptions of one block of input, in the order of the file.
public struct SubscriptionBatch: Sendable {
    /// The rows whose subscription can be told, sound or not.
    public var subscriptions: [SubscriptionRecord] = []

    /// Texts of quoted fields with their doubled quotes undone.
    public var unescapedTexts: [UInt8] = []

    /// An empty batch.
    public init() {}

    /// Empties the batch and keeps its storage.
    public mutating func removeAll() {
        subscriptions.removeAll(keepingCapacity: true)
        unescapedTexts.removeAll(keepingCapacity: true)
    }
}

/// One subscription of a batch: who, what offer, and the terms of its renewals.
public struct SubscriptionRecord: Sendable {
    /// The text of `subscription_id`.
    public var subscription: BatchText

    /// The text of `msisdn`, the line's phone number.
    public var msisdn: BatchText

    /// The text of `offer`.
    public var offer: BatchText

    /// The text of `payment_method`.
    public var paymentMethod: BatchText

    /// The ids that the line had before, separated by spaces; nearly always empty.
    public var previousIdentifiers: BatchText

    /// The name of the billing calendar that the row states; empty where it states none.
    public var calendar: BatchText

    /// Whether the row states a price; without one the price of its terms is 0 and means nothing.
    public var hasPrice: Bool

    /// The terms, or nil when a value of the row could not be read and the row was rejected.
    public var terms: RenewalTerms?

    /// The offset of the record's first byte in the block.
    public var byteOffset: UInt32

    /// The ordinal of the record among all records of the block.
    public var ordinal: UInt32

    /// A subscription from its columns.
    public init(
        subscription: BatchText, msisdn: BatchText, offer: BatchText, paymentMethod: BatchText,
        previousIdentifiers: BatchText = .empty, calendar: BatchText = .empty, hasPrice: Bool = true,
        terms: RenewalTerms?, byteOffset: UInt32, ordinal: UInt32
    ) {
        self.subscription = subscription
        self.msisdn = msisdn
        self.offer = offer
        self.paymentMethod = paymentMethod
        self.previousIdentifiers = previousIdentifiers
        self.calendar = calendar
        self.hasPrice = hasPrice
        self.terms = terms
        self.byteOffset = byteOffset
        self.ordinal = ordinal
    }
}

/// What a subscription's contract says of its renewals.
public struct RenewalTerms: Hashable, Sendable {
    /// The day of activation: cycle 0 starts here, renewal k starts k cycles later.
    public var activatedOn: CivilDate

    /// The first day without service, or nil while the line is active.
    public var endedOn: CivilDate?

    /// The length of a billing cycle.
    public var cycle: BillingCycle

    /// The price of a renewal; never negative.
    public var price: Money

    /// Terms from their parts.
    public init(activatedOn: CivilDate, endedOn: CivilDate?, cycle: BillingCycle, price: Money) {
        self.activatedOn = activatedOn
        self.endedOn = endedOn
        self.cycle = cycle
        self.price = price
    }
}
