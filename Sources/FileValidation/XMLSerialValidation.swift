// Unsafe code: bytes lent for the time of a copy.

import BillingFiles
import XMLStream

/// Validates a whole document, or its rest from the end of a record on, by one parser from front to back.
///
/// This is the road for documents that cannot be cut, and the one that tells what is wrong with those that can.
final class XMLSerialValidation {
    /// Bytes go to the parser in pieces that end where they would if the whole document were read so.
    private static let piece = 32 << 10
    /// Tags behind which nothing was told yet may lie as far back as the longest tag is long.
    private static let reach = 512 << 10

    private struct OpenElement {
        let offset: UInt64
        let line: Int
        let column: Int
    }

    private let file: String
    private let parser: XMLPushParser
    private let start: XMLPartStart
    /// The path of the records ahead of the rest.
    private let records: String
    /// How many bytes the parser saw ahead of the rest, and the place of the root's tag among them.
    private let ahead: UInt64
    private let root: OpenElement?
    private var lines: XMLLines
    private var pending: [UInt8] = []
    private var position: UInt64
    private var open: [OpenElement] = []

    /// For a whole document; `schema` is nil when there is none for it, and then nothing can be accepted.
    init(file: String, schema: XMLSchema?, encoding: XMLEncoding) {
        self.file = file
        parser = XMLPushParser(schema: schema, keepsEvents: false)
        start = XMLPartStart(offset: 0, line: 1, column: 1)
        (records, ahead, root, position) = ("", 0, nil, 0)
        lines = XMLLines(reach: Self.reach, encoding: encoding)
    }

    /// For the rest of a document behind whole records.
    init(
        file: String, schema: XMLSchema, header: XMLFileHeader, root: (line: Int, column: Int), start: XMLPartStart,
        records: String
    ) {
        self.file = file
        self.start = start
        self.records = records
        parser = XMLPushParser(schema: schema, keepsEvents: false)
        ahead = UInt64(header.partStart.count)
        self.root = OpenElement(offset: UInt64(header.rootOffset), line: root.line, column: root.column)
        position = start.offset
        lines = XMLLines(
            reach: Self.reach, encoding: header.encoding, from: start.offset, line: start.line, column: start.column)
        // Whatever is wrong with it was told before the document was cut.
        parser.feed(header.partStart.span)
    }

    /// Whether nothing more can be read.
    var hasStopped: Bool { parser.hasStopped }

    /// What may be said of what was read.
    var verdict: XMLVerdict { parser.verdict }

    /// How many children the root has so far.
    var children: Int { start.children + parser.childCount }

    /// How many elements there are so far.
    var elements: Int { start.elements + parser.elementCount - (root == nil ? 0 : 1) }

    /// Takes the next bytes and hands out what is wrong with them.
    func feed(_ bytes: Span<UInt8>, _ take: FindingReceiver) throws {
        unsafe bytes.withUnsafeBufferPointer { unsafe pending.append(contentsOf: $0) }
        var taken = 0
        while !hasStopped {
            let count = Self.piece - Int(truncatingIfNeeded: position % UInt64(Self.piece))
            guard pending.count - taken >= count else { break }
            try parse(taken..<(taken + count), take)
            taken += count
        }
        pending.removeFirst(hasStopped ? pending.count : taken)
    }

    /// Ends the document.
    func finish(_ take: FindingReceiver) throws {
        if !hasStopped, !pending.isEmpty { try parse(0..<pending.count, take) }
        parser.finish()
        try tell(take)
    }

    private func parse(_ range: Range<Int>, _ take: FindingReceiver) throws {
        let waiting = pending
        lines.append(waiting.span.extracting(range))
        parser.feed(waiting.span.extracting(range))
        position += UInt64(range.count)
        try tell(take)
        rememberOpen()
    }

    private func tell(_ take: FindingReceiver) throws {
        for fault in parser.faults {
            let fault = XMLFaultFinding(fault)
            let place = place(of: fault.offset)
            let placed = XMLPlacedFinding(
                fault: fault, offset: place.offset, line: place.line, column: place.column)
            func finding() -> InputFinding { placed.finding(in: file) }
            try take(fault.rule, start.children + fault.children) {
                start.children == 0 ? finding() : shifted(finding(), fault)
            }
        }
    }

    private func shifted(_ finding: InputFinding, _ fault: XMLFaultFinding) -> InputFinding {
        var finding = finding
        finding.place.record += start.children
        finding.path = fault.path(shiftedBy: start.children, in: records)
        return finding
    }

    /// The place of a byte: one of an element that is open for long, or one near the end of what was read.
    private func place(of offset: UInt64) -> OpenElement {
        if let root, offset < ahead { return root }
        let offset = offset - ahead + start.offset
        if let element = open.last(where: { $0.offset == offset }) { return element }
        let place = lines.place(of: offset)
        return OpenElement(offset: offset, line: place.line, column: place.column)
    }

    private func rememberOpen() {
        let offsets = parser.openOffsets
        var kept: [OpenElement] = []
        for offset in offsets { kept.append(place(of: offset)) }
        open = kept
    }
}
