// This file holds unsafe code: the fields of a scanned block, lent for the time of one call.

import BillingRecords
import DelimitedText

/// The fields of a block's sound records, by record and field.
@safe struct RecordFields {
    /// The first byte of the block.
    let base: UnsafePointer<UInt8>

    private let starts: UnsafePointer<UInt32>
    private let ends: UnsafePointer<UInt32>
    private let fieldCount: Int

    /// Lends the fields that `table` found in `block` to `body`; nothing is lent when there is no record.
    static func with(_ block: Block, _ table: FieldTable, _ body: (RecordFields) -> Void) {
        unsafe block.storage.withUnsafeBufferPointer { storage in
            unsafe table.recordStarts.withUnsafeBufferPointer { starts in
                unsafe table.fieldEnds.withUnsafeBufferPointer { ends in
                    guard let base = storage.baseAddress, let firstStart = starts.baseAddress,
                        let firstEnd = ends.baseAddress, ends.count >= starts.count * table.fieldCount
                    else { return }
                    body(
                        unsafe RecordFields(
                            base: base, starts: firstStart, ends: firstEnd, fieldCount: table.fieldCount))
                }
            }
        }
    }

    /// The value of a field; both numbers must be within the table.
    @inline(__always)
    func value(record: Int, field: Int) -> FieldValue {
        let entry = record &* fieldCount &+ field
        let start = unsafe field == 0 ? Int(starts[record]) : Int(ends[entry &- 1]) &+ 1
        return unsafe FieldValue(raw: base + start, length: Int(ends[entry]) &- start)
    }

    /// The raw text of a field, quotes included; both numbers must be within the table.
    @inline(__always)
    func raw(record: Int, field: Int) -> (start: UnsafePointer<UInt8>, length: Int) {
        let entry = record &* fieldCount &+ field
        let start = unsafe field == 0 ? Int(starts[record]) : Int(ends[entry &- 1]) &+ 1
        return unsafe (base + start, Int(ends[entry]) &- start)
    }

    /// Where the text of a value stands; doubled quotes are undone among the `unescaped` texts.
    @inline(__always)
    func text(_ value: FieldValue, unescaped: inout [UInt8]) -> BatchText {
        guard value.isEscaped else {
            return unsafe BatchText(
                start: UInt32(truncatingIfNeeded: value.start - base),
                length: UInt32(truncatingIfNeeded: value.length), isUnescaped: false)
        }
        return value.appendUnescaped(to: &unescaped)
    }
}

extension FieldValue {
    /// Appends the value with its doubled quotes undone.
    func appendUnescaped(to texts: inout [UInt8]) -> BatchText {
        let start = texts.count
        var index = 0
        while index < length {
            let byte = unsafe self.start[index]
            texts.append(byte)
            index += byte == UInt8(ascii: "\"") ? 2 : 1
        }
        return BatchText(
            start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: texts.count - start),
            isUnescaped: true)
    }
}
