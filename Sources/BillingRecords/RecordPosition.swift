/// Where a record stands in the input: its block, its first byte and its ordinal in the block.
///
/// One 64-bit word, so that a settled renewal leaves no more than its proof behind. Positions order as the records
/// stand in the files: block after block, and by byte within a block.
public struct RecordPosition: Hashable, Comparable, Sendable {
    /// The position as one word: 27 bits of block, 20 bits of byte offset, 16 bits of record ordinal, and a marker
    /// bit, so that no position is ever 0.
    public let packed: UInt64

    /// The largest number of blocks, bytes in a block before a record, and records in a block that fit.
    public static let limits = (blocks: 1 << 27, bytes: 1 << 20, records: 1 << 16)

    /// A position from its parts; parts beyond `limits` are clamped, which the readers' block size rules out.
    @inlinable public init(block: UInt32, byteOffset: UInt32, record: UInt32) {
        let block = UInt64(min(block, 1 << 27 - 1))
        let offset = UInt64(min(byteOffset, 1 << 20 - 1))
        let record = UInt64(min(record, 1 << 16 - 1))
        packed = 1 << 63 | block << 36 | offset << 16 | record
    }

    /// The position that `packed` stands for, or nil for 0, which stands for no record.
    public init?(packed: UInt64) {
        guard packed != 0 else { return nil }
        self.packed = packed
    }

    /// The ordinal of the block among all blocks of all charge files, from 0.
    public var block: Int { Int(packed >> 36 & (1 << 27 - 1)) }

    /// The offset of the record's first byte in its block, from 0.
    public var byteOffset: Int { Int(packed >> 16 & (1 << 20 - 1)) }

    /// The ordinal of the record in its block, from 0.
    public var record: Int { Int(packed & (1 << 16 - 1)) }

    /// Whether the record at `left` stands before the one at `right`.
    public static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }
}
