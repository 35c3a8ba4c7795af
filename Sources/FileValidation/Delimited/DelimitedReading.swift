import BillingFiles
import DelimitedText

/// Takes what came of the blocks of one file in their order, places it in the file, and hands it out.
struct DelimitedReading {
    private let file: String
    private let words: FaultWords
    private let mostFindings: Int
    private let splitter: (any RowSplitter)?
    private let refusingRules: Set<InputRule>
    private let encoding: TextEncoding
    private var line: Int
    private var isCRLF: Bool?
    private var hasMixedLineEnds = false
    private var keys: [SeenKeys]

    /// How many records were read, sound or not.
    private(set) var records = 0
    /// How many findings there are of each rule.
    private(set) var counts: [InputRule: Int] = [:]

    /// The reading of a file behind its header.
    ///
    /// - Parameters:
    ///   - lines: how many lines the header has.
    ///   - isCRLF: whether the header row ends with CR LF; nil when there is none.
    ///   - seed: of the hashes of keys.
    init(
        file: String, plan: TablePlan, lines: Int, isCRLF: Bool?, encoding: TextEncoding, mostFindings: Int,
        seed: UInt64,
        splitter: (any RowSplitter)?, refusingRules: Set<InputRule>
    ) {
        self.refusingRules = refusingRules
        self.file = file
        self.mostFindings = mostFindings
        self.splitter = splitter
        self.isCRLF = isCRLF
        self.encoding = encoding
        words = FaultWords(plan: plan)
        line = lines + 1
        keys = plan.uniqueKeys.map { _ in SeenKeys(seed: seed) }
    }

    /// Takes a finding that is not one of a block.
    mutating func add(_ finding: InputFinding, _ report: (InputFinding) throws -> Void) throws {
        counts[finding.rule, default: 0] += 1
        if counts[finding.rule, default: 0] <= mostFindings { try report(finding) }
    }

    /// Takes the next block.
    mutating func add(
        _ block: Block, _ outcome: DelimitedOutcome, _ report: (InputFinding) throws -> Void
    ) throws {
        var (faults, refused) = (outcome.faults, outcome.refused)
        addLineEnds(outcome.lineEnds, &faults)
        addRepeated(outcome.suspects, &faults, &refused)
        if faults.isEmpty {
            try splitter?.accept(block, records: outcome.records)
        } else {
            var told: [(fault: RowFault, finding: InputFinding)] = []
            for fault in faults {
                counts[fault.rule, default: 0] += 1
                let isTold = counts[fault.rule, default: 0] <= mostFindings
                guard isTold || (splitter != nil && refusingRules.contains(fault.rule)) else { continue }
                let finding = finding(fault, block)
                if isTold { try report(finding) }
                if splitter != nil, refusingRules.contains(fault.rule) { told.append((fault, finding)) }
            }
            try splitter?.split(block, records: outcome.records, refused: refused, reasons: told)
        }
        line += outcome.lines
        records += outcome.records
    }

    /// The fault as a finding in the file.
    private func finding(_ fault: RowFault, _ block: Block) -> InputFinding {
        let words = words.of(fault, in: block)
        func stored(_ range: Range<Int>) -> Int {
            encoding == .utf8 ? range.count : encoding.storedLength(block.storage.span.extracting(range))
        }
        let lineStart = fault.offset - (fault.column - 1)
        return InputFinding(
            rule: fault.rule,
            place: Place(
                file: file, line: line + fault.line, record: records + fault.record + 1,
                column: stored(lineStart..<fault.offset) + 1,
                field: fault.field < 0 ? nil : VisibleText.of(self.words.plan.columns[fault.field].name.utf8),
                byteOffset: block.fileOffset + UInt64(stored(0..<fault.offset))),
            found: words.found, expected: words.expected, extent: stored(fault.offset..<(fault.offset + fault.extent)))
    }

    /// Line ends of two kinds are told once, at the first that is not like those before.
    private mutating func addLineEnds(_ ends: LineEnds, _ faults: inout [RowFault]) {
        guard !hasMixedLineEnds else { return }
        if isCRLF == nil {
            switch (ends.lf, ends.crlf) {
            case (nil, nil): return
            case (let lf?, let crlf?): isCRLF = crlf.offset < lf.offset
            case (nil, .some): isCRLF = true
            case (.some, nil): isCRLF = false
            }
        }
        guard let other = isCRLF == true ? ends.lf : ends.crlf else { return }
        hasMixedLineEnds = true
        Self.insert(other, &faults)
    }

    /// Decides of the records whose keys may stand elsewhere too.
    private mutating func addRepeated(
        _ suspects: [KeySuspect], _ faults: inout [RowFault], _ refused: inout [RecordExtent]
    ) {
        for suspect in suspects {
            let number = records + suspect.fault.record + 1
            guard let first = keys[suspect.key].first(suspect.bytes, record: number) else { continue }
            var fault = suspect.fault
            fault.kind = .repeated(key: suspect.key, firstRecord: first)
            Self.insert(fault, &faults)
            guard splitter != nil, refusingRules.contains(fault.rule),
                !refused.contains(where: { $0.holds(fault.record) })
            else { continue }
            let extent = RecordExtent(
                start: fault.recordStart, end: suspect.end, firstRecord: fault.record, records: 1)
            let place = refused.firstIndex { $0.firstRecord > fault.record } ?? refused.count
            refused.insert(extent, at: place)
        }
    }

    private static func insert(_ fault: RowFault, _ faults: inout [RowFault]) {
        var (low, high) = (0, faults.count)
        while low < high {
            let middle = (low + high) / 2
            if faults[middle].offset <= fault.offset { low = middle + 1 } else { high = middle }
        }
        faults.insert(fault, at: low)
    }

    /// A finding that stopped the reading, placed behind the blocks so far.
    func placed(_ rejection: InputRejection) -> InputFinding {
        var finding = rejection.finding
        finding.place.file = file
        guard rejection.isRelativeToBlock else { return finding }
        finding.place.line += line
        finding.place.record += records + 1
        return finding
    }
}

/// The keys of which there may be two, with the record of the first.
struct SeenKeys {
    private var keys: KeyTable
    private var records: [Int] = []

    init(seed: UInt64) {
        keys = KeyTable(seed: seed)
    }

    /// The first record with a key, nil if it is this one.
    mutating func first(_ key: [UInt8], record: Int) -> Int? {
        let (index, isNew) = keys.insert(key.span)
        guard isNew else { return records[index] }
        records.append(record)
        return nil
    }
}
