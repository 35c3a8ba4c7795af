import BillingRecords
import BillingValues
import DelimitedText

/// What came of a block: its records in the target's form.
public struct ConvertedBlock: Sendable {
    /// What was counted and found while the block was read.
    public let read: DecodedBlock

    /// How many records were written.
    public let written: Int

    /// How many values of each column lost a character.
    public let losses: [Int]

    /// The records; lent by the converter that made the block.
    public let records: RecordBuffer
}

/// Turns blocks of CSV rows into records of the target; nothing is judged but structure.
public struct RecordConverter: BlockWorker {
    private enum Writer: Sendable {
        case csv(CSVRecordWriter)
        case xml(XMLRecordWriter)
    }

    private let layout: ConversionLayout
    private let scanner: FieldScanner
    private let pool: RecordBufferPool
    private var writer: Writer
    private var table = FieldTable()

    /// A converter of rows with this layout.
    ///
    /// Copies of it share the buffers of the blocks, so that each thread may have a copy.
    public init(layout: ConversionLayout) {
        self.layout = layout
        scanner = FieldScanner(fieldCount: layout.columns.count)
        pool = RecordBufferPool()
        writer =
            layout.tags.map { .xml(XMLRecordWriter(tags: $0)) } ?? .csv(CSVRecordWriter(fields: layout.orderedFields))
    }

    /// Converts one block.
    public mutating func work(on block: Block) -> ConvertedBlock {
        let bytes = block.storage.span.extracting(0..<block.count)
        scanner.scan(bytes, isLast: block.isLast, into: &table)
        let buffer = pool.take()
        var losses = [Int](repeating: 0, count: layout.columns.count)
        switch writer {
        case .csv(let writer):
            writer.append(block, table, to: buffer)
        case .xml(var writer):
            writer.append(block, table, to: buffer, losses: &losses)
        }
        return ConvertedBlock(read: counts(bytes), written: table.recordCount, losses: losses, records: buffer)
    }

    /// Takes the records of a block back when they have been written out.
    public func giveBack(_ block: ConvertedBlock) { pool.giveBack(block.records) }

    private func counts(_ bytes: Span<UInt8>) -> DecodedBlock {
        var counts = DecodedBlock()
        counts.records = table.totalRecords
        counts.lines = table.totalLines
        counts.hasMultilineRecords = table.totalLines != table.totalRecords
        guard !table.faults.isEmpty else { return counts }
        let text = BlockText(table: table, layout: NativeLayout(names: layout.columns, fields: []))
        counts.findings = text.structureFindings(block: bytes, lastRowIsComplete: lastRowIsComplete(bytes))
        return counts
    }

    /// Whether a last row without a line end surely is whole: its last value cannot be the beginning of a longer one.
    private func lastRowIsComplete(_ bytes: Span<UInt8>) -> Bool {
        let (record, field) = (table.recordCount - 1, layout.columns.count - 1)
        guard record >= 0, bytes.count > 0, table.recordOrdinal(of: record) == table.totalRecords - 1 else {
            return false
        }
        if bytes[bytes.count - 1] == UInt8(ascii: "\"") { return true }
        let range = table.fieldRange(record: record, field: field)
        let value = FieldText.value(of: bytes.extracting(range))
        return layout.kind.cannotBeLonger(value, in: layout.columns[field])
    }
}

extension NativeKind {
    /// Whether a value of a column is sound, and is not the beginning of a longer sound value.
    fileprivate func cannotBeLonger(_ value: [UInt8], in column: String) -> Bool {
        guard !value.isEmpty, columns.contains(column), NativeColumns.selfDelimiting.contains(column) else {
            return false
        }
        switch column {
        case "currency": return Currency(bytes: value.span) != nil
        case "status": return ChargeStatus.allCases.contains { $0.word.utf8.elementsEqual(value) }
        case "kind": return self == .charges && ChargeKind.allCases.contains { $0.word.utf8.elementsEqual(value) }
        default: return CivilDate.fault(in: value.span) == nil
        }
    }
}
