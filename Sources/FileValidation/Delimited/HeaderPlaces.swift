import BillingFiles
import DelimitedText

/// Where the names of a header row stand.
struct HeaderPlaces {
    private let file: String
    private let header: BlockSequence.Header
    private var ranges: [Range<Int>] = []
    private let start: Int

    init(_ header: BlockSequence.Header, file: String, dialect: Dialect) {
        self.file = file
        self.header = header
        start = header.rowOffset
        guard !header.names.isEmpty else { return }
        var table = FieldTable()
        FieldScanner(fieldCount: header.names.count, dialect: dialect, engine: .reference).scan(
            header.bytes.span.extracting(start..<header.bytes.count), isLast: true, into: &table)
        if table.recordCount == 1 {
            ranges = header.names.indices.map { table.fieldRange(record: 0, field: $0) }
        }
    }

    /// The place of a column's name; that of the row when the column is not there.
    func place(of column: Int?, name: String?) -> Place {
        let range = column.flatMap { ranges.indices.contains($0) ? ranges[$0] : nil } ?? 0..<0
        let offset = start + range.lowerBound
        var (line, lineStart) = (1, 0)
        for index in 0..<offset where header.bytes[index] == UInt8(ascii: "\n") {
            line += 1
            lineStart = index + 1
        }
        return Place(
            file: file, line: line, record: 0, column: offset - lineStart + 1,
            field: name.flatMap { $0.isEmpty ? nil : VisibleText.of($0.utf8) }, byteOffset: header.storedOffset(offset))
    }

    /// How many bytes the name of a column has in the file.
    func extent(of column: Int) -> Int { ranges.indices.contains(column) ? ranges[column].count : 0 }
}
