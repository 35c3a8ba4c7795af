public import BillingFiles
public import BillingValues

/// How delimited files are validated.
public struct DelimitedSettings: Sendable {
    /// What the files are validated against.
    public var definition: TableDefinition
    /// How the files are written; nil where each tells.
    public var form: DelimitedForm?
    /// The encoding, where a form is not named as a whole; nil where each file tells.
    public var encoding: TextEncoding?
    /// The decimal character of native files; nil where each tells, which in native dialect is a point.
    public var decimal: UInt8?
    /// The order of dates in native files; nil where each tells, which in native dialect is ISO 8601.
    public var dateOrder: DateOrder?
    /// The lines that charges and events may name; nil where nothing is known of them.
    public var lines: KnownLines?
    /// The files that foreign keys may lead to, by the names of their resources.
    public var references: [String: String] = [:]
    /// The rules for which a row is refused when good rows and bad ones are taken apart.
    public var refusingRules = Set(InputRule.allCases.filter { $0.severity == .error })
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
        definition: TableDefinition = .native(nil), form: DelimitedForm? = nil, today: CivilDate? = nil,
        threads: Int = 1, mostFindings: Int = .max, blockSize: Int = 1 << 18
    ) {
        self.definition = definition
        self.form = form
        self.today = today
        self.threads = max(1, threads)
        self.mostFindings = mostFindings
        self.blockSize = blockSize
    }
}
