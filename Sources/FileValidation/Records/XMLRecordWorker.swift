import BillingFiles
import DelimitedText
import XMLStream

/// What came of the records in one block of a document.
struct XMLRecordOutcome: Sendable {
    /// How many records there are.
    var records = 0
    /// What is wrong with them, in the order of the places.
    var faults: [PlacedFault] = []
    /// The records that may repeat a key.
    var suspects: [PlacedSuspect] = []
    /// The rows, if anything is told of them.
    var text: Block?
    /// How many lines end in the block, and how many columns stand behind the last of them.
    var lines = 0
    var lastColumns = 0
    /// Whether the block cannot be read by itself.
    var isDoubtful = false

    /// A fault of a row with its place in the block.
    struct PlacedFault: Sendable {
        var fault: RowFault
        /// The offset of the content in the block; that of the record where the element is missing.
        let offset: Int
        /// Whether the element is there.
        let isPresent: Bool
        /// The line in the block, from 0, and the column, from 1, both counted from its beginning.
        let line: Int
        let column: Int
        /// How many bytes are meant; 0 where they are not those of the value.
        let extent: Int
    }

    /// A record whose key may stand elsewhere too.
    struct PlacedSuspect: Sendable {
        let suspect: KeySuspect
        var fault: PlacedFault
    }
}

/// Judges the records in blocks of a document by the plan for rows; each thread has one of its own.
struct XMLRecordWorker: BlockWorker {
    private let encoding: XMLEncoding
    private let columns: Int
    private var text: RowText
    private var worker: DelimitedWorker

    init(plan: TablePlan, suspicion: KeySuspicion, reader: XMLBlockReader) {
        encoding = reader.header.encoding
        columns = plan.columns.count
        text = RowText(reader)
        worker = DelimitedWorker(plan: plan, suspicion: suspicion, refusingRules: nil)
    }

    mutating func work(on block: Block) -> XMLRecordOutcome {
        let rows = text.read(block)
        var outcome = XMLRecordOutcome()
        outcome.isDoubtful = text.isDoubtful
        let ends = XMLLineEnds(block, encoding: encoding)
        (outcome.records, outcome.lines, outcome.lastColumns) =
            (text.rows.recordOffsets.count, ends.count, ends.lastColumns)
        guard !text.isDoubtful else { return outcome }
        let judged = worker.work(on: rows)
        let faults = judged.faults.filter { fault in
            switch fault.kind {
            case .value, .record: true
            // Quotes and line ends are of the rows alone.
            case .structure, .swallowedRows, .lineEnd, .repeated: false
            }
        }
        guard !faults.isEmpty || !judged.suspects.isEmpty else { return outcome }
        let offsets = text.fieldOffsets(block)
        let places = XMLBlockPlaces(block.storage.span.extracting(0..<block.count), encoding: encoding)
        outcome.text = rows
        outcome.faults = faults.map { placed($0, offsets, places, block, rows) }.sorted {
            ($0.offset, $0.fault.field) < ($1.offset, $1.fault.field)
        }
        outcome.suspects = judged.suspects.map {
            XMLRecordOutcome.PlacedSuspect(suspect: $0, fault: placed($0.fault, offsets, places, block, rows))
        }
        return outcome
    }

    private func placed(
        _ fault: RowFault, _ offsets: [UInt32], _ places: XMLBlockPlaces, _ block: Block, _ rows: Block
    ) -> XMLRecordOutcome.PlacedFault {
        let entry = fault.record * columns + fault.field
        let known = offsets.indices.contains(entry) ? offsets[entry] : RecordRows.absent
        let isPresent = known != RecordRows.absent
        let records = text.rows.recordOffsets
        let offset =
            isPresent ? Int(known) : records.indices.contains(fault.record) ? Int(records[fault.record]) : 0
        let place = places.place(of: offset)
        let extent = isPresent && isWritten(fault, at: offset, block, rows) ? fault.extent : 0
        return XMLRecordOutcome.PlacedFault(
            fault: fault, offset: offset, isPresent: isPresent, line: place.line, column: place.column, extent: extent)
    }

    /// Whether the bytes of a value stand in the document as they stand in its row.
    private func isWritten(_ fault: RowFault, at offset: Int, _ block: Block, _ rows: Block) -> Bool {
        guard offset + fault.extent <= block.count, fault.offset + fault.extent <= rows.count else { return false }
        for index in 0..<fault.extent where block.storage[offset + index] != rows.storage[fault.offset + index] {
            return false
        }
        return true
    }
}
