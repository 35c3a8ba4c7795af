public import BillingFiles
import XMLStream

/// Validates XML documents: well-formedness, limits, and a schema.
///
/// ```swift
/// let validation = XMLValidation(schemas: ValidationSchemas())
/// let outcome = try validation.run(InputSource(path: "charges.xml")) { finding in print(finding) }
/// outcome.verdict // valid
/// ```
///
/// A document of records is cut between them, and each thread validates parts of it. What a part cannot tell, one
/// parser tells of the rest of the document; findings, places and counts are those of a reading by one parser.
public struct XMLValidation: Sendable {
    private let schemas: ValidationSchemas
    /// How many threads work at once.
    public var threads: Int
    private let blockSize: Int
    private let mostFindings: Int
    private let cutsDocuments: Bool
    /// What the records of native documents are compared with; nil where the schema alone counts.
    public var records: RecordSettings?

    /// Validation with some schemas.
    ///
    /// - Parameters:
    ///   - schemas: what documents are validated with.
    ///   - threads: how many threads work at once.
    ///   - blockSize: how many bytes are read at a time.
    ///   - mostFindings: how many findings of each rule are handed out of a file; all are counted.
    ///   - cutsDocuments: whether documents of records are validated in parts.
    public init(
        schemas: ValidationSchemas, threads: Int = 1, blockSize: Int = 1 << 18, mostFindings: Int = .max,
        cutsDocuments: Bool = true
    ) {
        self.schemas = schemas
        self.threads = max(1, threads)
        self.blockSize = blockSize
        self.mostFindings = mostFindings
        self.cutsDocuments = cutsDocuments
    }

    /// Validates a document and hands out the findings in their order.
    ///
    /// - Parameters:
    ///   - source: the document, opened and not read.
    ///   - progress: called now and then.
    ///   - report: takes each finding.
    /// - Throws: `InputError` when the bytes cannot be had, `SchemaRefusal`, and what `report` throws.
    public func run(
        _ source: InputSource, progress: () -> Void = {}, report: (InputFinding) throws -> Void
    ) throws -> FileValidationOutcome {
        let blocks = XMLDocumentBlocks(source, blockSize: blockSize)
        let file = source.path == "-" ? source.displayName : source.path
        var tally = FileValidationTally(file: file)
        var header: XMLFileHeader?
        switch try blocks.readFront() {
        case .empty:
            try report(tally.add(.emptyFile, found: "no byte", expected: "a document"))
            return tally.outcome(verdict: .refused)
        case .tooLong where !schemas.isNamed:
            let most = XMLDocumentBlocks.longestFront
            try report(
                tally.add(.xmlLimit, found: "more than \(most) bytes before the root element", expected: "less"))
            return tally.outcome(verdict: .undecided)
        case .header(let found): header = found
        case .faulty, .tooLong: break
        }
        let schema = try schemas.schema(root: header?.rootName)
        tally.notes = schema.map(ValidationNote.all) ?? []
        if let header, schema == nil {
            try report(tally.addRoot(header))
            return tally.outcome(verdict: .undecided)
        }
        var reading = XMLDocumentReading(file: file, header: header, schema: schema)
        reading.cut(blocks, isWanted: cutsDocuments)
        var violating = RecordSet()
        try run(blocks, &reading, &tally, &violating, progress: progress, report: report)
        if !reading.hasStopped {
            try source.finishWithoutDigest()
            if let header { try runRecords(source, header, &tally, violating, progress: progress, report: report) }
        }
        (tally.elements, tally.records) = (reading.elements, reading.children)
        // Well-formed is not valid.
        let verdict = schema == nil ? .undecided : reading.verdict
        if verdict != .accepted, tally.counts.allSatisfy({ $0.key.severity == .warning }) {
            try report(
                tally.add(
                    .schemaUndecided, found: "no verdict of libxml2", expected: "a document that can be decided"))
        }
        return tally.outcome(verdict: verdict)
    }

    private func run(
        _ blocks: XMLDocumentBlocks, _ reading: inout XMLDocumentReading, _ tally: inout FileValidationTally,
        _ violating: inout RecordSet, progress: () -> Void, report: (InputFinding) throws -> Void
    ) throws {
        let limit = XMLPartLimit()
        let worker = XMLPartValidation(header: reading.header, schema: reading.schema, limit: limit)
        // Where nothing can be cut there is nothing to share out.
        let workers = reading.isCut ? threads : 1
        var (current, counts, wrong) = (reading, tally, violating)
        _ = try BlockPipeline.run(
            workers: Array(repeating: worker, count: workers), firstOrdinal: 0, window: 2 * workers + 2,
            produce: { storage in
                progress()
                guard !current.hasStopped, let block = try blocks.next(reusing: consume storage) else { return nil }
                if let first = blocks.firstUncut { limit.end(at: first) }
                return block
            },
            consume: { block, outcome in
                if outcome.isDoubtful { limit.end(at: block.ordinal) }
                try current.add(block, outcome) { rule, record, finding in
                    wrong.insert(record)
                    if counts.count(rule) <= mostFindings { try report(finding()) }
                }
            })
        try current.finish { rule, record, finding in
            wrong.insert(record)
            if counts.count(rule) <= mostFindings { try report(finding()) }
        }
        (reading, tally, violating) = (current, counts, wrong)
    }

    /// Judges the records of a native document as those of CSV are, when its structure is sound.
    private func runRecords(
        _ source: InputSource, _ header: XMLFileHeader, _ tally: inout FileValidationTally, _ violating: RecordSet,
        progress: () -> Void, report: (InputFinding) throws -> Void
    ) throws {
        guard let records, !schemas.isNamed, header.rootName.namespace == nil, !tally.breaksStructure,
            let kind = NativeKind(rootElement: header.root)
        else { return }
        let validation = XMLRecordValidation(
            kind: kind, settings: records, threads: threads, blockSize: blockSize, mostFindings: mostFindings)
        tally.add(try validation.run(source, violating: violating, progress: progress, report: report))
    }
}

extension ValidationNote {
    /// What a schema demands and libxml2 does not enforce.
    fileprivate static func all(_ schema: XMLSchema) -> [ValidationNote] {
        schema.notEnforced.map { note in
            ValidationNote(
                file: note.file, line: note.line, column: note.column, message: note.message, uses: note.uses)
        }
    }
}
