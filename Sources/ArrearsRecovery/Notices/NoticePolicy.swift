public import BillingValues

/// Who is told of the recovery, how, and in which words.
public struct NoticePolicy: Hashable, Sendable {
    /// How customers with so many arrears or more are told.
    public struct Tier: Hashable, Sendable {
        /// From how many collected arrears on.
        public var from: Int

        /// The channels, each once; none for customers who are not told.
        public var channels: [NoticeChannel]

        /// The texts of this tier, where they are not those of the policy.
        public var templates: [NoticeChannel: NoticeTemplate]

        /// A tier.
        public init(from: Int, channels: [NoticeChannel], templates: [NoticeChannel: NoticeTemplate] = [:]) {
            self.from = from
            self.channels = channels
            self.templates = templates
        }
    }

    /// The language of the texts, dates and amounts.
    public var language: NoticeLanguage

    /// The operator's name; empty for none.
    public var operatorName: String

    /// Whom customers call or write; empty for none.
    public var contact: String

    /// Why nothing was charged.
    public var cause: String

    /// What one segment of a short message costs.
    public var segmentPrice: SegmentPrice?

    /// The tiers, by their number of arrears; that with the largest number not above the customer's counts.
    public var tiers: [Tier]

    /// The text of each channel.
    public var templates: [NoticeChannel: NoticeTemplate]

    /// The contract's default in a language: an SMS for everybody, and a call for six arrears and more.
    public static func standard(_ language: NoticeLanguage) -> NoticePolicy {
        NoticePolicy(
            language: language, operatorName: "", contact: "",
            cause: language == .italian ? "un problema tecnico" : "a technical problem", segmentPrice: nil,
            tiers: [Tier(from: 1, channels: [.sms]), Tier(from: 6, channels: [.sms, .call])],
            templates: BuiltInTemplates.all(language))
    }

    /// The contract's default, in Italian.
    public static let standard = NoticePolicy.standard(.italian)

    /// The channels and texts for a customer with so many arrears.
    func notices(arrears: Int) -> [(channel: NoticeChannel, template: NoticeTemplate)] {
        guard let tier = tiers.filter({ $0.from <= arrears }).max(by: { $0.from < $1.from }) else { return [] }
        return tier.channels.compactMap { channel in
            (tier.templates[channel] ?? templates[channel]).map { (channel, $0) }
        }
    }
}

/// What one segment of a short message costs: an amount in thousandths of the minor unit.
public struct SegmentPrice: Hashable, Sendable {
    /// The decimals that a price has beyond those of its currency.
    public static let furtherDecimals = 3

    /// The price in thousandths of the minor unit, not below zero.
    public let thousandths: Int64

    /// The currency.
    public let currency: Currency

    /// A price.
    public init(thousandths: Int64, currency: Currency) {
        self.thousandths = max(0, thousandths)
        self.currency = currency
    }

    /// What so many segments cost, half a minor unit rounded up; nil when it does not fit.
    public func cost(segments: Int) -> Money? {
        let exact = Int128(thousandths) * Int128(segments)
        return RoundingRule.halfUp.divide(exact, by: 1_000).flatMap { Int64(exactly: $0) }
            .map { Money(minorUnits: $0, currency: currency) }
    }
}
