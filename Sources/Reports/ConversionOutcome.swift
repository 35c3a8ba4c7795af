public import BillingFiles

/// What came of a conversion.
public struct ConversionOutcome: Sendable {
    /// The kind of the file.
    public let kind: NativeKind

    /// The format of the input.
    public let source: NativeFormat

    /// The format of the output.
    public let target: ConversionTarget

    /// How many records were written.
    public let records: Int

    /// How many records were read and not written, for the target cannot hold them; each has a finding.
    public var rejected = 0

    /// By what the output is recognised when it is read.
    public enum Recognition: Sendable {
        /// Its content.
        case byContent
        /// Its name alone, because nothing in it tells its format for sure.
        case byName
        /// Nothing: it is empty of records, and only these tell its format.
        case none
    }

    /// By what the output is recognised when it is read.
    public var recognition = Recognition.byContent

    /// Whether nothing was written because the format has no document without records.
    public var hasNoDocument = false

    /// Whether everything came along.
    public var isComplete: Bool { losses.isEmpty && rejected == 0 }

    /// What the target could not carry.
    public let losses: ConversionLosses

    /// How many values of each column were freed of the white space around them, in the order of the columns.
    public let trimmed: [(field: String, count: Int)]

    /// The title of a foreign format from which it was converted; nil for native files.
    public var foreignTitle: String?

    /// How many records of a foreign file were left out, by reason, the reasons in alphabetical order.
    public var skipped: [(reason: String, count: Int)] = []

    /// What is odd about the file and yet does not keep it from being converted.
    public var findings = InputFindings()

    /// The format of the input as people write it.
    var sourceTitle: String { foreignTitle ?? source.title }

    /// An outcome from its parts.
    public init(
        kind: NativeKind, source: NativeFormat, target: ConversionTarget, records: Int, losses: ConversionLosses,
        trimmed: [(field: String, count: Int)] = []
    ) {
        self.kind = kind
        self.source = source
        self.target = target
        self.records = records
        self.losses = losses
        self.trimmed = trimmed
    }
}
