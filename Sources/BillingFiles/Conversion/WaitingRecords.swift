/// Keeps the records of different blocks apart that would be mixed when they are read.
///
/// Blocks are converted side by side, each as if it were the first. Where a record of a block has the key of one before it
/// that waits for its second half, the block is converted once more, with that known.
public struct WaitingRecords: Sendable {
    private var converter: RecordConverter
    private var waiting: Set<[UInt8]> = []

    /// No records; `converter` is that of the blocks.
    public init(_ converter: RecordConverter) { self.converter = converter }

    /// What comes of a block behind all that were settled before it.
    public mutating func settled(_ block: Block, _ converted: ConvertedBlock) -> ConvertedBlock {
        var settled = converted
        if !waiting.isEmpty, !waiting.isDisjoint(with: converted.keys.all) {
            converter.giveBack(converted)
            settled = converter.work(on: block, after: waiting)
        }
        waiting.formUnion(settled.keys.waiting)
        return settled
    }
}
