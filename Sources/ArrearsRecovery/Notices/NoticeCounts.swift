public import BillingValues
public import RenewalAudit

/// How many notices a plan needs, and what they cost.
public struct NoticeCounts: Hashable, Sendable {
    /// The notices of each channel.
    public private(set) var channels: [NoticeChannel: Int] = [:]

    /// The short messages of each alphabet.
    public private(set) var encodings: [SMSLength.Encoding: Int] = [:]

    /// The segments of all short messages.
    public private(set) var segments = 0

    /// Whether they name no contact, because the policy has none.
    public let lacksContact: Bool

    private let price: SegmentPrice?

    /// The counts of some of a plan's customers, by their places in `RecoveryPlan.customers`; every text is made once.
    ///
    /// Several threads may count different customers at once.
    public init(
        _ plan: RecoveryPlan, customers: Range<Int>, subscriptions: Subscriptions, policy: NoticePolicy
    ) {
        price = policy.segmentPrice
        lacksContact = policy.contact.isEmpty
        let writer = NoticeWriter(plan, subscriptions: subscriptions, policy: policy)
        for customer in plan.customers[customers] {
            for notice in writer.notices(customer) {
                channels[notice.channel, default: 0] += 1
                guard let length = notice.length else { continue }
                encodings[length.encoding, default: 0] += 1
                segments += length.segments
            }
        }
    }

    /// The counts of a whole plan.
    public init(_ plan: RecoveryPlan, subscriptions: Subscriptions, policy: NoticePolicy) {
        self.init(plan, customers: plan.customers.indices, subscriptions: subscriptions, policy: policy)
    }

    /// Adds the counts of other customers of the same plan and policy.
    public mutating func add(_ other: NoticeCounts) {
        channels.merge(other.channels, uniquingKeysWith: +)
        encodings.merge(other.encodings, uniquingKeysWith: +)
        segments += other.segments
    }

    /// What the segments cost; nil where the policy has no price.
    public var cost: Money? { price?.cost(segments: segments) }

    /// All notices.
    public var total: Int { channels.values.reduce(0, +) }
}
