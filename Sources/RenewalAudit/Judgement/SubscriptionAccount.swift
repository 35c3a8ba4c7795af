public import BillingRecords
public import BillingValues

/// All that is known of one subscription: an account for each due renewal, and the charges that fit none.
public struct SubscriptionAccount: Sendable {
    /// A charge that took money for a period which is no renewal of the subscription.
    public struct Misplaced: Sendable {
        /// The charge.
        public let charge: KeptCharge
        /// The period that it states, if it states one.
        public let period: BillingPeriod?
        /// Whether it was counted as the payment of a renewal nearby nevertheless.
        public let nearRenewal: BillingPeriod?
        /// The price of that renewal in minor units; 0 where there is none.
        let nearPrice: Int64
    }

    /// The charges for one period for which nothing was due: the line had ended, was suspended or free.
    public struct NotDue: Sendable {
        /// Why nothing was due.
        let obstacle: Obstacle
        /// The first day of the period; nil where the charges state none.
        public let start: CivilDate?
        /// The last day of the period that a charge states, if any.
        public internal(set) var end: CivilDate?
        /// The charges, money given back included.
        public internal(set) var charges: [KeptCharge]
        /// Money given back that may undo these charges or others, so that nobody can tell.
        var doubtfulReturns: [KeptCharge] = []
    }

    /// The row of the subscription.
    public let row: Int

    /// The terms; nil when they could not be read or two rows contradict each other.
    public let terms: RenewalTerms?

    /// One account for each due renewal, oldest first.
    public internal(set) var periods: [PeriodAccount] = []

    /// The accounts among them that rules must look at: more bears on them than one regular charge.
    public internal(set) var openPeriods: [PeriodAccount] = []

    /// Charges whose stated period is none of the subscription's.
    public internal(set) var misplaced: [Misplaced] = []

    /// Charges for time in which nothing was due.
    public internal(set) var notDue: [NotDue] = []

    /// What is known of the activation fee; nil where the offer has none or it is not judged.
    var activationFee: ActivationFeeAccount?

    /// Whether no charge bears on anything that rules look at.
    var hasNoCharge: Bool {
        misplaced.isEmpty && notDue.isEmpty && openPeriods.allSatisfy(\.hasNoCharge)
    }

    /// The audit's terms.
    public let audit: AuditTerms

    /// Why there are no terms, in words.
    var contractFault =
        "the subscription's row was rejected or stands twice, so nobody can tell which renewals were due"
}
