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

    /// How many records the target cannot hold; each has a finding.
    public let refused: Int

    /// These records as CSV rows of the columns that were read.
    public let refusedRows: [UInt8]

    /// How many values of each column were left out, for the target does not carry the column; empty where it carries all.
    public let uncarried: [Int]

    /// How many values of each column come back from the target in another spelling; empty where none can.
    public let respelled: [Int]

    /// What the records add to the totals that the target states.
    public let totals: StatedTotals

    /// The keys of the records, where they become several lines each.
    let keys: WrittenKeys

    /// The records as parts of documents; empty where they stand on their own.
    public let parts: [WrittenPart]

    /// The records; lent by the converter that made the block.
    public let records: RecordBuffer
}

/// Turns blocks of records into records of the target; nothing is judged but structure.
///
/// Records of XML become rows of CSV on the way, in memory.
public struct RecordConverter: BlockWorker {
    private enum Writer: Sendable {
        case csv(CSVRecordWriter)
        case xml(XMLRecordWriter)
        case foreign(ForeignRecordWriter)
        /// The writer is at work.
        case busy
    }

    private let layout: ConversionLayout
    private let pool: RecordBufferPool
    private var writer: Writer
    private var records: NativeRecords
    private let isForeign: Bool

    /// A converter of a file with this layout and this header; without one, of rows.
    ///
    /// Copies of it share the buffers of the blocks, so that each thread may have a copy.
    public init(layout: ConversionLayout, header: BlockSequence.Header? = nil) {
        self.layout = layout
        pool = RecordBufferPool()
        if let plan = layout.target.plan {
            writer = .foreign(ForeignRecordWriter(plan, columns: layout.columns))
        } else if let tags = layout.tags {
            writer = .xml(XMLRecordWriter(tags: tags))
        } else {
            writer = .csv(
                CSVRecordWriter(
                    fields: layout.orderedFields, isCanonical: header?.xml != nil || header?.foreign != nil))
        }
        records = NativeRecords(
            layout: NativeLayout(columns: layout.columns),
            xml: header?.xml.map { XMLBlockReader(header: $0, shape: layout.shape) }, foreign: header?.foreign)
        isForeign = header?.foreign != nil
        records.makeCopies()
    }

    /// Converts one block.
    public mutating func work(on block: Block) -> ConvertedBlock { work(on: block, after: []) }

    /// Converts one block behind records that wait for their second half, by their keys.
    mutating func work(on block: Block, after waiting: Set<[UInt8]>) -> ConvertedBlock {
        var read = records.scan(block)
        let (text, table) = (records.text, records.table)
        let buffer = pool.take()
        var losses = [Int](repeating: 0, count: layout.columns.count)
        var foreign: WrittenRecords?
        switch writer {
        case .csv(let writer):
            writer.append(text, table, to: buffer)
        case .xml(var writer):
            writer.append(text, table, to: buffer, losses: &losses)
        case .foreign(var writer):
            // The enum lets go of the writer while it works, or its tables would be copied.
            self.writer = .busy
            foreign = writer.append(text, table, after: waiting, to: buffer)
            self.writer = .foreign(writer)
        case .busy: break
        }
        for refused in foreign?.refused ?? [] {
            let fault = NativeValueFault(
                column: layout.columns[refused.column ?? 0], rule: .unwritableValue, expected: refused.expected)
            read.findings.append(records.finding(fault, record: refused.record))
        }
        if !table.faults.isEmpty, !read.isDoubtful, !isForeign {
            read.findings += structureFindings(text.storage.span.extracting(0..<text.count))
        }
        return ConvertedBlock(
            read: read, written: foreign?.count ?? table.recordCount, losses: losses,
            refused: foreign?.refused.count ?? 0,
            refusedRows: foreign?.refusedRows ?? [], uncarried: foreign?.uncarried ?? [],
            respelled: foreign?.respelled ?? [], totals: foreign?.totals ?? StatedTotals(),
            keys: foreign?.keys ?? WrittenKeys(), parts: foreign?.parts ?? [], records: buffer)
    }

    /// Takes the records of a block back when they have been written out.
    public func giveBack(_ block: ConvertedBlock) { pool.giveBack(block.records) }

    private func structureFindings(_ bytes: Span<UInt8>) -> [BlockFinding] {
        BlockText(table: records.table, layout: records.layout)
            .structureFindings(block: bytes, lastRowIsComplete: lastRowIsComplete(bytes))
    }

    /// Whether a last row without a line end surely is whole: its last value cannot be the beginning of a longer one.
    private func lastRowIsComplete(_ bytes: Span<UInt8>) -> Bool {
        let table = records.table
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
