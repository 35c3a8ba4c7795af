import DelimitedText

/// Makes rows of our columns from blocks of delimited records.
///
/// To be used by one thread; each has its own.
struct DelimitedRowMaker: Sendable {
    /// Whether the rows are a copy, which leaves out what means nothing and counts what is not used.
    var makesCopies = false {
        didSet { mapper.leavesMeaninglessEmpty = makesCopies }
    }

    private let file: ForeignFile
    private let records: DelimitedRecords
    private let scanner: FieldScanner
    /// The field of each source of the plan, -1 where the file has none.
    private let fields: [Int]
    /// The field that says most about each column, -1 where there is none.
    private let mainFields: [Int]
    /// The fields that the mapping does not use.
    private let unused: [Int]
    private var unusedCounts: [Int]
    private let prefixes: [(bytes: [UInt8], rule: SkippedPrefix)]
    private var table = FieldTable()
    private var mapper: RecordMapper
    private var values: [ValueRange] = []
    private var decoded: [UInt8] = []
    private var skipped: [String: Int] = [:]

    init(_ file: ForeignFile, _ records: DelimitedRecords) {
        self.file = file
        self.records = records
        scanner = FieldScanner(fieldCount: max(1, file.columns.count), dialect: file.form.dialect)
        mapper = RecordMapper(file.plan)
        fields = file.plan.sources.map { file.columns.firstIndex(of: $0) ?? -1 }
        let fields = fields
        mainFields = file.plan.mainSources.map { source in source.map { fields[$0] } ?? -1 }
        let used = Set(fields)
        unused = file.columns.indices.filter { !used.contains($0) }
        unusedCounts = unused.map { _ in 0 }
        prefixes = records.skippedPrefixes.map { (Array($0.prefix.utf8), $0) }
        values = Array(repeating: .absent, count: fields.count)
    }

    /// Replaces `rows` by those of a block.
    mutating func make(_ block: Block, into rows: inout RecordRows, keepsPlaces: Bool) -> MadeRows {
        let bytes = block.storage.span.extracting(0..<block.count)
        scanner.scan(bytes, isLast: block.isLast, into: &table)
        rows.removeAll()
        skipped.removeAll(keepingCapacity: true)
        let isPlain = !table.containsQuotes && file.form.dialect.escape == nil
        var row = RowText(reusing: rows.takeStorage())
        for record in 0..<table.recordCount {
            if !prefixes.isEmpty, let rule = prefix(at: Int(table.recordStarts[record]), bytes) {
                skipped[rule.reason, default: 0] += 1
            } else if isPlain || takeRanges(record, bytes) {
                if isPlain { takeRawRanges(record) }
                admit(record, bytes, block.fileOffset, to: &row, &rows, keepsPlaces: keepsPlaces)
            } else {
                // Nobody else holds the bytes while they are filled, or they would be copied.
                var text: [UInt8] = []
                swap(&text, &decoded)
                takeDecoded(record, bytes, &text)
                admit(record, text.span, block.fileOffset, to: &row, &rows, keepsPlaces: keepsPlaces)
                swap(&text, &decoded)
            }
        }
        (rows.bytes, rows.count) = row.finish()
        for (index, count) in unusedCounts.enumerated() where count > 0 {
            rows.remains.countFurther(file.columns[unused[index]], count: count)
            unusedCounts[index] = 0
        }
        var made = MadeRows(lines: table.totalLines)
        made.findings = findings(bytes)
        rows.remains.skipped = skipped
        rows.remains.rounded = mapper.takeRounded()
        return made
    }

    private mutating func admit(
        _ record: Int, _ text: Span<UInt8>, _ blockOffset: UInt64, to row: inout RowText, _ rows: inout RecordRows,
        keepsPlaces: Bool
    ) {
        let place = blockOffset + UInt64(table.recordStarts[record])
        if let reason = mapper.skipReason(text, values) {
            skipped[reason, default: 0] += 1
            return
        }
        mapper.append(
            text, values, record: rows.recordOffsets.count, place: place, to: &row, unmapped: &rows.unmapped)
        rows.recordOffsets.append(table.recordStarts[record])
        if makesCopies { countUnused(record) }
        guard keepsPlaces else { return }
        for field in mainFields {
            let place = field < 0 ? nil : table.fieldRange(record: record, field: field).lowerBound
            rows.fieldOffsets.append(place.map { UInt32(truncatingIfNeeded: $0) } ?? RecordRows.absent)
        }
    }

    /// The values are all of the raw text of their fields.
    private mutating func takeRawRanges(_ record: Int) {
        for source in fields.indices where fields[source] >= 0 {
            values[source] = ValueRange(table.fieldRange(record: record, field: fields[source]))
        }
    }

