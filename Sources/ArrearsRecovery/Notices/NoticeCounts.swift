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

    /// Short messages that name no contact, because the policy has none.
    public let lacksContact: Bool

    private let price: SegmentPrice?

    /// The counts of a plan; every text is made once.
    public init(_ plan: RecoveryPlan, subscriptions: Subscriptions, policy: NoticePolicy) {
        price = policy.segmentPrice
        lacksContact = policy.contact.isEmpty
        let writer = NoticeWriter(plan, subscriptions: subscriptions, policy: policy)
        for customer in plan.customers {
            for notice in writer.notices(customer) {
                channels[notice.channel, default: 0] += 1
                guard let length = notice.length else { continue }
                encodings[length.encoding, default: 0] += 1
                segments += length.segments
            }
        }
    }

    /// What the segments cost; nil where the policy has no price.
    public var cost: Money? { price?.cost(segments: segments) }

    /// All notices.
    public var total: Int { channels.values.reduce(0, +) }
}
