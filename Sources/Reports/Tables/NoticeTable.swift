import ArrearsRecovery
import DelimitedText
import RenewalAudit

/// `notices.csv`: one row for each customer, and a further one for each further channel.
public struct NoticeTable: Sendable {
    /// The columns, in their order.
    public static let columns = [
        "subscription_id", "msisdn", "channel", "language", "text", "encoding", "segments",
    ]

    private let outcome: AuditOutcome
    private let masked: Bool
    private let writer = FieldWriter()

    /// The table of an outcome; phone numbers masked if asked for, in the texts too.
    public init(_ outcome: AuditOutcome, masked: Bool) {
        self.outcome = outcome
        self.masked = masked
    }

    /// How many rows there are.
    public var count: Int { outcome.noticeCounts.total }

    /// How many customers there are, those included who are told nothing.
    public var customers: Int { outcome.plan.customers.count }

    /// The header row.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        writer.appendRecord(Self.columns, to: &bytes)
        return bytes
    }

    /// The rows of some customers, by their places in the plan; several threads may make different ones at once.
    public func rows(_ range: Range<Int>) -> [UInt8] {
        var bytes: [UInt8] = []
        let subscriptions = outcome.subscriptions
        let notices = NoticeWriter(
            outcome.plan, subscriptions: subscriptions, policy: outcome.noticePolicy,
            msisdn: masked ? PhoneNumberMask.mask : nil)
        for customer in outcome.plan.customers[range] {
            for notice in notices.notices(customer) {
                writer.append(field: subscriptions.subscriptionIdentifier(customer.row), to: &bytes)
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
        return bytes
    }
}
