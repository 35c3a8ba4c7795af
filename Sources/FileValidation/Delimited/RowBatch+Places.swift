import BillingFiles
import DelimitedText

extension RowBatch {
    /// A fault of a field of a sound record, with its place.
    func fault(_ rule: InputRule, _ kind: RowFault.Kind, record: Int, field: Int) -> RowFault {
        let range = table.fieldRange(record: record, field: field)
        let recordStart = Int(table.recordStarts[record])
        var line = table.lineOrdinal(of: record)
        var lineStart = recordStart
        // Only a quoted field holds a line end.
        if table.containsQuotes {
            let bytes = block.storage.span
            for index in recordStart..<range.lowerBound where bytes[index] == UInt8(ascii: "\n") {
                line += 1
                lineStart = index + 1
            }
        }
        return RowFault(
            rule: rule, kind: kind, record: table.recordOrdinal(of: record), recordStart: recordStart,
            offset: range.lowerBound, extent: range.count, line: line, column: range.lowerBound - lineStart + 1,
            field: field)
    }

    /// The offset behind a sound record and its line end.
    func end(ofRecord record: Int) -> Int {
        let bytes = block.storage.span
        var end = Int(table.fieldEnds[(record + 1) * table.fieldCount - 1])
        if end < block.count, bytes[end] == UInt8(ascii: "\r") { end += 1 }
        if end < block.count, bytes[end] == UInt8(ascii: "\n") { end += 1 }
        return end
    }
}
