// This file holds unsafe code: the values of millions of records are copied between ready-made tags, 16 bytes at once.
//
// A copy may read up to `Block.padding` bytes behind a value and write up to `RecordBuffer.slack` bytes behind the
// last byte. Room for a record is made before its first byte is written.

import DelimitedText

/// Writes the records of scanned blocks as canonical XML.
struct XMLRecordWriter: Sendable {
    private let fields: [Int]
    /// All pieces one behind the other, each on an address of 16 bytes, so that whole vectors can be read.
    private let pieces: [UInt8]
    private let starts: [Int]
    private let lengths: [Int]
    private let tagBytes: Int
    private var unescaped: [UInt8] = []
    private var escaped: [UInt8] = []

    /// A writer of records with these tags.
    init(tags: XMLRecordTags) {
        fields = tags.fields
        lengths = tags.pieces.map(\.count)
        tagBytes = tags.length
        var pieces: [UInt8] = []
        var starts: [Int] = []
        for piece in tags.pieces {
            starts.append(pieces.count)
            pieces += piece
            pieces += [UInt8](repeating: 0, count: 16 - piece.count % 16)
        }
        self.pieces = pieces
        self.starts = starts
    }

    /// Appends the records of a scanned block, and counts the values that lost a character by their field.
    mutating func append(_ block: Block, _ table: FieldTable, to buffer: RecordBuffer, losses: inout [Int]) {
        // On the plain road every value is copied as it is.
        let holdsMarkup = Self.holdsMarkup(block.storage.span.extracting(0..<block.count))
        if !table.containsQuotes, !holdsMarkup {
            buffer.reserve(table.recordCount * tagBytes + block.count)
            appendPlain(block, table, to: buffer)
        } else {
            appendCarefully(block, table, holdsMarkup: holdsMarkup, to: buffer, losses: &losses)
        }
    }

    private func appendPlain(_ block: Block, _ table: FieldTable, to buffer: RecordBuffer) {
        RecordFields.with(block, table) { records in
            unsafe withTags { tags in
                var target = unsafe UnsafeMutableRawPointer(buffer.base + buffer.count)
                let first = unsafe target
                for record in 0..<table.recordCount {
                    for place in unsafe 0..<tags.fieldCount {
                        unsafe Self.copy(tags.base + tags.starts[place], tags.lengths[place], to: &target)
                        let value = unsafe records.raw(record: record, field: tags.fields[place])
                        unsafe Self.copy(UnsafeRawPointer(value.start), value.length, to: &target)
                    }
                    unsafe Self.copy(
                        tags.base + tags.starts[tags.fieldCount], tags.lengths[tags.fieldCount], to: &target)
                }
                unsafe buffer.count += target - first
            }
        }
    }

    private mutating func appendCarefully(
        _ block: Block, _ table: FieldTable, holdsMarkup: Bool, to buffer: RecordBuffer, losses: inout [Int]
    ) {
        var (unescaped, escaped) = (self.unescaped, self.escaped)
        (self.unescaped, self.escaped) = ([], [])
        RecordFields.with(block, table) { records in
            unsafe withTags { tags in
                for record in 0..<table.recordCount {
                    let end = table.fieldRange(record: record, field: table.fieldCount - 1).upperBound
                    // No byte becomes more than the five of `&amp;`.
                    buffer.reserve(tagBytes + 5 * (end - Int(table.recordStarts[record])))
                    var target = unsafe UnsafeMutableRawPointer(buffer.base + buffer.count)
                    let first = unsafe target
                    for place in unsafe 0..<tags.fieldCount {
                        unsafe Self.copy(tags.base + tags.starts[place], tags.lengths[place], to: &target)
                        let value = unsafe records.value(record: record, field: tags.fields[place])
                        if !value.isEscaped, !holdsMarkup || !value.holdsMarkup {
                            unsafe Self.copy(UnsafeRawPointer(value.start), value.length, to: &target)
                            continue
                        }
                        unescaped.removeAll(keepingCapacity: true)
                        escaped.removeAll(keepingCapacity: true)
                        if value.isEscaped {
                            _ = value.appendUnescaped(to: &unescaped)
                        } else {
                            unescaped += value.bytes
                        }
                        if XMLText.append(unescaped.span, to: &escaped) { unsafe losses[tags.fields[place]] += 1 }
                        unsafe target.copyMemory(from: escaped, byteCount: escaped.count)
                        unsafe target += escaped.count
                    }
                    unsafe Self.copy(
                        tags.base + tags.starts[tags.fieldCount], tags.lengths[tags.fieldCount], to: &target)
                    unsafe buffer.count += target - first
                }
            }
        }
        (self.unescaped, self.escaped) = (unescaped, escaped)
    }

