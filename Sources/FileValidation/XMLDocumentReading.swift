import BillingFiles
import XMLStream

/// Takes a finding on a rule and a record; its texts are made only when it is to be told.
typealias FindingReceiver = (InputRule, _ record: Int, () -> InputFinding) throws -> Void

/// Takes the outcomes of a document's parts in their order, and goes on with one parser from the first part on that
/// tells too little.
struct XMLDocumentReading {
    let header: XMLFileHeader?
    let schema: XMLSchema?

    /// Whether the document is validated in parts, as far as that goes.
    private(set) var isCut = false

    private let file: String
    private var serial: XMLSerialValidation?
    private var start: XMLPartStart
    private var root = (line: 1, column: 1)
    private var records = ""
    private var hasFindings = false

    init(file: String, header: XMLFileHeader?, schema: XMLSchema?) {
        self.file = file
        self.header = header
        self.schema = schema
        start = XMLPartStart(offset: 0, line: 1, column: 1)
    }

    /// Cuts the document between its records, if the schema and its root allow that.
    mutating func cut(_ blocks: XMLDocumentBlocks, isWanted: Bool) {
        guard isWanted, let header, let record = schema?.recordElement(ofRoot: header.rootName), !header.choosesType,
            hasSoundStart(header), let written = blocks.cut(behind: record)
        else {
            serial = XMLSerialValidation(file: file, schema: schema, encoding: blocks.encoding)
            return
        }
        isCut = true
        records = "/\(header.rootName.written)/\(written)"
        var lines = XMLLines(reach: header.bytes.count, encoding: header.encoding)
        lines.append(header.bytes.span)
        root = lines.place(of: UInt64(header.rootOffset))
        let end = lines.place(of: UInt64(header.bytes.count))
        start = XMLPartStart(
            offset: UInt64(header.bytes.count), line: end.line, column: end.column, children: 0, elements: 1)
    }

    /// Whether nothing is wrong with the root's start tag, so that every part may begin with it.
    private func hasSoundStart(_ header: XMLFileHeader) -> Bool {
        let parser = XMLPushParser(schema: schema, keepsEvents: false)
        parser.feed(header.partStart.span)
        return parser.faults.isEmpty
    }

    /// Whether nothing more can be read.
    var hasStopped: Bool { serial?.hasStopped ?? false }

    /// How many children the root has.
    var children: Int { serial?.children ?? start.children }

    /// How many elements there are.
    var elements: Int { serial?.elements ?? start.elements }

    /// What may be said of the document.
    var verdict: XMLVerdict {
        let rest = serial?.verdict ?? .accepted
        return rest == .accepted && hasFindings ? .refused : rest
    }

    /// Takes the next part and hands out what is wrong with it.
    mutating func add(
        _ block: Block, _ outcome: XMLPartOutcome, _ take: FindingReceiver
    ) throws {
        if serial == nil, outcome.isDoubtful, let header, let schema {
            serial = XMLSerialValidation(
                file: file, schema: schema, header: header, root: root, start: start, records: records)
        }
        if let serial {
            try serial.feed(block.storage.span.extracting(0..<block.count), take)
            return
        }
        for finding in outcome.findings {
            hasFindings = true
            try take(finding.fault.rule, start.children + finding.fault.children) {
                finding.finding(in: file, behind: start, records: records)
            }
        }
        start.advance(over: outcome, bytes: block.count)
    }

    /// Ends the document.
    mutating func finish(_ take: FindingReceiver) throws {
        try serial?.finish(take)
    }
}
