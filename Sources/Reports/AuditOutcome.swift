public import ArrearsRecovery
public import BillingFiles
public import BillingRecords
public import RenewalAudit

/// Everything that an audit has to tell; the reports are its views.
public struct AuditOutcome: Sendable {
    /// One input file and what was counted in it.
    public struct Input: Sendable {
        /// What the file holds: `subscriptions` or `charges`.
        public let role: String
        /// The file's name without its folders.
        public let name: String
        /// How many records it has.
        public let records: Int
        /// How many of them were rejected for a value.
        public let rejected: Int

        /// A counted input.
        public init(role: String, name: String, records: Int, rejected: Int) {
            self.role = role
            self.name = name
            self.records = records
            self.rejected = rejected
        }
    }

    /// What was judged, by which policy, decided on which day.
    public var terms: AuditTerms

    /// The policy of the recovery.
    public var recoveryPolicy: RecoveryPolicy

    /// The inputs in the order of the command line.
    public var inputs: [Input]

    /// What is wrong with the inputs' rows.
    public var findings: InputFindings

    /// The subscriptions.
    public var subscriptions: Subscriptions

    /// What was counted while judging.
    public var verdicts: RenewalVerdicts

    /// All findings, in report order.
    public var discrepancies: [Discrepancy]

    /// The recovery of the uncharged renewals.
    public var plan: RecoveryPlan

    /// What became of the charges.
    public var tally: ChargeTally

    /// The ids and places of the charges that findings cite.
    public var citations: [RecordPosition: CitedCharge]

    /// The day of the newest charge, if there is one.
    public var newestCharge: Int32

    /// An outcome from its parts.
    public init(
        terms: AuditTerms, recoveryPolicy: RecoveryPolicy, inputs: [Input], findings: InputFindings,
        subscriptions: Subscriptions, verdicts: RenewalVerdicts, discrepancies: [Discrepancy], plan: RecoveryPlan,
        tally: ChargeTally, citations: [RecordPosition: CitedCharge], newestCharge: Int32
    ) {
        self.terms = terms
        self.recoveryPolicy = recoveryPolicy
        self.inputs = inputs
        self.findings = findings
        self.subscriptions = subscriptions
        self.verdicts = verdicts
        self.discrepancies = discrepancies
        self.plan = plan
        self.tally = tally
        self.citations = citations
        self.newestCharge = newestCharge
    }
}