    /// The tags as pointers, for the length of one call.
    @unsafe private struct Tags {
        let base: UnsafeRawPointer
        let starts: UnsafePointer<Int>
        let lengths: UnsafePointer<Int>
        let fields: UnsafePointer<Int>
        let fieldCount: Int
    }

    private func withTags(_ body: (Tags) -> Void) {
        unsafe pieces.withUnsafeBytes { pieces in
            unsafe starts.withUnsafeBufferPointer { starts in
                unsafe lengths.withUnsafeBufferPointer { lengths in
                    unsafe fields.withUnsafeBufferPointer { fields in
                        guard let base = pieces.baseAddress, let firstStart = starts.baseAddress,
                            let firstLength = lengths.baseAddress, let firstField = fields.baseAddress
                        else { return }
                        unsafe body(
                            Tags(
                                base: base, starts: firstStart, lengths: firstLength, fields: firstField,
                                fieldCount: fields.count))
                    }
                }
            }
        }
    }

    /// Copies bytes by vectors of 16; up to 15 bytes behind them are read and written too.
    @inline(__always)
    private static func copy(_ source: UnsafeRawPointer, _ length: Int, to target: inout UnsafeMutableRawPointer) {
        var offset = 0
        repeat {
            let vector = unsafe source.loadUnaligned(fromByteOffset: offset, as: SIMD16<UInt8>.self)
            unsafe target.storeBytes(of: vector, toByteOffset: offset, as: SIMD16<UInt8>.self)
            offset &+= 16
        } while offset < length
        unsafe target += length
    }

    /// Whether a byte stands among `bytes` that cannot stand in XML as it is, or may not: `& < >`, control characters
    /// but TAB and LF, and the first byte of U+FFFE.
    private static func holdsMarkup(_ bytes: Span<UInt8>) -> Bool {
        var start = 0
        while start < bytes.count {
            let end = min(bytes.count, start + 4096)
            var seen: UInt8 = 0
            for index in start..<end { seen |= isMarkup(bytes[index]) }
            if seen != 0 { return true }
            start = end
        }
        return false
    }
}

/// 1 for a byte that needs a closer look before it stands in XML, else 0; written so that vectors of bytes are tested.
@inline(__always)
private func isMarkup(_ byte: UInt8) -> UInt8 {
    let isControl: UInt8 = byte < 0x20 ? 1 : 0
    let isBlank: UInt8 = (byte == 0x0A ? 1 : 0) | (byte == 0x09 ? 1 : 0)
    let isSpecial: UInt8 =
        (byte == 0x26 ? 1 : 0) | (byte == 0x3C ? 1 : 0) | (byte == 0x3E ? 1 : 0) | (byte == 0xEF ? 1 : 0)
    return (isControl ^ isBlank) | isSpecial
}

extension FieldValue {
    /// Whether a byte of the value needs a closer look before it stands in XML.
    fileprivate var holdsMarkup: Bool {
        var seen: UInt8 = 0
        for index in 0..<length { seen |= isMarkup(unsafe start[index]) }
        return seen != 0
    }
}
