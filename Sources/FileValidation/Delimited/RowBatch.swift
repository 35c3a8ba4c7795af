import BillingFiles
import DelimitedText

/// The sound rows of one block: where their fields are, and what the values mean that rules compare.
struct RowBatch: Sendable {
    /// The block.
    var block: Block
    /// Its records and fields.
    var table = FieldTable()
    /// For each column that rules compare, the cells of its values by record; empty for the others.
    var cells: [[Int64]]
    /// The dialect of the file.
    let dialect: Dialect

    /// No rows yet, of a file with so many columns.
    init(columns: Int, dialect: Dialect) {
        block = .empty
        cells = Array(repeating: [], count: columns)
        self.dialect = dialect
    }

    /// How many sound records there are.
    var count: Int { table.recordCount }

    /// Hands out the value of one field of each record, without its quotes or escapes.
    @inline(__always)
    func forEachValue(_ field: Int, _ body: (_ record: Int, _ value: Span<UInt8>) -> Void) {
        let bytes = block.storage.span
        let ends = table.fieldEnds.span
        let starts = table.recordStarts.span
        let (width, quote) = (table.fieldCount, dialect.quote)
        let escape = dialect.hasQuotes ? nil : dialect.escape
        let mayBeQuoted = table.containsQuotes
        var unescaped: [UInt8] = []
        var entry = field
        for record in starts.indices {
            let start = field == 0 ? Int(starts[record]) : Int(ends[entry - 1]) + 1
            let raw = bytes.extracting(start..<Int(ends[entry]))
            entry += width
            if let escape, Self.holds(escape, raw) {
                unescaped.removeAll(keepingCapacity: true)
                FieldText.append(valueOf: raw, dialect: dialect, to: &unescaped)
                body(record, unescaped.span)
                continue
            }
            guard mayBeQuoted, raw.count >= 2, raw[0] == quote else {
                body(record, raw)
                continue
            }
            let inner = raw.extracting(1..<(raw.count - 1))
            if Self.holds(quote, inner) {
                unescaped.removeAll(keepingCapacity: true)
                FieldText.append(valueOf: raw, dialect: dialect, to: &unescaped)
                body(record, unescaped.span)
            } else {
                body(record, inner)
            }
        }
    }

    /// The value of a field, without its quotes.
    func value(record: Int, field: Int) -> [UInt8] {
        let raw = block.storage.span.extracting(table.fieldRange(record: record, field: field))
        return FieldText.value(of: raw, dialect: dialect)
    }

    private static func holds(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] == byte { return true }
        return false
    }
}