    /// The values stand as they are in the block, perhaps in quotes; false where one of them does not.
    private mutating func takeRanges(_ record: Int, _ bytes: Span<UInt8>) -> Bool {
        let dialect = file.form.dialect
        for source in fields.indices where fields[source] >= 0 {
            let raw = table.fieldRange(record: record, field: fields[source])
            let isQuoted = raw.count >= 2 && dialect.hasQuotes && bytes[raw.lowerBound] == dialect.quote
            let value = isQuoted ? (raw.lowerBound + 1)..<(raw.upperBound - 1) : raw
            // A quote or an escape within means that the value is written otherwise.
            let special = dialect.hasQuotes ? dialect.quote : dialect.escape ?? dialect.quote
            if bytes.extracting(value).holds(special) { return false }
            values[source] = ValueRange(value)
        }
        return true
    }

    /// The values with quotes and escapes undone, one behind the other.
    private mutating func takeDecoded(_ record: Int, _ bytes: Span<UInt8>, _ text: inout [UInt8]) {
        text.removeAll(keepingCapacity: true)
        for source in fields.indices where fields[source] >= 0 {
            let raw = bytes.extracting(table.fieldRange(record: record, field: fields[source]))
            let start = text.count
            FieldText.append(valueOf: raw, dialect: file.form.dialect, to: &text)
            values[source] = ValueRange(start..<text.count)
        }
    }

    private func prefix(at start: Int, _ bytes: Span<UInt8>) -> SkippedPrefix? {
        for (prefix, rule) in prefixes {
            guard start + prefix.count <= bytes.count else { continue }
            if prefix.isEmpty {
                if bytes[start] == UInt8(ascii: "\n") || bytes[start] == UInt8(ascii: "\r") { return rule }
            } else if bytes.extracting(start..<(start + prefix.count)).isSame(as: prefix.span) {
                return rule
            }
        }
        return nil
    }

    /// Counts the values of a record that no column is for.
    private mutating func countUnused(_ record: Int) {
        for index in unused.indices {
            let raw = table.fieldRange(record: record, field: unused[index])
            // Quotes around nothing are nothing; a dialect without quotes has no value of two bytes that are one.
            if raw.count > 2 || raw.count > 0 && !table.containsQuotes { unusedCounts[index] += 1 }
        }
    }

    /// What is wrong with the structure of the block; lines that are left out for their beginning are not.
    private mutating func findings(_ bytes: Span<UInt8>) -> [BlockFinding] {
        let isMultiline = table.totalLines != table.totalRecords
        guard !table.faults.isEmpty || isMultiline else { return [] }
        let text = BlockText(table: table, layout: NativeLayout(columns: file.columns))
        var found = isMultiline && file.form.dialect == .native ? text.swallowedRows(block: bytes) : []
        for fault in table.faults {
            if case .wrongFieldCount = fault.kind, let rule = prefix(at: lineStart(of: fault, bytes), bytes) {
                skipped[rule.reason, default: 0] += 1
                continue
            }
            let field = file.columns.indices.contains(fault.fieldOrdinal) ? file.columns[fault.fieldOrdinal] : nil
            var finding = StructureFaultText.finding(fault, field: field)
            if fault.kind == .missingFinalLineEnd {
                if let last = bytes.last, last == file.form.dialect.quote, file.form.dialect.hasQuotes { continue }
                if records.maySkipLastLineEnd { finding.rule = .noFinalLineEnd }
            }
            found.append(finding)
        }
        return found
    }

    private func lineStart(of fault: StructureFault, _ bytes: Span<UInt8>) -> Int {
        max(0, fault.byteOffset - fault.columnOrdinal)
    }
}

extension RecordRows {
    /// Takes the storage out, so that it can be filled without a copy.
    mutating func takeStorage() -> [UInt8] {
        var storage: [UInt8] = []
        swap(&storage, &bytes)
        return storage
    }
}

extension Span where Element == UInt8 {
    /// Whether a byte is among them; all are looked at, which is faster than to stop at the first in short texts.
    @inline(__always)
    func holds(_ byte: UInt8) -> Bool {
        var found: UInt8 = 0
        for index in indices { found |= self[index] == byte ? 1 : 0 }
        return found != 0
    }

    /// The last byte.
    var last: UInt8? { isEmpty ? nil : self[count - 1] }

    /// Whether all bytes are ASCII.
    var isASCII: Bool {
        var all: UInt8 = 0
        for index in indices { all |= self[index] }
        return all < 0x80
    }

    /// A copy of the bytes.
    var bytesCopy: [UInt8] {
        var copy: [UInt8] = []
        for index in indices { copy.append(self[index]) }
        return copy
    }
}
