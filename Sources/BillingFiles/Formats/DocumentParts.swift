// Unsafe code: bytes lent for the time of a copy.

import XMLStream

/// The bytes of a document that were read and not yet handed out, and what was found wrong in them.
struct DocumentParts {
    /// The offset of the first of these bytes in the file.
    private(set) var start: UInt64 = 0

    /// What is wrong and was not yet told.
    var faults: [XMLRecordFault] = []

    private var bytes: [UInt8] = []
    private var recordsBefore = 0

    /// Takes bytes that were read.
    mutating func append(_ read: Span<UInt8>) {
        unsafe read.withUnsafeBufferPointer { unsafe bytes.append(contentsOf: $0) }
    }

    /// The bytes that were read and not handed out.
    var pending: [UInt8] { bytes }

    /// Hands out the bytes before an offset of the file, with the rows of the records in them.
    ///
    /// - Parameters:
    ///   - end: the offset; what stands at it or behind it is kept.
    ///   - recordCount: how many records have ended since the reading began.
    ///   - isLast: whether nothing comes behind them.
    mutating func part(
        upTo end: UInt64, _ rows: RecordRows, recordCount: Int, isLast: Bool
    ) -> XMLSerialReader.Part {
        let count = min(bytes.count, Int(clamping: max(end, start) - start))
        let told = Array(bytes[..<count])
        var findings: [BlockFinding] = []
        if !faults.isEmpty {
            let places = XMLBlockPlaces(told.span, encoding: .asciiCompatible)
            let end = start + UInt64(count)
            for fault in faults where fault.offset < end || isLast { findings.append(finding(fault, places)) }
            faults.removeAll { $0.offset < end || isLast }
        }
        defer {
            bytes.removeFirst(count)
            start += UInt64(count)
            recordsBefore = recordCount
        }
        return XMLSerialReader.Part(
            fileOffset: start, bytes: told, rows: rows, findings: findings.sorted { $0.byteOffset < $1.byteOffset })
    }

    private func finding(_ fault: XMLRecordFault, _ places: XMLBlockPlaces) -> BlockFinding {
        // A place before these bytes is that of a total whose object was handed out already.
        let offset = Int(clamping: max(fault.offset, start) - start)
        let place = places.place(of: offset)
        return BlockFinding(
            rule: fault.rule, record: max(0, fault.record - recordsBefore), line: place.line, column: place.column,
            byteOffset: offset, field: fault.field.flatMap { $0.isEmpty ? nil : $0 }, found: fault.found,
            expected: fault.expected)
    }
}
