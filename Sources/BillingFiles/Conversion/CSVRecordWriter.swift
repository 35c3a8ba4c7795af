// This file holds unsafe code: the raw text of fields is copied from a block to a buffer.
//
// Room for a record is made before its first byte is written.

import DelimitedText

/// Writes the records of scanned blocks as canonical CSV: columns in their order, quotes only where they are needed.
struct CSVRecordWriter: Sendable {
    private let fields: [Int]
    private let isCanonical: Bool

    /// A writer of records with these fields of the rows that are read, in this order.
    ///
    /// Rows that are canonical are taken as they are.
    init(fields: [Int], isCanonical: Bool) {
        self.fields = fields
        self.isCanonical = isCanonical && fields.elementsEqual(fields.indices)
    }

    /// Appends the records of a scanned block.
    func append(_ block: Block, _ table: FieldTable, to buffer: RecordBuffer) {
        if isCanonical { return buffer.append(block.storage.span.extracting(0..<block.count)) }
        // No record gets longer: its own raw text holds as many commas and its line end.
        buffer.reserve(block.count + table.recordCount)
        RecordFields.with(block, table) { records in
            for record in 0..<table.recordCount {
                for place in fields.indices {
                    if place > 0 { buffer.appendReserved(UInt8(ascii: ",")) }
                    let raw = unsafe records.raw(record: record, field: fields[place])
                    let isBare = unsafe !Self.needsQuotes(raw.start, raw.length)
                    unsafe buffer.appendReserved(
                        isBare ? raw.start + 1 : raw.start, count: isBare ? raw.length - 2 : raw.length)
                }
                buffer.appendReserved(UInt8(ascii: "\n"))
            }
        }
    }

    /// False when the text stands in quotes and need not; text without quotes is as it should be.
    private static func needsQuotes(_ raw: UnsafePointer<UInt8>, _ length: Int) -> Bool {
        guard length >= 2, unsafe raw[0] == UInt8(ascii: "\"") else { return true }
        for index in 1..<(length - 1) {
            switch unsafe raw[index] {
            case UInt8(ascii: ","), UInt8(ascii: "\""), UInt8(ascii: "\r"), UInt8(ascii: "\n"): return true
            default: break
            }
        }
        return false
    }
}

extension RecordBuffer {
    /// Appends a byte for which there is room.
    @inline(__always)
    fileprivate func appendReserved(_ byte: UInt8) {
        unsafe base[count] = byte
        count &+= 1
    }

    /// Appends bytes for which there is room.
    @inline(__always)
    fileprivate func appendReserved(_ start: UnsafePointer<UInt8>, count length: Int) {
        unsafe (base + count).update(from: start, count: length)
        count &+= length
    }
}
