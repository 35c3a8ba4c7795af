import BillingRecords
import BillingValues
public import RenewalAudit

/// What one customer is told by one channel.
public struct Notice: Hashable, Sendable {
    /// The row of the subscription.
    public let row: Int

    /// How the customer is told.
    public let channel: NoticeChannel

    /// The language.
    public let language: NoticeLanguage

    /// The text.
    public let text: String

    /// How the text is sent; nil for channels other than a short message.
    public let length: SMSLength?
}

/// Makes the notices of a plan, customer by customer.
public struct NoticeWriter: Sendable {
    private let plan: RecoveryPlan
    private let subscriptions: Subscriptions
    private let policy: NoticePolicy

    /// What the texts name; what none of them does is not made for each customer.
    private let tags: Set<NoticeTag>

    /// What hides a telephone number, if it is to be hidden.
    private let mask: (@Sendable ([UInt8]) -> [UInt8])?

    /// A writer of the notices of a plan; `msisdn` masks the telephone numbers, in the texts too.
    public init(
        _ plan: RecoveryPlan, subscriptions: Subscriptions, policy: NoticePolicy,
        msisdn mask: (@Sendable ([UInt8]) -> [UInt8])? = nil
    ) {
        self.plan = plan
        self.subscriptions = subscriptions
        self.policy = policy
        tags = policy.tiers.map(\.templates).reduce(policy.templates.values.map(\.tags).reduce([]) { $0.union($1) }) {
            $0.union($1.values.flatMap(\.tags))
        }
        self.mask = mask
    }

    /// The telephone number of a customer as it may be shown.
    public func msisdn(_ customer: RecoveryPlan.Customer) -> [UInt8] {
        let number = subscriptions.msisdn(customer.row)
        return mask.map { $0(number) } ?? number
    }

    /// The notices of a customer, one a channel; none for customers from whom nothing is collected.
    public func notices(_ customer: RecoveryPlan.Customer) -> [Notice] {
        guard !customer.instalments.isEmpty else { return [] }
        let instalments = Array(plan.instalments[customer.instalments])
        let facts = NoticeFacts(
            policy: policy,
            subscription: text(.subscription) { subscriptions.subscriptionIdentifier(customer.row) },
            msisdn: text(.msisdn) { msisdn(customer) },
            offer: text(.offer) { subscriptions.offer(customer.row) }, instalments: instalments)
        return policy.notices(arrears: instalments.count).map { channel, template in
            let text = template.text(facts)
            return Notice(
                row: customer.row, channel: channel, language: policy.language, text: text,
                length: channel == .sms ? SMSLength(text) : nil)
        }
    }

    /// A value of the files as text, if any text names its tag.
    private func text(_ tag: NoticeTag, _ bytes: () -> [UInt8]) -> String {
        tags.contains(tag) ? Self.text(bytes()) : ""
    }

    /// A value of the files as text; control characters in it become spaces, for the text goes to a telephone.
    private static func text(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.unicodeScalars.contains(where: isControl) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { isControl($0) ? " " : $0 }))
    }

    /// Whether a character is a control: those of Unicode's category Cc, which no later version will change.
    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value)
    }
}
