public import BillingRecords
public import BillingValues

/// The direct debits that an audit makes of its recovery, for the reports.
public struct CollectionsOutcome: Sendable {
    /// The name of the message's file; nil where there is nothing to collect, so that it is not written.
    public let file: String?

    /// The version of the message.
    public let version: String

    /// How many debits there are, and their sum.
    public let debits: MoneyTally

    /// How many batches: one for each day and place in the sequences of mandates.
    public let batches: Int

    /// The first and the last day of collection; nil without debits.
    public let days: (first: CivilDate, last: CivilDate)?

    /// The charges that are not collected, by the reason; sorted by it.
    public let refused: [(reason: String, tally: MoneyTally)]

    /// What is made of a recovery.
    public init(
        file: String?, version: String, debits: MoneyTally, batches: Int, days: (first: CivilDate, last: CivilDate)?,
        refused: [(reason: String, tally: MoneyTally)]
    ) {
        self.file = file
        self.version = version
        self.debits = debits
        self.batches = batches
        self.days = days
        self.refused = refused
    }
}
