public import BillingRecords
public import BillingValues

/// One finding of the audit: a rule, whose renewal it is about, what was due, what was charged, and the proof.
public struct Discrepancy: Hashable, Sendable {
    /// Whom a finding is about.
    public enum Subject: Hashable, Sendable {
        /// A row of the subscriptions.
        case subscription(row: Int)
        /// An id that no row has.
        case stranger([UInt8])
        /// A phone number that no row has.
        case number([UInt8])
        /// A reference of a bank's result that no charge carries; empty where the result has none.
        case reference([UInt8])
    }

    /// How sure the audit is.
    public enum Confidence: String, Sendable {
        /// The exports say so, and the usage of the line confirms it.
        case confirmed
        /// The exports say so.
        case high
        /// The exports suggest it, but a charge had to be assigned by its day, or the line was not used.
        case medium
        /// The exports contradict themselves; a person decides.
        case low
    }

    /// The rule that found it.
    public var rule: AuditRule

    /// Whom it is about.
    public var subject: Subject

    /// The period it is about; nil where a charge states none or the contract could not be read.
    public var period: BillingPeriod?

    /// The day on which the renewal was due, if the finding is about a renewal.
    public var dueOn: CivilDate?

    /// What was due in minor units; nil where it cannot be told.
    public var expected: Int64?

    /// What was charged and kept in minor units; nil where it cannot be told or is in another currency.
    public var charged: Int64?

    /// The currency of both; nil where it cannot be told.
    public var currency: Currency?

    /// How sure the audit is.
    public var confidence: Confidence

    /// The charges that prove it, in the order of the files.
    public var charges: [RecordPosition]

    /// Why, in words for people; never holds personal data.
    public var reason: String

    /// The day on which a renewal that is `charged-late` was charged.
    public var paidOn: CivilDate?

    /// The charged amount less the expected one in minor units: negative when the customer paid too little.
    ///
    /// Nil where one of them is, or where the difference does not fit.
    public var difference: Int64? { Self.difference(expected: expected, charged: charged) }

    /// What was charged less what was expected; nil where one of them is, or where the difference does not fit.
    public static func difference(expected: Int64?, charged: Int64?) -> Int64? {
        guard let expected, let charged else { return nil }
        let (difference, overflow) = charged.subtractingReportingOverflow(expected)
        return overflow ? nil : difference
    }
}
