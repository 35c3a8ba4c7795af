public import BillingRecords

/// What was counted and found while a block was decoded.
public struct DecodedBlock: Sendable {
    /// The records of the block, sound or not.
    public var records = 0

    /// The physical lines of the block.
    public var lines = 0

    /// The records that were handed on, and their money.
    public var read = MoneyTally()

    /// The records that were rejected for a value.
    public var rejected = 0

    /// The money of rejected charges, as far as their amounts can be read; `read` does not hold it.
    public var rejectedMoney = MoneyTally()

    /// The bytes behind the last line end of the block.
    public var lastColumns = 0

    /// The offset in the block of every `sampleDistance`-th record: from these, any record is found fast.
    public var sampledOffsets: [UInt32] = []

    /// How many records lie between two sampled offsets.
    public var sampleDistance = 64

    /// What is wrong with the block's records, in their order.
    public var findings: [BlockFinding] = []

    /// Whether lines and records differ: a quoted field holds a line break, or the records are XML.
    public var hasMultilineRecords = false

    /// Whether something is wrong with the block that only a reading of the whole file can tell; what was decoded
    /// then means nothing.
    public var isDoubtful = false

    /// What stands in XML or in a foreign file besides the values of known columns.
    public var remains = RecordRemains()

    /// What a foreign file states of its records, and what these come to.
    public var totals = StatedTotals()
}
