/// Some whole records of a file, as they were read.
public struct Block: Sendable {
    /// The ordinal of the block among all blocks of all files of a reading, from 0.
    public var ordinal: UInt32

    /// The ordinal of the file.
    public var file: Int

    /// The offset of the block's first byte in the (decompressed) file.
    public var fileOffset: UInt64

    /// The bytes of the block (`storage.span.extracting(0..<count)`), followed by at least `Block.padding` more that
    /// may be read but have no meaning.
    public var storage: [UInt8]

    /// How many bytes of `storage` belong to the block.
    public var count: Int

    /// Whether the file ends with this block.
    public var isLast: Bool

    /// The rows of the block's records, where they were made while it was read: of XML that cannot be cut.
    public var rows: RecordRows?

    /// What was found wrong while these rows were made.
    public var findings: [BlockFinding] = []

    /// How many readable bytes follow the block, so that a word may be loaded at its last byte.
    public static let padding = 16

    /// A block from its parts, without rows.
    package init(ordinal: UInt32, file: Int, fileOffset: UInt64, storage: [UInt8], count: Int, isLast: Bool) {
        self.ordinal = ordinal
        self.file = file
        self.fileOffset = fileOffset
        self.storage = storage
        self.count = count
        self.isLast = isLast
    }

    /// A block of no bytes.
    package static let empty = Block(ordinal: 0, file: 0, fileOffset: 0, storage: [], count: 0, isLast: true)
}
