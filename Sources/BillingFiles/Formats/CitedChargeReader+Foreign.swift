import DelimitedText
import XMLStream

extension CitedChargeReader {
    /// All values of a charge of a foreign file, in the canonical order.
    ///
    /// `documents` keeps how far each document was read: records come in order, so each is read once.
    func values(
        of record: Located, in foreign: ForeignFile, _ replay: InputReplay, _ documents: inout [Int: ForeignXMLCursor]
    ) throws(InputError) -> [[UInt8]] {
        guard let cursor = documents[record.file] ?? foreign.documentReader().map({ ForeignXMLCursor($0) }) else {
            return try values(at: record.start, in: foreign, replay)
        }
        documents[record.file] = cursor
        while true {
            if let values = cursor.values(at: record.start) { return values }
            if cursor.isPast(record.start) { return [] }
            cursor.feed(try bytes(at: cursor.offset, count: 1 << 18, replay))
        }
    }

    /// How the characters of an XML file are written in bytes; nil for other files.
    func markup(of file: Int) -> XMLEncoding? {
        formats[file].header.xml?.encoding ?? formats[file].header.foreign?.markup
    }

    /// All values of the charge whose record begins at an offset of a foreign file, in the canonical order.
    func values(
        at offset: UInt64, in foreign: ForeignFile, _ replay: InputReplay
    ) throws(InputError) -> [[UInt8]] {
        var count = 1024
        while true {
            let bytes = try bytes(at: offset, count: count, replay)
            if let values = Self.firstRow(bytes, at: offset, in: foreign, isWhole: bytes.count < count) {
                return values
            }
            guard bytes.count == count, count < RecordLimits().maximumRecordBytes else { return [] }
            count *= 8
        }
    }

    /// The row of the first record of some bytes, or nil if they end before it does.
    private static func firstRow(
        _ stored: [UInt8], at offset: UInt64, in foreign: ForeignFile, isWhole: Bool
    ) -> [[UInt8]]? {
        var text = foreign.form.encoding.decoded(stored)
        var end = text.count
        switch RecordCutter(dialect: foreign.form.dialect).cutAfterFirst(text.span) {
        case .after(let length): end = length
        case .noWholeRecord: if !isWhole { return nil }
        }
        text.removeLast(text.count - end)
        text.append(contentsOf: repeatElement(0, count: Block.padding))
        var maker = foreign.rowMaker()
        var rows = RecordRows()
        let block = Block(ordinal: 0, file: 0, fileOffset: offset, storage: text, count: end, isLast: isWhole)
        _ = maker.make(block, into: &rows, keepsPlaces: false)
        return HeaderRow.parseHeader(rows.bytes.span.extracting(0..<rows.count)).names
    }
}
