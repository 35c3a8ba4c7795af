public import ArrearsRecovery
public import BillingFiles
import BillingRecords
import BillingValues
public import RenewalAudit

/// Everything that an audit has to tell; the reports are its views.
public struct AuditOutcome: Sendable {
    /// One input file and what was counted in it.
    public struct Input: Sendable {
        /// What the file holds: `subscriptions`, `events`, `charges`, `usage` or `results`.
        public let role: String
        /// The file's name without its folders.
        public let name: String
        /// How many records it has.
        public let records: Int
        /// How many of them were rejected for a value.
        public let rejected: Int

        /// The name of its foreign format; nil for a native file.
        public var format: String?
        /// How many records of a foreign file were left out, by reason; `records` has none of them.
        public var skipped: [String: Int] = [:]

        /// A counted input.
        public init(role: String, name: String, records: Int, rejected: Int) {
            self.role = role
            self.name = name
            self.records = records
            self.rejected = rejected
        }
    }

    /// What was judged, by which policy, decided on which day.
    public let terms: AuditTerms

    /// The policy of the recovery.
    public let recoveryPolicy: RecoveryPolicy

    /// How customers are told.
    public let noticePolicy: NoticePolicy

    /// How many notices that needs.
    public let noticeCounts: NoticeCounts

    /// The inputs in the order of the command line.
    public let inputs: [Input]

    /// What is wrong with the inputs' rows.
    public var findings: InputFindings

    /// The subscriptions.
    public let subscriptions: Subscriptions

    /// What was counted while judging.
    public let verdicts: RenewalVerdicts

    /// All findings, in report order.
    public let discrepancies: [Discrepancy]

    /// The recovery of the uncharged renewals.
    public let plan: RecoveryPlan

    /// What became of the charges.
    public let tally: ChargeTally

    /// The day of the newest charge, if there is one.
    public let newestCharge: Int32

    /// The numbers that reports begin with.
    let counts: AuditCounts

    /// What the usage of the lines says; nil without usage files.
    public var usage: UsageEvidence?

    /// What banks say of the charges; nil without files of results.
    public var results: ResultsOutcome?

    /// What is collected by direct debit; nil where nobody asked for it.
    public var collections: CollectionsOutcome?

    /// The missed renewals gathered into their causes.
    public let causes: SystemicCauses

    /// What the ledger adds; nil without one.
    public let ledger: LedgerOutcome?

    /// How many renewals of the window are collected on a day that the exports do not reach; nobody judged them.
    public var collectedLater: Int { verdicts.collectedLater }

    /// How many uncharged renewals have a grace that reaches beyond the newest charge, so that an on-time charge for
    /// them may still be missing from the exports.
    public var unchargedWithinGrace: Int {
        let lastKnown = max(newestCharge, terms.window.to.dayNumber - 1)
        return counts.unchargedByDay.reduce(0) { sum, day in
            Int(day.key.dayNumber) + terms.policy.graceDaysAfter > Int(lastKnown) ? sum + day.value.renewals : sum
        }
    }

    /// What the policy of the recovery names and the subscriptions do not have, in words.
    public var unknownNames: [String] {
        let leftOut = LeftOut(recoveryPolicy, in: subscriptions)
        let offers = leftOut.unknownOffers.map { "the offer '\(VisibleText.of($0.utf8))'" }
        return offers + leftOut.unknownCustomers.map { "the customer '\(VisibleText.of($0.utf8))'" }
    }

    /// An outcome from its parts; the notices are counted unless somebody has.
    public init(
        terms: AuditTerms, recoveryPolicy: RecoveryPolicy, noticePolicy: NoticePolicy = .standard,
        noticeCounts: NoticeCounts? = nil, inputs: [Input], findings: InputFindings, subscriptions: Subscriptions,
        verdicts: RenewalVerdicts, discrepancies: [Discrepancy], plan: RecoveryPlan, tally: ChargeTally,
        newestCharge: Int32, counts: AuditCounts, causes: SystemicCauses, ledger: LedgerOutcome? = nil
    ) {
        self.terms = terms
        self.recoveryPolicy = recoveryPolicy
        self.noticePolicy = noticePolicy
        self.noticeCounts =
            noticeCounts ?? NoticeCounts(plan, subscriptions: subscriptions, policy: noticePolicy)
        self.inputs = inputs
        self.findings = findings
        self.subscriptions = subscriptions
        self.verdicts = verdicts
        self.discrepancies = discrepancies
        self.plan = plan
        self.tally = tally
        self.newestCharge = newestCharge
        self.counts = counts
        self.causes = causes
        self.ledger = ledger
    }
}

extension AuditOutcome {
    /// The instalments whose charges are written; a plan that is only proposed has none.
    public var releasedInstalments: [Instalment] { ledger?.isProposal ?? false ? [] : plan.instalments }
}
