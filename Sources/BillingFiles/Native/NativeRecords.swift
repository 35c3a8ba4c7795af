import DelimitedText
import XMLStream

/// Finds the records and fields of a native file's blocks, whatever its format: of CSV in the block itself, of XML in
/// rows that are made of it.
///
/// To be used by one thread; each has its own.
struct NativeRecords: Sendable {
    /// The layout of the records that are found.
    let layout: NativeLayout

    /// The records and fields of the last block; offsets are those in `text`.
    private(set) var table = FieldTable()

    /// The last block, or the rows made of it.
    private(set) var text: Block

    private let scanner: FieldScanner
    private var reader: XMLBlockReader?
    private var rows = RecordRows()
    private var block: Block
    /// The lines of the XML block, once something was found in it.
    private var places: XMLBlockPlaces?

    /// For a file with a layout; `xml` reads the blocks of an XML file.
    init(layout: NativeLayout, xml: XMLBlockReader? = nil) {
        self.layout = layout
        reader = xml
        scanner = FieldScanner(fieldCount: layout.names.count)
        text = Block(ordinal: 0, file: 0, fileOffset: 0, storage: [], count: 0, isLast: true)
        block = text
    }

    /// Scans a block, and begins the account of it.
    mutating func scan(_ block: Block) -> DecodedBlock {
        reader == nil ? scanDelimited(block) : scanXML(block)
    }

    private mutating func scanDelimited(_ block: Block) -> DecodedBlock {
        text = block
        scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &table)
        var decoded = DecodedBlock()
        decoded.records = table.totalRecords
        decoded.lines = table.totalLines
        decoded.hasMultilineRecords = table.totalLines != table.totalRecords
        // Where a record is faulty the ordinals shift, but then nothing is cited.
        for record in stride(from: 0, to: table.recordCount, by: decoded.sampleDistance) {
            decoded.sampledOffsets.append(table.recordStarts[record])
        }
        return decoded
    }

    private mutating func scanXML(_ block: Block) -> DecodedBlock {
        var decoded = DecodedBlock()
        self.block = block
        places = nil
        // The old rows must not be held twice, or they would be copied to be filled.
        text.storage = []
        if let made = block.rows {
            rows = made
            decoded.findings = block.findings
        } else {
            decoded.isDoubtful = reader?.read(block, into: &rows) != true
        }
        text = Block(
            ordinal: block.ordinal, file: block.file, fileOffset: 0, storage: rows.bytes, count: rows.count,
            isLast: true)
        let text = text
        scanner.scan(text.storage.span.extracting(0..<text.count), isLast: true, into: &table)
        if !table.faults.isEmpty || table.recordCount != rows.recordOffsets.count { decoded.isDoubtful = true }
        let places = XMLLineEnds(block, encoding: reader?.header.encoding)
        decoded.records = rows.recordOffsets.count
        decoded.lines = places.count
        decoded.lastColumns = places.lastColumns
        decoded.hasMultilineRecords = true
        decoded.sampleDistance = 1
        decoded.sampledOffsets = rows.recordOffsets
        decoded.remains = rows.remains
        return decoded
    }

    /// Lets go of the last block, so that its storage can be filled again without a copy.
    mutating func release() {
        text.storage = []
        block.storage = []
    }

    /// The offset in the block of a record of the table.
    @inline(__always)
    func byteOffset(of record: Int) -> UInt32 {
        reader == nil ? table.recordStarts[record] : rows.recordOffsets[record]
    }

    /// The line of each record of the table, from 0 at the beginning of the block.
    var lineOrdinals: [Int] {
        guard reader != nil else { return (0..<table.recordCount).map(table.lineOrdinal(of:)) }
        var (line, last) = (0, 0)
        return (0..<table.recordCount).map { record in
            let offset = Int(rows.recordOffsets[record])
            let between = block.storage.span.extracting(last..<max(last, offset))
            line += XMLLineEnds(between, encoding: reader?.header.encoding).count
            last = max(last, offset)
            return line
        }
    }

    /// A finding on a field of a sound record.
    mutating func finding(_ fault: NativeValueFault, record: Int) -> BlockFinding {
        let field = layout.names.firstIndex(of: fault.column) ?? 0
        let text = text
        var finding = BlockText(table: table, layout: layout).finding(
            fault.rule, record: record, field: field, block: text.storage.span.extracting(0..<text.count),
            expected: fault.expected)
        guard reader != nil else { return finding }
        let offset = placeInXML(record: record, field: field)
        let places =
            self.places
            ?? XMLBlockPlaces(
                block.storage.span.extracting(0..<block.count), encoding: reader?.header.encoding ?? .asciiCompatible)
        self.places = places
        let place = places.place(of: offset)
        (finding.line, finding.column, finding.byteOffset) = (place.line, place.column, offset)
        return finding
    }

    /// Where the content of a field begins in the block, or its record where the element is missing.
    private mutating func placeInXML(record: Int, field: Int) -> Int {
        if rows.fieldOffsets.isEmpty, let reader {
            var placed = RecordRows()
            _ = reader.parse(block, into: &placed)
            rows.fieldOffsets = placed.fieldOffsets
        }
        let entry = record * layout.names.count + field
        guard rows.fieldOffsets.indices.contains(entry), rows.fieldOffsets[entry] != RecordRows.absent else {
            return Int(rows.recordOffsets[record])
        }
        return Int(rows.fieldOffsets[entry])
    }

    /// The findings on the structure of the last block.
    ///
    /// - Parameter lastSound: the last record whose values are all sound, -1 if none is.
    func structureFindings(lastSound: Int, hasMultilineRecords: Bool) -> [BlockFinding] {
        guard reader == nil, !table.faults.isEmpty || hasMultilineRecords else { return [] }
        let bytes = text.storage.span.extracting(0..<text.count)
        let blockText = BlockText(table: table, layout: layout)
        var findings = hasMultilineRecords ? blockText.swallowedRows(block: bytes) : []
        let isComplete = lastSound == table.recordCount - 1 && blockText.lastRowCannotBeLonger(block: bytes)
        findings += blockText.structureFindings(block: bytes, lastRowIsComplete: isComplete)
        return findings
    }
}
