// Unsafe code: bytes lent for the time of a copy.

import XMLStream

/// Makes rows of the records of a foreign JSON file, from front to back.
final class ForeignJSONReader: XMLPartReader {
    /// Whether the end of the file was told.
    private(set) var isFinished = false

    private let maximumRecordBytes: Int
    private var scanner: JSONScanner
    private var finder: JSONRecordFinder
    private var writer: ForeignRowWriter
    private var pending: [UInt8] = []
    private var pendingStart: UInt64 = 0
    private var recordsBefore = 0
    private var faults: [XMLRecordFault] = []
    private var isScannerFaultTold = false

    /// A reader at the front of a file.
    init(_ records: JSONRecords, _ plan: MappingPlan, maximumRecordBytes: Int = 1 << 20, makesCopies: Bool = false) {
        self.maximumRecordBytes = maximumRecordBytes
        scanner = JSONScanner(mostTextBytes: maximumRecordBytes)
        finder = JSONRecordFinder(records, sources: plan.sources)
        finder.countsUnused = makesCopies
        writer = ForeignRowWriter(plan)
        writer.makesCopies = makesCopies
    }

    private var hasStopped: Bool { scanner.fault != nil || finder.hasStopped }

    /// Reads the next bytes and hands out those that are done with.
    func feed(_ bytes: Span<UInt8>) -> XMLSerialReader.Part {
        unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
        if !hasStopped {
            scanner.feed(bytes, to: &finder)
            checkLengths()
        }
        // Whoever stops within a record knows nothing of what follows.
        return part(upTo: hasStopped ? .max : finder.firstNeeded ?? .max)
    }

    /// Ends the file and hands out what is left of it.
    func finish() -> XMLSerialReader.Part {
        isFinished = true
        if !hasStopped {
            scanner.finish(&finder)
            if scanner.fault == nil { finder.finish() }
        }
        return part(upTo: .max)
    }

    private func checkLengths() {
        guard !hasStopped else { return }
        let end = scanner.consumedBytes
        if let open = finder.openRecord, end - open > UInt64(maximumRecordBytes) {
            finder.stop(
                at: open, found: "a record of more than \(maximumRecordBytes) bytes",
                expected: "at most \(maximumRecordBytes) bytes")
        } else if let first = finder.firstNeeded, end - first > ForeignXMLReader.longestWait {
            finder.stop(
                at: first, found: "more than \(ForeignXMLReader.longestWait) bytes of records whose object goes on",
                expected: "at most \(ForeignXMLReader.longestWait) bytes")
        }
    }

    /// Hands out the pending bytes before an offset of the file.
    private func part(upTo end: UInt64) -> XMLSerialReader.Part {
        let count = min(pending.count, Int(clamping: max(end, pendingStart) - pendingStart))
        for record in finder.takeFound() { writer.append(record, blockStart: pendingStart) }
        for (path, count) in finder.takeUnused() { writer.lose(path, count: count) }
        faults += finder.faults
        if let fault = scanner.fault, !isScannerFaultTold {
            isScannerFaultTold = true
            faults.append(
                XMLRecordFault(
                    rule: fault.rule, offset: fault.offset, record: finder.recordCount, field: finder.pointer,
                    found: fault.found, expected: fault.expected))
        }
        finder.faults = []
        let bytes = Array(pending[..<count])
        var findings: [BlockFinding] = []
        if !faults.isEmpty {
            let places = XMLBlockPlaces(bytes.span, encoding: .asciiCompatible)
            let told = pendingStart + UInt64(count)
            for fault in faults where fault.offset < told || isFinished { findings.append(finding(fault, places)) }
            faults.removeAll { $0.offset < told || isFinished }
        }
        defer {
            pending.removeFirst(count)
            pendingStart += UInt64(count)
            recordsBefore = finder.recordCount
        }
        return XMLSerialReader.Part(
            fileOffset: pendingStart, bytes: bytes, rows: writer.takeRows(),
            findings: findings.sorted { $0.byteOffset < $1.byteOffset })
    }

    private func finding(_ fault: XMLRecordFault, _ places: XMLBlockPlaces) -> BlockFinding {
        // A place before these bytes is that of a total whose object was handed out already.
        let offset = Int(clamping: max(fault.offset, pendingStart) - pendingStart)
        let place = places.place(of: offset)
        return BlockFinding(
            rule: fault.rule, record: max(0, fault.record - recordsBefore), line: place.line, column: place.column,
            byteOffset: offset, field: fault.field.flatMap { $0.isEmpty ? nil : $0 }, found: fault.found,
            expected: fault.expected)
    }
}
