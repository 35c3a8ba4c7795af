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

    /// No notices yet of those that a policy wants.
    public init(_ policy: NoticePolicy) {
        price = policy.segmentPrice
        lacksContact = policy.contact.isEmpty
    }

    /// The counts of a whole plan; every text is made for it.
    public init(_ plan: RecoveryPlan, subscriptions: Subscriptions, policy: NoticePolicy) {
        self.init(policy)
        let writer = NoticeWriter(plan, subscriptions: subscriptions, policy: policy)
        for customer in plan.customers { writer.notices(customer).forEach { add($0) } }
    }

    /// Adds one notice.
    public mutating func add(_ notice: Notice) {
        channels[notice.channel, default: 0] += 1
        guard let length = notice.length else { return }
        encodings[length.encoding, default: 0] += 1
        segments += length.segments
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
