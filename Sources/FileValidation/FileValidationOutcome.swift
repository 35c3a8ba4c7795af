public import BillingFiles

/// What came of the validation of one file, its findings left aside: they were handed out on the way.
public struct FileValidationOutcome: Sendable {
    /// The name of the file.
    public let file: String

    /// What may be said of it.
    public private(set) var verdict: ValidationVerdict

    /// How many findings there are of each rule, those that were waived left aside.
    public private(set) var counts: [InputRule: Int]

    /// How many findings were waived, by rule.
    public private(set) var waived: [InputRule: Int] = [:]

    /// What rules weigh in this run where that is not what they weigh by themselves.
    private var weights: [InputRule: FindingSeverity] = [:]

    /// How many elements were read.
    public let elements: Int

    /// How many records: the children of the root element.
    public let records: Int

    /// What was not checked.
    public let notes: [ValidationNote]

    /// What a delimited file was taken for, for instance `native-charges`; nil for XML.
    public var format: String?

    /// How a delimited file was read where nobody said so, and what tells it.
    public var guess: String?

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
        counts.reduce(0) { $0 + (self.severity(of: $1.key) == severity ? $1.value : 0) }
    }

    /// What a rule weighs in this run.
    public func severity(of rule: InputRule) -> FindingSeverity { weights[rule] ?? rule.severity }

    /// The outcome when rules weigh something else; nil is a rule that is waived.
    ///
    /// Of a file that cannot be decided nothing else can be said, whatever its findings weigh.
    public func graded(_ weight: (InputRule) -> FindingSeverity?) -> FileValidationOutcome {
        var graded = self
        for (rule, count) in counts {
            guard let severity = weight(rule) else {
                graded.waived[rule] = count
                graded.counts[rule] = nil
                continue
            }
            if severity != rule.severity { graded.weights[rule] = severity }
        }
        if verdict != .undecided {
            let errors = graded.counts.keys.filter { graded.severity(of: $0) == .error }
            graded.verdict =
                errors.contains { !FileValidationTally.isDoubt($0) }
                ? .invalid : errors.isEmpty ? .valid : .undecided
        }
        return graded
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
