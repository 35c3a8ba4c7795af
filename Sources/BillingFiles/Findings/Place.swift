/// Where in an input something stands.
///
/// Bases: lines, records and columns count from 1, bytes from 0. The header row is record 0. Columns and byte
/// offsets count bytes of the text as it was read, after decompression.
public struct Place: Hashable, Sendable {
    /// The name of the file, without its folders.
    public var file: String

    /// The physical line; 0 where the finding is about the file as a whole.
    public var line: Int

    /// The record, the header row not counted.
    public var record: Int

    /// The byte column on the line.
    public var column: Int

    /// The name of the field, if it is about one.
    public var field: String?

    /// The offset of the first byte that is meant.
    public var byteOffset: UInt64

    /// A place from its parts.
    public init(file: String, line: Int, record: Int, column: Int, field: String?, byteOffset: UInt64) {
        self.file = file
        self.line = line
        self.record = record
        self.column = column
        self.field = field
        self.byteOffset = byteOffset
    }

    /// A file as a whole.
    public static func whole(_ file: String) -> Place {
        Place(file: file, line: 0, record: 0, column: 0, field: nil, byteOffset: 0)
    }
}
