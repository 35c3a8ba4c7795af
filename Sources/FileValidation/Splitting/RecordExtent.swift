import BillingFiles
import DelimitedText

/// Records of a block that stand one behind the other: their bytes and how many they are.
struct RecordExtent: Sendable {
    /// The offset of the first byte in the block.
    var start: Int
    /// The offset behind the last.
    var end: Int
    /// The first record among all records of the block.
    var firstRecord: Int
    /// How many records there are.
    var records: Int

    /// The records of a block that are not sound or have a fault that is an error, in order.
    ///
    /// Of records that are not sound the table has no beginnings; they lie between the sound ones.
    static func refused(_ rows: RowBatch, _ faults: [RowFault], for rules: Set<InputRule>) -> [RecordExtent] {
        let table = rows.table
        guard !faults.isEmpty || table.recordCount != table.totalRecords else { return [] }
        var wrong = Set<Int>()
        for fault in faults where rules.contains(fault.rule) { wrong.insert(fault.record) }
        var extents: [RecordExtent] = []
        var (end, next) = (0, 0)
        for record in 0..<table.recordCount {
            let (start, ordinal) = (Int(table.recordStarts[record]), table.recordOrdinal(of: record))
            if ordinal > next {
                extents.append(
                    RecordExtent(start: end, end: start, firstRecord: next, records: ordinal - next))
            }
            end = rows.end(ofRecord: record)
            next = ordinal + 1
            if wrong.contains(ordinal) {
                extents.append(RecordExtent(start: start, end: end, firstRecord: ordinal, records: 1))
            }
        }
        if table.totalRecords > next {
            extents.append(
                RecordExtent(start: end, end: rows.block.count, firstRecord: next, records: table.totalRecords - next))
        }
        return extents
    }
}

extension RecordExtent {
    /// Whether a record of the block is among them.
    func holds(_ record: Int) -> Bool { record >= firstRecord && record < firstRecord + records }
}
