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

    /// What a delimited file was taken for, for instance `native-charges`; nil for XML.
    public var format: String?

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

    /// How many findings of a severity there are.
    public func findings(_ severity: FindingSeverity) -> Int {
        counts.reduce(0) { $0 + ($1.key.severity == severity ? $1.value : 0) }
    }

    /// What came of a delimited file with such findings.
    init(file: String, format: String?, counts: [InputRule: Int], records: Int) {
        let errors = counts.keys.filter { $0.severity == .error }
        self.init(
            file: file,
            verdict: errors.contains { !FileValidationTally.isDoubt($0) }
                ? .invalid : errors.isEmpty ? .valid : .undecided,
            counts: counts, elements: 0, records: records, notes: [])
        self.format = format
    }

    /// Whether the file cannot be trusted at all, so that a violation of the schema is not all that is wrong.
    public var breaksTrust: Bool { verdict == .undecided || counts.keys.contains(where: \.breaksTrust) }
}
