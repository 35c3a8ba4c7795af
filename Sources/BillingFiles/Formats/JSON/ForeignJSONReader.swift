/// Makes rows of the records of a foreign JSON file, from front to back.
final class ForeignJSONReader: XMLPartReader {
    /// Whether the end of the file was told.
    private(set) var isFinished = false

    private let maximumRecordBytes: Int
    private var scanner: JSONScanner
    private var finder: JSONRecordFinder
    private var writer: ForeignRowWriter
    private var parts = DocumentParts()
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
        parts.append(bytes)
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

    /// Hands out the bytes before an offset of the file.
    private func part(upTo end: UInt64) -> XMLSerialReader.Part {
        for record in finder.takeFound() { writer.append(record, blockStart: parts.start) }
        for (path, count) in finder.takeUnused() { writer.lose(path, count: count) }
        parts.faults += finder.faults
        finder.faults = []
        if let fault = scanner.fault, !isScannerFaultTold {
            isScannerFaultTold = true
            parts.faults.append(
                XMLRecordFault(
                    rule: fault.rule, offset: fault.offset, record: finder.recordCount, field: finder.pointer,
                    found: fault.found, expected: fault.expected))
        }
        return parts.part(upTo: end, writer.takeRows(), recordCount: finder.recordCount, isLast: isFinished)
    }
}
