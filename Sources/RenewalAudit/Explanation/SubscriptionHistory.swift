public import BillingRecords
public import BillingValues

/// All that an audit made of one subscription, in the order of the days: what a person asks for who does not believe a
/// verdict.
///
/// It is made of the account that the rules read and of the findings that the reports show, and of nothing else.
public struct SubscriptionHistory: Sendable {
    /// What stands at one place of a history.
    public enum Kind: Hashable, Sendable {
        /// A renewal that was due.
        case renewal(due: Int64, settlement: Settlement)
        /// A time for which nothing was due, and why.
        case nothingDue(reason: String)
        /// Something that happened to the line, in words.
        case event(String)
        /// Charges, or findings, that belong to no renewal.
        case apart
    }

    /// What became of a renewal on which no rule found anything.
    public enum Settlement: Hashable, Sendable {
        /// The charges reach the price.
        case charged
        /// A collection is under way or planned.
        case inCollection
        /// The price is nothing.
        case nothingToPay
        /// Something else, which is told by the findings.
        case open
    }

    /// One place of a history.
    public struct Entry: Sendable {
        /// The day at which it stands; nil for what has none.
        public let day: CivilDate?
        /// The period that it is about, if any.
        public let period: BillingPeriod?
        /// What stands there.
        public let kind: Kind
        /// The charges that belong to it, in the order of the files.
        public internal(set) var charges: [HistoryCharge] = []
        /// What is known of the line's usage in its period; nil without usage records or a period.
        public internal(set) var use: UsageEvidence.Use?
        /// The findings on it.
        public internal(set) var findings: [Discrepancy] = []
    }

    /// The row of the subscription.
    public let row: Int

    /// What its row says; nil when that could not be read or contradicts another row.
    public let terms: RenewalTerms?

    /// The other ids of the line, in the order of their bytes.
    public let otherIdentifiers: [[UInt8]]

    /// What happened, in the order of the days.
    public let entries: [Entry]

    /// Charges that were looked at and bear on no judged renewal.
    public let unused: [HistoryCharge]

    /// Every charge of the history, once each.
    public var positions: [RecordPosition] {
        Set(entries.flatMap(\.charges).map(\.position) + unused.map(\.position)).sorted()
    }
}
