// Unsafe code: bytes lent for the time of a copy.

import XMLStream

/// Makes rows of the records of a foreign XML file, by one parser from front to back.
final class ForeignXMLReader {
    /// How many bytes records may have that wait for a value behind them.
    static let longestWait: UInt64 = 256 << 20

    /// Whether the end of the file was told.
    private(set) var isFinished = false

    private let parser: XMLPushParser
    private let maximumRecordBytes: Int
    private var builder: ForeignXMLBuilder
    private var faults: [XMLRecordFault] = []
    private var pending: [UInt8] = []
    private var pendingStart: UInt64 = 0
    private var encoding: XMLEncoding?
    private var isTooLong = false
    private var recordsBefore = 0

    /// A reader at the front of a file.
    init(_ records: XMLRecords, _ plan: MappingPlan, maximumRecordBytes: Int = 1 << 20, makesCopies: Bool = false) {
        parser = XMLPushParser(allowsDoctype: records.mayHaveDoctype)
        self.maximumRecordBytes = maximumRecordBytes
        builder = ForeignXMLBuilder(records, plan)
        builder.writer.makesCopies = makesCopies
    }

    /// Whether nothing more can be read.
    var hasStopped: Bool { parser.hasStopped || isTooLong }

    /// Whether values that no column is for are counted.
    func makeCopies() { builder.writer.makesCopies = true }

    /// Parses the next bytes and hands out those that are done with.
    func feed(_ bytes: Span<UInt8>) -> XMLSerialReader.Part {
        if encoding == nil { encoding = XMLEncoding(firstBytes: bytes) }
        unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
        let piece = 32 << 10
        for start in stride(from: 0, to: bytes.count, by: piece) where !hasStopped {
            parser.feed(bytes.extracting(start..<min(start + piece, bytes.count)))
            take()
        }
        checkLengths()
        if hasStopped { return part(upTo: .max) }
        // The end of the root element stays, so that the last part has it.
        if builder.hasEnded { return part(upTo: builder.lastRecordEnd ?? pendingStart) }
        return part(upTo: builder.firstNeeded ?? endBetweenRecords)
    }

    /// The end of what is done with between two records: a fault is told to stand at the last tag, unless that is far
    /// away.
    private var endBetweenRecords: UInt64 {
        let end = parser.consumedBytes
        return end &- builder.lastTag < 64 << 10 ? builder.lastTag : end
    }

    /// Ends the file and hands out what is left of it.
    func finish() -> XMLSerialReader.Part {
        isFinished = true
        if !isTooLong {
            parser.finish()
            take()
        }
        return part(upTo: .max)
    }

    private func take() {
        parser.withEvents { builder.take($0, of: parser) }
        for fault in parser.faults { faults.append(XMLRecordFault(fault, record: builder.recordCount)) }
    }

    private func checkLengths() {
        guard !hasStopped else { return }
        let end = pendingStart + UInt64(pending.count)
        if let open = builder.openRecord, end - open > UInt64(maximumRecordBytes) {
            stop(at: open, found: "a record of more than \(maximumRecordBytes) bytes", most: maximumRecordBytes)
        } else if let first = builder.firstNeeded, end - first > Self.longestWait {
            stop(
                at: first, found: "more than \(Self.longestWait) bytes of records whose document goes on",
                most: Int(clamping: Self.longestWait))
        }
    }

    private func stop(at offset: UInt64, found: String, most: Int) {
        isTooLong = true
        faults.append(
            XMLRecordFault(
                rule: .xmlLimit, offset: offset, record: builder.recordCount, field: nil, found: found,
                expected: "at most \(most) bytes"))
    }

    /// Hands out the pending bytes before an offset of the file.
    private func part(upTo end: UInt64) -> XMLSerialReader.Part {
        let count = min(pending.count, Int(clamping: max(end, pendingStart) - pendingStart))
        let made = builder.takeRows(parser)
        faults += made.faults
        let bytes = Array(pending[..<count])
        var findings: [BlockFinding] = []
        if !faults.isEmpty {
            let places = XMLBlockPlaces(bytes.span, encoding: encoding ?? .asciiCompatible)
            for fault in faults where fault.offset < end || isFinished { findings.append(finding(fault, places)) }
            faults.removeAll { $0.offset < end || isFinished }
        }
        defer {
            pending.removeFirst(count)
            pendingStart += UInt64(count)
            builder.blockStart = pendingStart
            recordsBefore = builder.recordCount
        }
        return XMLSerialReader.Part(
            fileOffset: pendingStart, bytes: bytes, rows: made.rows,
            findings: findings.sorted { $0.byteOffset < $1.byteOffset })
    }

    private func finding(_ fault: XMLRecordFault, _ places: XMLBlockPlaces) -> BlockFinding {
        // A place before these bytes is that of a tag whose record was handed out already.
        let offset = Int(clamping: max(fault.offset, pendingStart) - pendingStart)
        let place = places.place(of: offset)
        return BlockFinding(
            rule: fault.rule, record: max(0, fault.record - recordsBefore), line: place.line, column: place.column,
            byteOffset: offset, field: fault.field, found: fault.found, expected: fault.expected)
    }
}

extension XMLRecordPlan {
    /// The elements with which documents of the format begin, as people write them.
    var rootNames: [String] {
        var names: [String] = []
        for path in elements.map(\.path) + emptyRoots {
            guard case .named(let local, _)? = path.steps.first, !names.contains("<\(local)>") else { continue }
            names.append("<\(local)>")
        }
        return names
    }

    /// Whether documents of the format begin with an element of this name.
    func hasRoot(_ name: XMLName) -> Bool {
        (elements.map(\.path) + emptyRoots).contains { path in
            var root = path
            root.steps = Array(path.steps.prefix(1))
            return root.matches([name][...])
        }
    }
}
