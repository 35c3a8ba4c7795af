/// Makes rows of our columns of a foreign file's blocks, for whoever judges rows by other means than a decoder.
///
/// To be used by one thread; each has its own.
public struct ForeignRows: Sendable {
    private var records: NativeRecords

    /// Rows of a file.
    public init(_ file: ForeignFile) {
        records = NativeRecords(layout: file.rowLayout, foreign: file)
    }

    /// Makes the rows of a block, and begins the account of it.
    public mutating func read(_ block: Block) -> DecodedBlock { records.scan(block) }

    /// The rows of the last block, as a block of native CSV.
    public var rows: Block { records.text }

    /// Whether the profile has no meaning for a value of a row, about which nothing else need be said.
    public func isMeaningless(record: Int, column: Int) -> Bool {
        records.rows.unmapped.contains { Int($0.record) == record && $0.column == column }
    }

    /// The findings on the values of the last block that the profile has no meaning for.
    public mutating func meaninglessValues() -> [BlockFinding] {
        var (findings, last) = ([BlockFinding](), -1)
        for value in records.rows.unmapped where Int(value.record) != last {
            last = Int(value.record)
            findings += records.findings([], record: last)
        }
        return findings
    }

    /// Where the value of a column stands in the block: its line from 0, its column from 1, and its byte.
    public mutating func place(record: Int, column: Int) -> (line: Int, column: Int, byteOffset: Int) {
        records.place(of: records.placeInBlock(record: record, field: column))
    }

    /// Lets go of the last block, so that its storage can be filled again without a copy.
    public mutating func release() { records.release() }
}
