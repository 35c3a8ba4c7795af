// Unsafe code: bytes lent for the time of a copy.

import XMLStream

/// Makes rows of a whole file, or of its rest from some record on, by one parser from front to back.
///
/// This is the road for files that cannot be cut, and the one that tells what is wrong with those that can.
public final class XMLSerialReader {
    /// Some bytes of the file, and what was made of the records that end in them.
    public struct Part: Sendable {
        /// The offset of the first byte in the file.
        public var fileOffset: UInt64
        /// The bytes.
        public var bytes: [UInt8]
        /// The rows.
        public var rows: RecordRows
        /// What is wrong with the records and with the document.
        public var findings: [BlockFinding]
    }

    /// Whether the end of the file was told.
    public private(set) var isFinished = false

    private let header: XMLFileHeader
    private let parser = XMLPushParser(blankTextDepth: 3)
    private let maximumRecordBytes: Int
    /// By what the parser's offsets are ahead of the file's.
    private let shift: UInt64
    private var builder: XMLRecordBuilder
    private var faults: [XMLRecordFault] = []
    private var pending: [UInt8] = []
    private var pendingStart: UInt64
    private var recordsBefore = 0
    private var recordIsTooLong = false

    /// A reader for what follows `offset`, which is the end of the header or of a record.
    package init(header: XMLFileHeader, shape: XMLRecordShape, offset: UInt64, maximumRecordBytes: Int = 1 << 20) {
        self.header = header
        self.maximumRecordBytes = maximumRecordBytes
        builder = XMLRecordBuilder(shape: shape)
        // The parser sees the root's start tag ahead of the rest.
        shift = UInt64(header.partStart.count) &- offset
        pendingStart = offset
        parse(header.partStart.span)
        builder.blockStart = pendingStart &+ shift
    }

    /// Whether nothing more can be read.
    public var hasStopped: Bool { parser.hasStopped || recordIsTooLong }

    /// Parses the next bytes and hands out those that are done with.
    public func feed(_ bytes: Span<UInt8>) -> Part {
        unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
        let piece = 32 << 10
        for start in stride(from: 0, to: bytes.count, by: piece) where !hasStopped {
            parse(bytes.extracting(start..<min(start + piece, bytes.count)))
        }
        checkRecordLength()
        if hasStopped { return part(upTo: UInt64.max) }
        // The open record stays, and the end of the root element, so that the last part has it; whatever stands before
        // is done with.
        let done = builder.openRecord ?? (builder.hasEnded ? builder.lastRecordEnd : nil) ?? endBetweenRecords
        return part(upTo: builder.hasEnded && builder.lastRecordEnd == nil ? pendingStart : fileOffset(done))
    }

    /// The end of what is done with between two records: text that is still to come is told to stand behind the last
    /// tag, unless that is far away.
    private var endBetweenRecords: UInt64 {
        let end = parser.consumedBytes
        return end &- builder.lastTag < 64 << 10 ? builder.lastTag : end
    }

    /// Ends the file and hands out what is left of it.
    public func finish() -> Part {
        isFinished = true
        // Whoever stops within a record knows nothing of the end of the document.
        if !recordIsTooLong {
            parser.finish()
            take()
        }
        return part(upTo: UInt64.max)
    }

    private func parse(_ bytes: Span<UInt8>) {
        parser.feed(bytes)
        take()
    }

    private func take() {
        parser.withEvents { builder.take($0, of: parser) }
        for fault in parser.faults { faults.append(XMLRecordFault(fault, record: builder.recordCount)) }
    }

    /// Hands out the pending bytes before an offset of the file.
    private func part(upTo end: UInt64) -> Part {
        let count = min(pending.count, Int(clamping: max(end, pendingStart) - pendingStart))
        let made = builder.takeRows()
        faults += made.faults
        let bytes = Array(pending[..<count])
        var findings: [BlockFinding] = []
        if !faults.isEmpty {
            let places = XMLBlockPlaces(bytes.span, encoding: header.encoding)
            for fault in faults where fileOffset(fault.offset) < end { findings.append(finding(fault, places)) }
        }
        faults.removeAll { fileOffset($0.offset) < end }
        defer {
            pending.removeFirst(count)
            pendingStart += UInt64(count)
            builder.blockStart = pendingStart &+ shift
            recordsBefore = builder.recordCount
        }
        return Part(
            fileOffset: pendingStart, bytes: bytes, rows: made.rows,
            findings: findings.sorted { $0.byteOffset < $1.byteOffset })
    }

    private func checkRecordLength() {
        guard let open = builder.openRecord, !hasStopped else { return }
        let length = pendingStart + UInt64(pending.count) - fileOffset(open)
        guard length > UInt64(maximumRecordBytes) else { return }
        recordIsTooLong = true
        faults.append(
            XMLRecordFault(
                rule: .xmlLimit, offset: open, record: builder.recordCount, field: nil,
                found: "a record of more than \(maximumRecordBytes) bytes",
                expected: "at most \(maximumRecordBytes) bytes"))
    }

    private func finding(_ fault: XMLRecordFault, _ places: XMLBlockPlaces) -> BlockFinding {
        // A place before these bytes is that of a tag whose record was handed out already.
        let offset = Int(clamping: max(fileOffset(fault.offset), pendingStart) - pendingStart)
        let place = places.place(of: offset)
        return BlockFinding(
            rule: fault.rule, record: max(0, fault.record - recordsBefore), line: place.line, column: place.column,
            byteOffset: offset, field: fault.field, found: fault.found, expected: fault.expected)
    }

    private func fileOffset(_ offset: UInt64) -> UInt64 { offset &- shift }
}
