public import BillingValues
public import DelimitedText

/// How delimited files are validated.
public struct DelimitedSettings: Sendable {
    /// What the files are validated against.
    public var definition: TableDefinition
    /// The bytes in which delimited files differ.
    public var dialect: Dialect
    /// The last day that has come; nil where nothing is said of days to come.
    public var today: CivilDate?
    /// How many threads work at once.
    public var threads: Int
    /// How many findings of each rule are handed out of a file; all are counted.
    public var mostFindings: Int
    /// How many bytes are read at a time.
    public var blockSize: Int

    /// Settings for native files.
    public init(
        definition: TableDefinition = .native(nil), dialect: Dialect = .native, today: CivilDate? = nil,
        threads: Int = 1, mostFindings: Int = .max, blockSize: Int = 1 << 18
    ) {
        self.definition = definition
        self.dialect = dialect
        self.today = today
        self.threads = max(1, threads)
        self.mostFindings = mostFindings
        self.blockSize = blockSize
    }
}
