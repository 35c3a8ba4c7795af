/// Takes the outcomes of a file's blocks in their order, and reads on with one parser from the first block on with which
/// something is wrong.
///
/// A part of a document tells only that it is not as it should be. What is wrong, and where, the whole tells, or its
/// rest from the end of a record on; so both roads give the same findings.
public struct XMLSecondReading {
    private let source: (header: XMLFileHeader, shape: XMLRecordShape)?
    private var reader: XMLSerialReader?
    private var hasFindings = false
    private var next: Block?
    private var totals: TotalsAccount
    private var file = 0

    /// For a file with such a header; CSV is never doubtful.
    public init(_ header: BlockSequence.Header, shape: XMLRecordShape) {
        source = header.xml.map { ($0, shape) }
        totals = TotalsAccount(header.foreign)
    }

    /// Whether the file could not be read in parts; what was decoded then means nothing.
    public var isNeeded: Bool { reader != nil }

    /// Adds a block to the directory and returns its findings with their places in the file.
    public mutating func add(
        _ block: Block, _ decoded: DecodedBlock, to directory: inout BlockDirectory
    ) -> [InputFinding] {
        if reader == nil {
            guard decoded.isDoubtful, let source else {
                file = block.file
                totals.add(decoded.totals, line: directory.lineCount(ofFile: file) + 1, offset: block.fileOffset)
                return directory.add(block, decoded)
            }
            reader = XMLSerialReader(header: source.header, shape: source.shape, offset: block.fileOffset)
            next = block
        }
        guard let reader else { return [] }
        return add(reader.feed(block.storage.span.extracting(0..<block.count)), to: &directory)
    }

    /// Ends the file and returns the findings that its end tells.
    ///
    /// - Throws: `XMLContradiction` when the whole has nothing wrong with it although a part had.
    public mutating func finish(adding directory: inout BlockDirectory) throws(XMLContradiction) -> [InputFinding] {
        guard let reader else { return totals.findings(file: directory.files[file]) }
        let found = add(reader.finish(), to: &directory)
        guard hasFindings else { throw XMLContradiction() }
        return found
    }

    private mutating func add(_ part: XMLSerialReader.Part, to directory: inout BlockDirectory) -> [InputFinding] {
        guard var block = next, let source else { return [] }
        block.fileOffset = part.fileOffset
        block.storage = part.bytes
        block.count = part.bytes.count
        var decoded = DecodedBlock()
        let lines = XMLLineEnds(block, encoding: source.header.encoding)
        (decoded.lines, decoded.lastColumns) = (lines.count, lines.lastColumns)
        decoded.records = part.rows.recordOffsets.count
        decoded.hasMultilineRecords = true
        decoded.findings = part.findings
        if !part.findings.isEmpty { hasFindings = true }
        return directory.add(block, decoded)
    }
}

/// Two ways of reading the same bytes disagree: a bug, so that nothing may be concluded from the file.
public struct XMLContradiction: Error {}
