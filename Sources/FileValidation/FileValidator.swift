public import BillingFiles
public import BillingValues
public import XMLStream

/// Validates files of any format: the whole of `rinnovo validate` but its reports, in three lines.
///
/// ```swift
/// let file = try FileValidator().validate("charges.csv")
/// for finding in file.findings { print(finding.place.line, finding.rule, finding.found) }
/// ```
///
/// Each file tells its format: CSV and XML by name or content, the kind of native file by its columns or root element.
/// Safe to use from several threads at once.
public struct FileValidator: Sendable {
    /// What came of a file.
    public struct Result: Sendable {
        /// The verdict and the counts of all findings.
        public let outcome: FileValidationOutcome
        /// The findings in their order, of each rule at most as many as were asked for.
        public let findings: [InputFinding]
    }

    /// What delimited files are validated against.
    public var definition = TableDefinition.native(nil)
    /// The schema of XML files; nil for those of native files.
    public var xmlSchema: XMLSchema?
    /// The last day that has come; nil where nothing is said of days to come.
    public var today: CivilDate?
    /// The lines that charges and events may name; nil where nothing is known of them.
    public var lines: KnownLines?
    /// How many threads work on a file.
    public var threads = WorkerThreads.available
    /// How many findings of each rule are kept of a file; all are counted.
    public var mostFindings = 1000

    /// A validator of native files.
    public init() {}

    /// Validates a file.
    ///
    /// - Parameter path: its path; `-` is standard input.
    /// - Throws: `InputError` when the bytes cannot be had, `SchemaRefusal`, and `ReferenceFault` for a foreign key that
    ///   leads to no file.
    public func validate(_ path: String) throws -> Result {
        var findings: [InputFinding] = []
        let outcome = try validate(path) { findings.append($0) }
        return Result(outcome: outcome, findings: findings)
    }

    /// Validates a file and hands out the findings as they come, which takes no memory for them.
    ///
    /// - Throws: as `validate(_:)`, and what `report` throws.
    public func validate(
        _ path: String, report: (InputFinding) throws -> Void
    ) throws -> FileValidationOutcome {
        let source = try InputSource(path: path, hashing: false)
        guard try isXML(source) else {
            var settings = DelimitedSettings(
                definition: definition, today: today, threads: threads, mostFindings: mostFindings)
            settings.lines = lines
            return try DelimitedValidation(settings).run(source, report: report)
        }
        var validation = XMLValidation(
            schemas: ValidationSchemas(named: xmlSchema), threads: threads, mostFindings: mostFindings)
        if xmlSchema == nil { validation.records = RecordSettings(today: today, lines: lines) }
        return try validation.run(source, report: report)
    }

    private func isXML(_ source: InputSource) throws(InputError) -> Bool {
        if xmlSchema != nil { return true }
        if case .schema = definition { return false }
        if let format = NativeFormat(path: source.path) { return format == .xml }
        return NativeFormat(beginning: try source.peek(NativeFormat.telltaleLength)) == .xml
    }
}
