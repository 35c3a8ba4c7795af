public import ArrearsRecovery
import DelimitedText
public import RenewalAudit

/// `notices.csv`: one row for each customer, and a further one for each further channel.
public struct NoticeTable: Sendable {
    /// The columns, in their order.
    public static let columns = [
        "subscription_id", "msisdn", "channel", "language", "text", "encoding", "segments",
    ]

    /// Some rows, and the counts of the notices in them.
    public struct Rows: Sendable {
        /// The rows.
        public let bytes: [UInt8]
        /// What they tell, counted.
        public let counts: NoticeCounts
    }

    private let plan: RecoveryPlan
    private let subscriptions: Subscriptions
    private let policy: NoticePolicy
    private let notices: NoticeWriter
    private let writer = FieldWriter()

    /// The table of a plan's notices; phone numbers masked if asked for, in the texts too.
    public init(_ plan: RecoveryPlan, subscriptions: Subscriptions, policy: NoticePolicy, masked: Bool) {
        self.plan = plan
        self.subscriptions = subscriptions
        self.policy = policy
        notices = NoticeWriter(
            plan, subscriptions: subscriptions, policy: policy, msisdn: masked ? PhoneNumberMask.mask : nil)
    }

    /// How many customers there are, those included who are told nothing.
    public var customers: Int { plan.customers.count }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some customers, by their places in the plan; several threads may make different ones at once.
    public func rows(_ range: Range<Int>) -> Rows {
        var bytes: [UInt8] = []
        var counts = NoticeCounts(policy)
        for place in range {
            let ahead = place + Subscriptions.prefetchDistance
            if ahead < range.upperBound { subscriptions.prefetch(plan.customers[ahead].row) }
            let customer = plan.customers[place]
            for notice in notices.notices(customer) {
                counts.add(notice)
                append(notice, of: customer, to: &bytes)
            }
        }
        return Rows(bytes: bytes, counts: counts)
    }

    private func append(_ notice: Notice, of customer: RecoveryPlan.Customer, to bytes: inout [UInt8]) {
        subscriptions.withIdentifier(customer.row) { writer.append(field: $0, to: &bytes) }
        writer.appendDelimiter(to: &bytes)
        writer.append(field: notices.msisdn(customer), to: &bytes)
        for field in [
            notice.channel.rawValue, notice.language.rawValue, notice.text,
            notice.length?.encoding.rawValue ?? "", notice.length.map { "\($0.segments)" } ?? "",
        ] {
            writer.appendDelimiter(to: &bytes)
            writer.append(field: field, to: &bytes)
        }
        writer.appendLineEnd(to: &bytes)
    }
}
