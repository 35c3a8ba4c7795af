import BillingFiles

/// Takes what came of the records of a document's blocks in their order, places it in the document, and hands it out.
struct XMLRecordReading {
    private let file: String
    private let kind: NativeKind
    private let words: FaultWords
    private let header: XMLFileHeader
    private let violating: RecordSet
    private let mostFindings: Int
    private var worker: XMLRecordWorker
    private var keys: [SeenKeys]
    private var records = 0
    private var line: Int
    private var columns: Int
    /// Reads on from the first block that cannot be read by itself.
    private var serial: XMLSerialReader?

    /// How many findings there are of each rule.
    private(set) var counts: [InputRule: Int] = [:]

    init(
        file: String, kind: NativeKind, plan: TablePlan, header: XMLFileHeader, worker: XMLRecordWorker,
        violating: RecordSet, mostFindings: Int, seed: UInt64
    ) {
        self.file = file
        self.kind = kind
        self.header = header
        self.worker = worker
        self.violating = violating
        self.mostFindings = mostFindings
        words = FaultWords(plan: plan)
        keys = plan.uniqueKeys.map { _ in SeenKeys(seed: seed) }
        let places = XMLBlockPlaces(header.bytes.span, encoding: header.encoding).place(of: header.bytes.count)
        (line, columns) = (places.line + 1, places.column - 1)
    }

    /// Takes the next block.
    mutating func add(
        _ block: Block, _ outcome: XMLRecordOutcome, _ report: (InputFinding) throws -> Void
    ) throws {
        if serial == nil, outcome.isDoubtful {
            serial = XMLSerialReader(header: header, shape: .ofAudit(kind), offset: block.fileOffset)
        }
        guard let serial else { return try tell(block, outcome, report) }
        try add(serial.feed(block.storage.span.extracting(0..<block.count)), report)
    }

    /// Ends the document.
    mutating func finish(_ report: (InputFinding) throws -> Void) throws {
        if let serial { try add(serial.finish(), report) }
    }

    private mutating func add(_ part: XMLSerialReader.Part, _ report: (InputFinding) throws -> Void) throws {
        var block = Block(
            ordinal: 0, file: 0, fileOffset: part.fileOffset, storage: part.bytes, count: part.bytes.count,
            isLast: false)
        block.rows = part.rows
        try tell(block, worker.work(on: block), report)
    }

    private mutating func tell(
        _ block: Block, _ outcome: XMLRecordOutcome, _ report: (InputFinding) throws -> Void
    ) throws {
        var faults = outcome.faults.filter { placed in
            // A value of a record that violates the schema was told with it.
            if case .value = placed.fault.kind { !violating.contains(records + placed.fault.record + 1) } else { true }
        }
        for placed in outcome.suspects {
            let key = placed.suspect.key
            let number = records + placed.fault.fault.record + 1
            guard let first = keys[key].first(placed.suspect.bytes, record: number) else { continue }
            var repeated = placed.fault
            repeated.fault.kind = .repeated(key: key, firstRecord: first)
            let place = faults.firstIndex { $0.offset > repeated.offset } ?? faults.count
            faults.insert(repeated, at: place)
        }
        for placed in faults {
            counts[placed.fault.rule, default: 0] += 1
            guard counts[placed.fault.rule, default: 0] <= mostFindings, let text = outcome.text else { continue }
            try report(finding(placed, block, text))
        }
        records += outcome.records
        columns = outcome.lines == 0 ? columns + outcome.lastColumns : outcome.lastColumns
        line += outcome.lines
    }

    private func finding(_ placed: XMLRecordOutcome.PlacedFault, _ block: Block, _ text: Block) -> InputFinding {
        let words = words.of(placed.fault, in: text)
        let record = records + placed.fault.record + 1
        let field = self.words.plan.columns[placed.fault.field].name
        let path = "/\(kind.rootElement)/\(kind.recordElement)[\(record)]"
        return InputFinding(
            rule: placed.fault.rule,
            place: Place(
                file: file, line: line + placed.line, record: record,
                column: placed.column + (placed.line == 0 ? columns : 0), field: VisibleText.of(field.utf8),
                byteOffset: block.fileOffset + UInt64(placed.offset)),
            found: words.found, expected: words.expected, path: placed.isPresent ? "\(path)/\(field)" : path,
            extent: placed.extent)
    }
}
