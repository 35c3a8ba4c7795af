import DelimitedText
import XMLStream

/// Finds the records and fields of a native file's blocks, whatever its format: of CSV in the block itself, of XML in
/// rows that are made of it, as of all foreign formats.
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
    private(set) var reader: XMLBlockReader?
    var maker: RowMaker?
    /// Whether rows are made of the blocks; asked for every record, which asking the two above would copy.
    let makesRows: Bool
    let encoding: TextEncoding
    /// How the characters of an XML file are written in bytes; nil for other files.
    let markup: XMLEncoding?
    /// The offsets of the records in the file, where they are others than in the block.
    var storedOffsets: [UInt32] = []
    var rows = RecordRows()
    var block: Block
    /// The lines of the block, once something was found in it.
    var places: XMLBlockPlaces?

    /// For a file with a layout; `xml` reads the blocks of an XML file.
    init(layout: NativeLayout, xml: XMLBlockReader? = nil, foreign: ForeignFile? = nil) {
        self.layout = layout
        reader = xml
        maker = foreign?.rowMaker()
        makesRows = xml != nil || foreign != nil
        encoding = foreign?.form.encoding ?? .utf8
        markup = xml?.header.encoding ?? foreign?.markup
        scanner = FieldScanner(fieldCount: layout.names.count)
        text = Block(ordinal: 0, file: 0, fileOffset: 0, storage: [], count: 0, isLast: true)
        block = text
    }

    /// Makes the rows for a copy instead of for a judgement: values of a foreign file that its profile does not use are
    /// counted, and those that mean nothing are left empty.
    mutating func makeCopies() { maker?.makeCopies() }

    /// Scans a block, and begins the account of it.
    mutating func scan(_ block: Block) -> DecodedBlock {
        makesRows ? scanMade(block) : scanDelimited(block)
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

    private mutating func scanMade(_ block: Block) -> DecodedBlock {
        var decoded = DecodedBlock()
        self.block = block
        places = nil
        // The old rows must not be held twice, or they would be copied to be filled.
        text.storage = []
        if let made = block.rows {
            rows = made
            decoded.findings = block.findings
        } else if let made = maker?.make(block, into: &rows, keepsPlaces: false) {
            decoded.findings = made.findings
            decoded.totals = made.totals
        } else {
            decoded.isDoubtful = reader?.read(block, into: &rows) != true
        }
        text = Block(
            ordinal: block.ordinal, file: block.file, fileOffset: 0, storage: rows.bytes, count: rows.count,
            isLast: true)
        let text = text
        scanner.scan(text.storage.span.extracting(0..<text.count), isLast: true, into: &table)
        if !table.faults.isEmpty || table.recordCount != rows.recordOffsets.count {
            if maker == nil { decoded.isDoubtful = true } else { decoded.findings += faultsOfRows() }
        }
        if encoding != .utf8 { storedOffsets = stored(rows.recordOffsets) }
        let places = XMLLineEnds(block, encoding: markup)
        decoded.records = rows.recordOffsets.count
        decoded.lines = places.count
        decoded.lastColumns = places.lastColumns
        decoded.hasMultilineRecords = true
        decoded.sampleDistance = 1
        decoded.sampledOffsets = encoding == .utf8 ? rows.recordOffsets : storedOffsets
        decoded.remains = rows.remains
        for value in rows.unmapped { decoded.remains.meaningless[layout.names[value.column], default: 0] += 1 }
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
        if !makesRows { return table.recordStarts[record] }
        return encoding == .utf8 ? rows.recordOffsets[record] : storedOffsets[record]
    }

    /// The line of each record of the table, from 0 at the beginning of the block.
    var lineOrdinals: [Int] {
        guard makesRows else { return (0..<table.recordCount).map(table.lineOrdinal(of:)) }
        var (line, last) = (0, 0)
        return (0..<table.recordCount).map { record in
            let offset = Int(rows.recordOffsets[record])
            let between = block.storage.span.extracting(last..<max(last, offset))
            line += XMLLineEnds(between, encoding: markup).count
            last = max(last, offset)
            return line
        }
    }

    /// The findings on the structure of the last block.
    ///
    /// - Parameter lastSound: the last record whose values are all sound, -1 if none is.
    func structureFindings(lastSound: Int, hasMultilineRecords: Bool) -> [BlockFinding] {
        guard !makesRows, !table.faults.isEmpty || hasMultilineRecords else { return [] }
        let bytes = text.storage.span.extracting(0..<text.count)
        let blockText = BlockText(table: table, layout: layout)
        var findings = hasMultilineRecords ? blockText.swallowedRows(block: bytes) : []
        let isComplete = lastSound == table.recordCount - 1 && blockText.lastRowCannotBeLonger(block: bytes)
        findings += blockText.structureFindings(block: bytes, lastRowIsComplete: isComplete)
        return findings
    }
}
