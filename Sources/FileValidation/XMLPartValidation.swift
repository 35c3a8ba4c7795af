import BillingFiles
import Synchronization
import XMLStream

/// What came of a part of a document.
struct XMLPartOutcome: Sendable {
    /// Whether only a reading of the whole can tell what is wrong with the part, or whether anything is.
    var isDoubtful = false

    /// The violations of the schema in its records, with their places in the part.
    var findings: [XMLPlacedFinding] = []

    /// How many children of the root it has.
    var children = 0

    /// How many elements, the root not counted.
    var elements = 0

    /// How many lines end in it.
    var lines = 0

    /// How many columns stand behind the last of them.
    var lastColumns = 0
}

/// From which block on a document is read as one, known to all threads.
final class XMLPartLimit: Sendable {
    private let ordinal = Atomic<UInt32>(.max)

    /// Whether a block is read by itself.
    func allows(_ block: Block) -> Bool { block.ordinal < ordinal.load(ordering: .relaxed) }

    /// From this block on the document is read as one.
    func end(at block: UInt32) { ordinal.store(min(block, ordinal.load(ordering: .relaxed)), ordering: .relaxed) }
}

/// Validates blocks of whole records, each as a document of its own between the root's start tag and its end tag.
///
/// To be used by one thread; each has its own.
struct XMLPartValidation: BlockWorker {
    private static let piece = 32 << 10
    /// How many findings of a block wait until the blocks ahead are done.
    ///
    /// A block with more is read again, by the one parser, which gives them on at once.
    private static let mostFindings = 4096

    let header: XMLFileHeader?
    let schema: XMLSchema?
    let limit: XMLPartLimit

    mutating func work(on block: Block) -> XMLPartOutcome {
        guard limit.allows(block), let header, let schema else { return XMLPartOutcome(isDoubtful: true) }
        let parser = XMLPushParser(schema: schema, keepsEvents: false)
        var faults: [XMLFaultFinding] = []
        func take() -> Bool {
            let found = parser.faults
            guard found.allSatisfy(Self.isOfRecord) else { return false }
            for fault in found { faults.append(XMLFaultFinding(fault)) }
            return faults.count <= Self.mostFindings
        }
        parser.feed(header.partStart.span)
        var isSound = take()
        for start in stride(from: 0, to: block.count, by: Self.piece) where isSound {
            parser.feed(block.storage.span.extracting(start..<min(start + Self.piece, block.count)))
            isSound = take()
        }
        if isSound, !block.isLast {
            parser.feed(header.partEnd.span)
            isSound = take()
        }
        parser.finish()
        guard isSound, take(), parser.verdict == (faults.isEmpty ? .accepted : .refused) else {
            return XMLPartOutcome(isDoubtful: true)
        }
        let lines = XMLLineEnds(block, encoding: header.encoding)
        return XMLPartOutcome(
            findings: Self.placed(faults, in: block, header), children: parser.childCount,
            elements: parser.elementCount - 1, lines: lines.count, lastColumns: lines.lastColumns)
    }

    /// Whether a fault is one of a record, which it has wherever the record stands.
    ///
    /// Faults of the root, and a child of it that is none of its records, change what is said of all that follows.
    private static func isOfRecord(_ fault: XMLFault) -> Bool {
        guard fault.kind == .schema, fault.depth > 0 else { return false }
        return fault.depth > 1 || !fault.message.contains("This element is not expected")
    }

    private static func placed(
        _ faults: [XMLFaultFinding], in block: Block, _ header: XMLFileHeader
    ) -> [XMLPlacedFinding] {
        guard !faults.isEmpty else { return [] }
        var lines = XMLLines(reach: block.count, encoding: header.encoding)
        lines.append(block.storage.span.extracting(0..<block.count))
        let start = UInt64(header.partStart.count)
        return faults.map { fault in
            let offset = fault.offset - min(start, fault.offset)
            let place = lines.place(of: offset)
            return XMLPlacedFinding(fault: fault, offset: offset, line: place.line, column: place.column)
        }
    }
}
