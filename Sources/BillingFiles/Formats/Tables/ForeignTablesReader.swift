/// Makes rows of the records of a file with several tables, from front to back.
///
/// Where records lead to rows of other tables, these may stand behind them: the records wait for the end of the file. Of
/// those that wait only the place is kept, for their bytes are kept in any case.
final class ForeignTablesReader: XMLPartReader {
    /// Whether the end of the file was told.
    private(set) var isFinished = false

    private let records: TableRecords
    private let lines: TableLines
    private let maximumRecordBytes: Int
    private let sources: TableSources
    private var writer: ForeignRowWriter
    private var parts = DocumentParts()
    private var found: FoundRows
    /// A table whose rows are read.
    private struct Table {
        var name: String
        var columns: [String]
        var positions: TableSources.Positions
    }

    /// A record that waits: where its line stands, and under which of the tables.
    private struct WaitingLine {
        var start: UInt64
        var count: Int
        var table: Int
    }

    /// The tables so far, of which the last one's rows are read.
    private var tables: [Table] = []
    private var waiting: [WaitingLine] = []
    private var recordCount = 0
    private var hasStopped = false
    private var lineStart: UInt64 = 0
    private var otherRows = 0

    /// A reader at the front of a file.
    init(_ records: TableRecords, _ plan: MappingPlan, maximumRecordBytes: Int = 1 << 20, makesCopies: Bool = false) {
        self.records = records
        self.maximumRecordBytes = maximumRecordBytes
        lines = TableLines(records)
        sources = TableSources(records, plan.sources)
        found = FoundRows(records.lookUps.count)
        writer = ForeignRowWriter(plan)
        writer.makesCopies = makesCopies
    }

    /// Reads the next bytes and hands out those that are done with.
    func feed(_ bytes: Span<UInt8>) -> XMLSerialReader.Part {
        parts.append(bytes)
        readLines()
        return part()
    }

    /// Ends the file and hands out what is left of it.
    func finish() -> XMLSerialReader.Part {
        // Whoever has stopped has handed out all bytes.
        let rest = hasStopped ? 0 : parts.pending.count - Int(clamping: lineStart - parts.start)
        if !hasStopped, rest > 0 {
            stop(.truncatedLastRow, found: "no line end", expected: "a line end")
        } else if !hasStopped, tables.isEmpty {
            stop(.unknownLayout, found: "no table", expected: "a line that begins with '\(records.mark)'")
        }
        isFinished = true
        return part()
    }

    private func part() -> XMLSerialReader.Part {
        var end = hasStopped || isFinished ? UInt64.max : lineStart
        if sources.hasLookUps, !isFinished, let first = waiting.first, !hasStopped {
            end = first.start
        } else if !hasStopped {
            let bytes = parts.pending
            for record in waiting {
                let start = Int(clamping: record.start - parts.start)
                let values = values(bytes[start..<(start + record.count)], of: tables[record.table])
                writer.append(self.record(values, at: record.start), blockStart: parts.start)
            }
            waiting.removeAll(keepingCapacity: true)
        }
        writer.skip("row of another table", count: otherRows)
        otherRows = 0
        return parts.part(upTo: end, writer.takeRows(), recordCount: recordCount, isLast: isFinished)
    }

    private func readLines() {
        guard !hasStopped else { return }
        let bytes = parts.pending
        var start = Int(clamping: lineStart - parts.start)
        while !hasStopped, let end = bytes[start...].firstIndex(of: UInt8(ascii: "\n")) {
            let isCRLF = end > start && bytes[end - 1] == UInt8(ascii: "\r")
            take(bytes[start..<(isCRLF ? end - 1 : end)], in: bytes)
            start = end + 1
            lineStart = parts.start + UInt64(start)
        }
        guard !hasStopped else { return }
        if bytes.count - start > maximumRecordBytes {
            stop(
                .recordTooLong, found: "a row of more than \(maximumRecordBytes) bytes",
                expected: "at most \(maximumRecordBytes) bytes")
        } else if sources.hasLookUps, bytes.count > ForeignXMLReader.longestWait {
            stop(
                .inputTooLarge,
                found: "more than \(ForeignXMLReader.longestWait) bytes of records that wait for others",
                expected: "less in one file")
        }
    }

    private func take(_ line: ArraySlice<UInt8>, in bytes: [UInt8]) {
        if let begun = lines.table(line) {
            let positions = sources.positions(in: begun.name, begun.columns)
            tables.append(Table(name: begun.name, columns: begun.columns, positions: positions))
            guard positions.missing.isEmpty else {
                return stop(
                    .missingColumn, found: "the table \(VisibleText.of(begun.name.utf8)) without them",
                    expected: "the columns " + positions.missing.joined(separator: ", "))
            }
            return
        }
        guard let table = tables.last else {
            return stop(
                .unknownLayout, found: "a row of no table", expected: "a line that begins with '\(records.mark)'")
        }
        guard table.positions.isUsed else {
            otherRows += 1
            return
        }
        let fields = lines.fields(line)
        guard fields.count == table.columns.count else {
            return stop(
                .wrongFieldCount, found: "\(fields.count) fields", expected: "\(table.columns.count), as the table says"
            )
        }
        if table.name == records.table {
            waiting.append(WaitingLine(start: lineStart, count: line.count, table: tables.count - 1))
            recordCount += 1
        } else {
            otherRows += 1
        }
        for (number, lookUp) in table.positions.ofLookUps.enumerated() where lookUp != nil {
            guard let lookUp, let key = value(fields[lookUp.key]) else { continue }
            found.add(lookUp.values.mapValues { value(fields[$0]) }, key: key.text, to: number)
        }
    }

    /// The values of a record's sources, or the keys that lead to them.
    private func values(_ line: ArraySlice<UInt8>, of table: Table) -> [HeldValue?] {
        let fields = lines.fields(line)
        return table.positions.ofRecords.map { $0.flatMap { value(fields[$0]) } }
    }

    /// The value of a field; nil for an empty one.
    private func value(_ field: ArraySlice<UInt8>) -> HeldValue? {
        guard !field.isEmpty else { return nil }
        var value = HeldValue(text: lines.value(field))
        value.offset = parts.start + UInt64(field.startIndex)
        return value
    }

    private func record(_ values: [HeldValue?], at start: UInt64) -> WaitingRecord {
        var record = WaitingRecord(element: 0, start: start, name: 0)
        record.values = values
        return sources.hasLookUps ? found.completed(record, sources) : record
    }

    private func stop(_ rule: InputRule, found: String, expected: String) {
        hasStopped = true
        parts.faults.append(
            XMLRecordFault(
                rule: rule, offset: lineStart, record: recordCount, field: nil, found: found, expected: expected))
    }
}
