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

    /// The offset in the block of every `sampleDistance`-th record: from these, any record is found fast.
    public var sampledOffsets: [UInt32] = []

    /// How many records lie between two sampled offsets.
    public static let sampleDistance = 64

    /// What is wrong with the block's records, in their order.
    public var findings: [BlockFinding] = []

    /// Whether a quoted field holds a line break, so that lines and records differ.
    public var hasMultilineRecords = false
}
