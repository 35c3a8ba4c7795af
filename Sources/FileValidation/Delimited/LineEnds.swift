import BillingFiles
import DelimitedText

/// The first records of a block that end with LF and with CR LF.
struct LineEnds: Sendable {
    /// The first that ends with LF alone.
    private(set) var lf: RowFault?
    /// The first that ends with CR LF.
    private(set) var crlf: RowFault?

    /// Looks at the ends of the sound records.
    init(_ rows: RowBatch) {
        let bytes = rows.block.storage.span
        let ends = rows.table.fieldEnds.span
        let width = rows.table.fieldCount
        var (firstLF, firstCRLF) = (-1, -1)
        var entry = width - 1
        for record in 0..<rows.count {
            let end = Int(ends[entry])
            entry += width
            guard end < rows.block.count else { continue }
            if bytes[end] == UInt8(ascii: "\r") {
                if firstCRLF < 0 { firstCRLF = record }
            } else if firstLF < 0 {
                firstLF = record
            }
        }
        lf = firstLF < 0 ? nil : Self.fault(rows, firstLF, isCRLF: false)
        crlf = firstCRLF < 0 ? nil : Self.fault(rows, firstCRLF, isCRLF: true)
    }

    private static func fault(_ rows: RowBatch, _ record: Int, isCRLF: Bool) -> RowFault {
        let last = rows.table.fieldCount - 1
        var fault = rows.fault(.mixedLineEnds, .lineEnd(isCRLF: isCRLF), record: record, field: last)
        let end = fault.offset + fault.extent
        // A quoted last field may hold line ends of its own.
        for index in fault.offset..<end where rows.block.storage[index] == UInt8(ascii: "\n") {
            fault.line += 1
            fault.column = 1 - (index + 1 - fault.offset)
        }
        fault.column += fault.extent
        (fault.offset, fault.extent, fault.field) = (end, isCRLF ? 2 : 1, -1)
        return fault
    }
}
