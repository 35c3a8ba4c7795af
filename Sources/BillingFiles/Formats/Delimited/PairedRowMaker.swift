import DelimitedText

/// Makes rows of our columns from events: a row for each pair of a beginning and an end.
///
/// The events of a pair may stand in different blocks and files, so blocks are taken one after the other.
struct PairedRowMaker: Sendable {
    /// Whether the rows are a copy, which leaves out what means nothing and counts what is not used.
    var makesCopies = false {
        didSet { mapper.leavesMeaninglessEmpty = makesCopies }
    }

    private let file: ForeignFile
    private let pairs: EventPairs
    private let scanner: FieldScanner
    private let fields: [Int]
    private let pairFields: [Int]
    private let keys: [Int]
    private let time: Int
    private let beginning: PlannedCondition
    private let end: PlannedCondition
    private var mapper: RecordMapper
    private var table = FieldTable()

    init(_ file: ForeignFile, _ pairs: EventPairs) {
        self.file = file
        self.pairs = pairs
        scanner = FieldScanner(fieldCount: max(1, file.columns.count), dialect: file.form.dialect)
        fields = file.plan.sources.map { file.columns.firstIndex(of: $0) ?? -1 }
        var names = SourceNames()
        beginning = PlannedCondition(pairs.beginning, &names)
        end = PlannedCondition(pairs.end, &names)
        keys = pairs.key.map { names.number($0) }
        time = names.number(pairs.time)
        pairFields = names.all.map { file.columns.firstIndex(of: $0) ?? -1 }
        mapper = RecordMapper(file.plan)
    }

    /// Makes the rows of the pairs that a block completes, and with `isEnd` of all that is left.
    mutating func make(_ block: Block, _ open: inout OpenEvents, isEnd: Bool) -> (rows: RecordRows, made: MadeRows) {
        let bytes = block.storage.span.extracting(0..<block.count)
        scanner.scan(bytes, isLast: block.isLast, into: &table)
        var rows = RecordRows()
        var row = RowText(reusing: [])
        var skipped: [String: Int] = [:]
        for record in 0..<table.recordCount {
            let place = Int(table.recordStarts[record])
            let (event, values) = decoded(record, bytes, pairFields)
            let isBeginning = beginning.holds(event.span, values)
            guard isBeginning || end.holds(event.span, values) else {
                let (text, values) = decoded(record, bytes, fields)
                skipped[mapper.skipReason(text.span, values) ?? "neither beginning nor end", default: 0] += 1
                continue
            }
            guard let seconds = DurationForm.seconds.read(event.span.extracting(values[time].range)) else {
                rows.remains.skipped["event without a time", default: 0] += 1
                continue
            }
            let key = Array(keys.map { event[values[$0].range] }.joined(separator: [0x1F]))
            let outcome: OpenEvents.Outcome
            if isBeginning {
                let (text, values) = decoded(record, bytes, fields)
                outcome = open.begin(key, text: text, values: values, time: seconds.count)
                if makesCopies { countUnused(record, &rows.remains) }
            } else {
                outcome = open.end(key, time: seconds.count)
                if case .pair = outcome { skipped["end of a call", default: 0] += 1 }
            }
            switch outcome {
            case .open: break
            case .repeated: skipped["repeated event", default: 0] += 1
            case .pair(let begun, let seconds):
                if isBeginning { skipped["end of a call", default: 0] += 1 }
                append(begun, seconds: seconds, place: place, block, to: &row, &rows)
            }
        }
        if isEnd {
            let rest = open.takeRest()
            let last = table.recordStarts.last.map(Int.init) ?? 0
            for begun in rest.beginnings { append(begun, seconds: nil, place: last, block, to: &row, &rows) }
            if rest.ends > 0 { skipped["end without a beginning", default: 0] += rest.ends }
        }
        (rows.bytes, rows.count) = row.finish()
        rows.remains.skipped = skipped
        var made = MadeRows(lines: table.totalLines)
        made.findings = findings(bytes)
        return (rows, made)
    }

    private mutating func append(
        _ begun: OpenEvents.Beginning, seconds: Int64?, place: Int, _ block: Block, to row: inout RowText,
        _ rows: inout RecordRows
    ) {
        var (text, values) = (begun.text, begun.values)
        if let seconds, let source = file.plan.sources.firstIndex(of: EventPairs.seconds) {
            let start = text.count
            text += "\(seconds)".utf8
            values[source] = ValueRange(start..<text.count)
        }
        mapper.append(
            text.span, values, record: rows.recordOffsets.count, place: block.fileOffset + UInt64(place), to: &row,
            unmapped: &rows.unmapped)
        let offset = UInt32(truncatingIfNeeded: place)
        rows.recordOffsets.append(offset)
        rows.fieldOffsets.append(contentsOf: repeatElement(offset, count: file.plan.columns.count))
    }

    /// Counts the values of a beginning that neither the mapping nor the pairing uses.
    private func countUnused(_ record: Int, _ remains: inout RecordRemains) {
        for field in file.columns.indices where !fields.contains(field) && !pairFields.contains(field) {
            if !table.fieldRange(record: record, field: field).isEmpty { remains.countFurther(file.columns[field]) }
        }
    }

    /// The values of some fields of a record, one behind the other.
    private func decoded(_ record: Int, _ bytes: Span<UInt8>, _ fields: [Int]) -> ([UInt8], [ValueRange]) {
        var text: [UInt8] = []
        let values = fields.map { field -> ValueRange in
            guard field >= 0 else { return .absent }
            let start = text.count
            FieldText.append(
                valueOf: bytes.extracting(table.fieldRange(record: record, field: field)), dialect: file.form.dialect,
                to: &text)
            return ValueRange(start..<text.count)
        }
        return (text, values)
    }

    private func findings(_ bytes: Span<UInt8>) -> [BlockFinding] {
        table.faults.compactMap { fault in
            let field = file.columns.indices.contains(fault.fieldOrdinal) ? file.columns[fault.fieldOrdinal] : nil
            var finding = StructureFaultText.finding(fault, field: field)
            if fault.kind == .missingFinalLineEnd, case .delimited(let records) = file.profile.layout,
                records.maySkipLastLineEnd
            {
                finding.rule = .noFinalLineEnd
            }
            return finding
        }
    }
}
