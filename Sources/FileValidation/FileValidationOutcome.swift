public import BillingFiles

/// What came of the validation of one file, its findings left aside: they were handed out on the way.
public struct FileValidationOutcome: Sendable {
    /// The name of the file.
    public let file: String

    /// What may be said of it.
    public let verdict: ValidationVerdict

    /// How many findings there are of each rule.
    public let counts: [InputRule: Int]

    /// How many elements were read.
    public let elements: Int

    /// How many records: the children of the root element.
    public let records: Int

    /// What was not checked.
    public let notes: [ValidationNote]

    /// An outcome from its parts.
    public init(
        file: String, verdict: ValidationVerdict, counts: [InputRule: Int], elements: Int, records: Int,
        notes: [ValidationNote]
    ) {
        self.file = file
        self.verdict = verdict
        self.counts = counts
        self.elements = elements
        self.records = records
        self.notes = notes
    }

    /// How many findings there are.
    public var findings: Int { counts.values.reduce(0, +) }

    /// Whether the file cannot be trusted at all, so that a violation of the schema is not all that is wrong.
    public var breaksTrust: Bool { verdict == .undecided || counts.keys.contains(where: \.breaksTrust) }
}
