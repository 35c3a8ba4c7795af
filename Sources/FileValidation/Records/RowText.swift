import BillingFiles

/// Makes a block of CSV rows of each block of an XML file.
///
/// To be used by one thread; each has its own.
struct RowText: Sendable {
    private var reader: XMLBlockReader
    /// The rows of the last block, and where they stood.
    private(set) var rows = RecordRows()
    /// Whether the last block could not be read by itself: the rows are then those up to some record of it.
    private(set) var isDoubtful = false

    init(_ reader: XMLBlockReader) {
        self.reader = reader
    }

    /// The rows of a block, as a block of the same ordinal.
    mutating func read(_ block: Block) -> Block {
        if let made = block.rows {
            rows = made
            isDoubtful = false
        } else {
            isDoubtful = !reader.readRecords(block, into: &rows)
        }
        return Block(
            ordinal: block.ordinal, file: block.file, fileOffset: 0, storage: rows.bytes, count: rows.count,
            isLast: true)
    }

    /// Where the content of each field of the last block begins in it.
    mutating func fieldOffsets(_ block: Block) -> [UInt32] {
        if rows.fieldOffsets.isEmpty { return reader.fieldOffsets(block) }
        return rows.fieldOffsets
    }
}
