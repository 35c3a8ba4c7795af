/// Where a record stands in the input: its block, its first byte and its ordinal in the block.
///
/// Positions order as the records stand in the files: block after block, record after record.
public struct RecordPosition: Hashable, Comparable, Sendable {
    /// The position as one word: a marker bit, 27 bits of block, 16 bits of record ordinal and 20 bits of byte offset.
    public let packed: UInt64

    /// What stands for a byte offset that is not known.
    @usableFromInline static let unknownOffset: UInt32 = 1 << 20 - 1

    /// The largest number of blocks, bytes in a block before a record, and records in a block that fit.
    public static let limits = (blocks: 1 << 27, bytes: 1 << 20 - 1, records: 1 << 16)

    /// A position from its parts; parts beyond `limits` are clamped, which the readers' block size rules out.
    ///
    /// Without a byte offset the record must be looked for in its block.
    @inlinable public init(block: UInt32, byteOffset: UInt32?, record: UInt32) {
        let block = UInt64(min(block, 1 << 27 - 1))
        let record = UInt64(min(record, 1 << 16 - 1))
        let offset = UInt64(min(byteOffset ?? Self.unknownOffset, Self.unknownOffset))
        packed = 1 << 63 | block << 36 | record << 20 | offset
    }

    /// The ordinal of the block among all blocks of all charge files, from 0.
    public var block: Int { Int(packed >> 36 & (1 << 27 - 1)) }

    /// The offset of the record's first byte in its block, from 0; nil if it is not known.
    public var byteOffset: Int? {
        let offset = UInt32(truncatingIfNeeded: packed) & Self.unknownOffset
        return offset == Self.unknownOffset ? nil : Int(offset)
    }

    /// The ordinal of the record in its block, from 0.
    public var record: Int { Int(packed >> 20 & (1 << 16 - 1)) }

    /// Whether the record at `left` stands before the one at `right`.
    public static func < (left: Self, right: Self) -> Bool { left.packed < right.packed }
}
