public import BillingValues
public import RenewalAudit

/// A missed renewal of which an earlier run planned the recovery, joined with the subscriptions of this run.
public struct KnownPeriod: Hashable, Sendable {
    /// The id under which the period was planned; the line may have another one since.
    public let subscription: String

    /// The row of the line, or the id when the subscriptions do not have it.
    public let subject: Discrepancy.Subject

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// What was planned to be collected.
    public let amount: Money

    /// The day on which it is collected.
    public let collectOn: CivilDate

    /// What has happened to it so far.
    public let acts: RecoveryActs

    /// A period from its parts.
    public init(
        subscription: String, subject: Discrepancy.Subject, period: BillingPeriod, amount: Money, collectOn: CivilDate,
        acts: RecoveryActs
    ) {
        self.subscription = subscription
        self.subject = subject
        self.period = period
        self.amount = amount
        self.collectOn = collectOn
        self.acts = acts
    }
}
