public import BillingRecords

/// Where each block of a reading begins: what turns positions in blocks into lines, records and bytes of files.
///
/// Blocks are known in order, each when the counts of all blocks ahead of it are.
public struct BlockDirectory: Sendable {
    /// Where a block begins.
    public struct Entry: Sendable {
        /// The ordinal of the block's file.
        public let file: Int
        /// The offset of the block's first byte in its file.
        public let fileOffset: UInt64
        /// The physical line of its first byte, from 1.
        public let firstLine: Int
        /// The number of its first record, from 1.
        public let firstRecord: Int
        /// Whether quoted line breaks make its lines differ from its records.
        public let hasMultilineRecords: Bool
        /// The offsets in the block of every `sampleDistance`-th record.
        public let sampledOffsets: [UInt32]
        /// How many records lie between two of them.
        public let sampleDistance: Int
        /// How many columns of its first line stand before it.
        public let columnsBefore: Int
    }

    /// The names of the files.
    public let files: [String]

    /// The blocks so far.
    public private(set) var entries: [Entry] = []

    /// How many records each file has so far.
    public private(set) var records: [Int]

    /// How many records of each file were rejected for a value so far.
    public private(set) var rejected: [Int]

    /// How many records of each file were left out because its profile says so, by reason; `records` has none of them.
    public private(set) var skipped: [[String: Int]]

    /// The names of the foreign formats of the files; nil for native ones.
    public private(set) var formats: [String?]

    private var lines: [Int]
    private var columns: [Int]
    private let keepsBlocks: Bool

    /// No blocks yet, of files with these names.
    ///
    /// A reading that never goes back to a record can do without the entries: they grow with the files.
    public init(files: [String], keepsBlocks: Bool = true) {
        self.files = files
        self.keepsBlocks = keepsBlocks
        records = Array(repeating: 0, count: files.count)
        rejected = Array(repeating: 0, count: files.count)
        formats = Array(repeating: nil, count: files.count)
        skipped = Array(repeating: [:], count: files.count)
        lines = Array(repeating: 0, count: files.count)
        columns = lines
    }

    /// Notes the header of a file.
    public mutating func beginFile(_ file: Int, _ header: BlockSequence.Header) {
        beginFile(file, headerLines: header.lines, columns: header.columns)
        formats[file] = header.foreign?.profile.name
    }

    /// Notes the lines of a file's header, and the columns of the line on which the first block begins.
    public mutating func beginFile(_ file: Int, headerLines: Int, columns headerColumns: Int = 0) {
        lines[file] = headerLines
        columns[file] = headerColumns
    }

    /// Notes the next block and returns its findings with their places in the file.
    public mutating func add(_ block: Block, _ decoded: DecodedBlock) -> [InputFinding] {
        let entry = Entry(
            file: block.file, fileOffset: block.fileOffset, firstLine: lines[block.file] + 1,
            firstRecord: records[block.file] + 1, hasMultilineRecords: decoded.hasMultilineRecords,
            sampledOffsets: decoded.sampledOffsets, sampleDistance: decoded.sampleDistance,
            columnsBefore: columns[block.file])
        if keepsBlocks { entries.append(entry) }
        lines[block.file] += decoded.lines
        columns[block.file] = decoded.lastColumns + (decoded.lines == 0 ? columns[block.file] : 0)
        records[block.file] += decoded.records
        rejected[block.file] += decoded.rejected
        if !decoded.remains.skipped.isEmpty {
            skipped[block.file].merge(decoded.remains.skipped, uniquingKeysWith: +)
        }
        return decoded.findings.map { finding in
            InputFinding(
                rule: finding.rule,
                place: Place(
                    file: files[block.file], line: entry.firstLine + finding.line,
                    record: entry.firstRecord + finding.record,
                    column: finding.column + (finding.line == 0 ? entry.columnsBefore : 0), field: finding.field,
                    byteOffset: block.fileOffset + UInt64(finding.byteOffset)),
                found: finding.found, expected: finding.expected)
        }
    }

    /// How many lines of a file its header and the blocks so far have.
    public func lineCount(ofFile file: Int) -> Int { lines[file] }

    /// Notes that a record was rejected after its block was added.
    public mutating func reject(file: Int) { rejected[file] += 1 }

    /// The place of a record whose block holds no line breaks in quotes; else the line is that of its block.
    public func place(of position: RecordPosition, field: String?) -> Place {
        let block = entries[position.block]
        return Place(
            file: files[block.file], line: block.firstLine + (block.hasMultilineRecords ? 0 : position.record),
            record: block.firstRecord + position.record, column: 1, field: field,
            byteOffset: block.fileOffset + UInt64(position.byteOffset ?? 0))
    }

    /// A finding that stopped the reading of a file, placed behind all blocks of that file.
    public func place(_ rejection: InputRejection, file: Int) -> InputFinding {
        var finding = rejection.finding
        guard rejection.isRelativeToBlock else { return finding }
        finding.place.line += lines[file] + 1
        finding.place.record += records[file] + 1
        return finding
    }
}
