public import BillingRecords
public import BillingValues

/// What a bank says of a collection: what became of it, when, why, and where that stands.
public struct BankResult: Hashable, Sendable {
    /// What became of it; nil where the row was rejected for a value, so that nobody can tell.
    public var status: ChargeStatus?

    /// The day on which that was so; nil where the row was rejected.
    public var decidedOn: CivilDate?

    /// The amount, where the bank states it; never a sign of direction.
    public var amount: Money?

    /// The bank's code for the reason; empty for none.
    public var reason: [UInt8]

    /// The batch or message that is meant; empty where that is not known.
    public var batch: [UInt8]

    /// The number of the file among those of results, from 0.
    public var file: Int

    /// The physical line of the record's first byte, from 1.
    public var line: Int

    /// A result from its parts.
    public init(
        status: ChargeStatus?, decidedOn: CivilDate?, amount: Money?, reason: [UInt8], batch: [UInt8] = [],
        file: Int, line: Int
    ) {
        self.status = status
        self.decidedOn = decidedOn
        self.amount = amount
        self.reason = reason
        self.batch = batch
        self.file = file
        self.line = line
    }
}
