import DelimitedText
import XMLStream

/// Reads a foreign document once more, from front to back, for the rows of some of its records.
///
/// What a row holds may stand far ahead of its record, so that a record alone does not tell it.
final class ForeignXMLCursor {
    /// How far the document was read.
    private(set) var offset: UInt64 = 0

    private let reader: any XMLPartReader
    private var rows: [(offset: UInt64, values: [[UInt8]])] = []
    private var end: UInt64 = 0

    init(_ reader: any XMLPartReader) {
        self.reader = reader
    }

    /// The values of the record that begins at an offset; nil while it was not read.
    func values(at start: UInt64) -> [[UInt8]]? { rows.first { $0.offset == start }?.values }

    /// Whether a record that begins at an offset will not come any more.
    func isPast(_ start: UInt64) -> Bool { start < end || reader.isFinished }

    /// Reads on; no bytes stand for the end of the document.
    func feed(_ bytes: [UInt8]) {
        let part = bytes.isEmpty ? reader.finish() : reader.feed(bytes.span)
        offset += UInt64(bytes.count)
        end = part.fileOffset + UInt64(part.bytes.count)
        rows.removeAll(keepingCapacity: true)
        var start = 0
        for record in part.rows.recordOffsets {
            let rest = part.rows.bytes.span.extracting(start..<part.rows.count)
            rows.append((part.fileOffset + UInt64(record), HeaderRow.parseHeader(rest).names))
            guard case .after(let length) = RecordCutter().cutAfterFirst(rest) else { return }
            start += length
        }
    }
}
