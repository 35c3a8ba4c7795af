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
    /// The byte that opens and closes a quoted field.
    let quote: UInt8

    /// No rows yet, of a file with so many columns.
    init(columns: Int, quote: UInt8) {
        block = .empty
        cells = Array(repeating: [], count: columns)
        self.quote = quote
    }

    /// How many sound records there are.
    var count: Int { table.recordCount }

    /// Hands out the value of one field of each record, without its quotes.
    @inline(__always)
    func forEachValue(_ field: Int, _ body: (_ record: Int, _ value: Span<UInt8>) -> Void) {
        let bytes = block.storage.span
        let ends = table.fieldEnds.span
        let starts = table.recordStarts.span
        let (width, quote) = (table.fieldCount, quote)
        let mayBeQuoted = table.containsQuotes
        var unescaped: [UInt8] = []
        var entry = field
        for record in starts.indices {
            let start = field == 0 ? Int(starts[record]) : Int(ends[entry - 1]) + 1
            let raw = bytes.extracting(start..<Int(ends[entry]))
            entry += width
            guard mayBeQuoted, raw.count >= 2, raw[0] == quote else {
                body(record, raw)
                continue
            }
            let inner = raw.extracting(1..<(raw.count - 1))
            if Self.holds(quote, inner) {
                unescaped.removeAll(keepingCapacity: true)
                FieldText.append(
                    valueOf: raw, dialect: Dialect(delimiter: UInt8(ascii: ","), quote: quote), to: &unescaped)
                body(record, unescaped.span)
            } else {
                body(record, inner)
            }
        }
    }

    /// The value of a field, without its quotes.
    func value(record: Int, field: Int) -> [UInt8] {
        let raw = block.storage.span.extracting(table.fieldRange(record: record, field: field))
        return FieldText.value(of: raw, dialect: Dialect(delimiter: UInt8(ascii: ","), quote: quote))
    }

    private static func holds(_ byte: UInt8, _ text: Span<UInt8>) -> Bool {
        for index in text.indices where text[index] == byte { return true }
        return false
    }
}
