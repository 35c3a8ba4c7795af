public import BillingFiles
import DelimitedText

/// A file in which the sender of other files states what they hold: names, numbers, counts, sums and hashes.
///
/// A CSV with the columns of `schemas/control.schema.json`. It is read strictly: whatever cannot be read is a finding
/// that breaks trust, and so is a column of another name, for a total that is not understood is not checked.
public struct ControlFile: Sendable {
    /// What the rows say, in their order.
    private(set) var statements: [ControlStatement] = []

    /// What is wrong with the control file itself.
    public private(set) var findings: [InputFinding] = []

    /// How many rows it has.
    public private(set) var records = 0

    /// The file on disk; nil when it could not be read to its end.
    public private(set) var digest: InputIdentity?

    /// Tells the file from every other.
    public let identity: FileIdentity

    private let name: String

    /// Reads a control file, which must be opened and unread.
    ///
    /// - Throws: `InputError` when it cannot be read.
    public init(_ source: InputSource) throws(InputError) {
        identity = source.identity
        name = source.displayName
        let sequence = BlockSequence(sources: [source], format: .csv)
        let header: BlockSequence.Header
        switch try sequence.readHeader() {
        case .failure(let rejection):
            findings.append(rejection.finding)
            return
        case .success(let read): header = read
        }
        guard let columns = columns(header) else { return }
        var lines = header.lines
        let scanner = FieldScanner(fieldCount: header.names.count)
        var table = FieldTable()
        while let next = try sequence.nextBlock(reusing: []) {
            switch next {
            case .failure(let rejection):
                findings.append(rejection.finding)
                return
            case .success(let block):
                scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &table)
                take(block, table, columns: columns, names: header.names, linesBefore: lines)
                lines += table.totalLines
                records += table.totalRecords
            }
        }
        digest = try source.finish()
        if records == 0 {
            findings.append(
                InputFinding(
                    rule: .noRecords, place: .whole(name), found: "no record", expected: "a row for each file"))
        }
    }

    /// Which field holds which column; nil, with findings, where the header is not that of a control file.
    private mutating func columns(_ header: BlockSequence.Header) -> [ControlColumn: Int]? {
        let known = ControlColumn.allCases.map(\.rawValue).joined(separator: ", ")
        var columns: [ControlColumn: Int] = [:]
        for (index, bytes) in header.names.enumerated() {
            let shown = VisibleText.of(bytes)
            let place = Place(file: name, line: 1, record: 0, column: 1, field: shown, byteOffset: 0)
            guard let column = ControlColumn(rawValue: String(decoding: bytes, as: UTF8.self)) else {
                findings.append(
                    InputFinding(
                        rule: .controlTotalMismatch, place: place, found: "a column that cannot be checked",
                        expected: "the columns \(known), and no other"))
                continue
            }
            if columns.updateValue(index, forKey: column) != nil {
                findings.append(
                    InputFinding(
                        rule: .duplicateColumn, place: place, found: "two columns named \(shown)",
                        expected: "each name once"))
            }
        }
        if columns[.file] == nil {
            findings.append(
                InputFinding(
                    rule: .missingColumn,
                    place: Place(file: name, line: 1, record: 0, column: 1, field: "file", byteOffset: 0),
                    found: "the columns \(header.names.map { VisibleText.of($0) }.joined(separator: ", "))",
                    expected: "a column named file"))
        }
        return findings.isEmpty ? columns : nil
    }

    /// Takes the rows of a block, and the faults of those that are none.
    private mutating func take(
        _ block: Block, _ table: FieldTable, columns: [ControlColumn: Int], names: [[UInt8]], linesBefore: Int
    ) {
        for fault in table.faults {
            let words = StructureFaultText.describe(fault.kind)
            let place = Place(
                file: name, line: linesBefore + fault.lineOrdinal + 1, record: records + fault.recordOrdinal + 1,
                column: fault.columnOrdinal + 1,
                field: names.indices.contains(fault.fieldOrdinal) ? VisibleText.of(names[fault.fieldOrdinal]) : nil,
                byteOffset: block.fileOffset + UInt64(fault.byteOffset))
            findings.append(InputFinding(rule: words.rule, place: place, found: words.found, expected: words.expected))
        }
        let bytes = block.storage.span
        for record in 0..<table.recordCount {
            let start = table.fieldRange(record: record, field: 0).lowerBound
            let line = linesBefore + table.lineOrdinal(of: record) + 1
            func place(_ field: Int) -> Place {
                let offset = table.fieldRange(record: record, field: field).lowerBound
                return Place(
                    file: name, line: line, record: records + table.recordOrdinal(of: record) + 1,
                    column: offset - start + 1, field: VisibleText.of(names[field]),
                    byteOffset: block.fileOffset + UInt64(offset))
            }
            let values = names.indices.map {
                FieldText.value(of: bytes.extracting(table.fieldRange(record: record, field: $0)))
            }
            // No value holds a line break: a quote that does has swallowed the row behind it.
            if let field = values.firstIndex(where: { $0.contains(UInt8(ascii: "\n")) }) {
                findings.append(
                    InputFinding(
                        rule: .unclosedQuote, place: place(field), found: "a line break between quotes",
                        expected: "a value on one line"))
                continue
            }
            let read = ControlValues(values: values, columns: columns).statement(places: columns.mapValues(place))
            statements.append(read.statement)
            findings += read.findings
        }
    }
}
