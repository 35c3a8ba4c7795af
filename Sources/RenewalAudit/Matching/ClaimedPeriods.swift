import BillingRecords
import CByteScan
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// For every due renewal the block and record of the one regular charge that settled it, or nothing.
///
/// A word of 32 bits a renewal. This is all that a regular charge leaves behind. Any number of threads may claim at once: a period is claimed by
/// exactly one charge, and whoever comes second is told so and keeps its charge as an irregular one. Which of two
/// equal charges wins depends on timing; the pair of them, which is all that the verdict is made from, does not.
@safe public final class ClaimedPeriods: @unchecked Sendable {
    // The words are allocated once and freed by deinit alone; every access in between is atomic. That is why the
    // class may be shared although its pointer is unsafe.
    private let words: UnsafeMutablePointer<Atomic<UInt32>>

    /// The number of due renewals.
    public let count: Int

    /// Unclaimed periods, one for each due renewal of `subscriptions`.
    public init(_ subscriptions: Subscriptions) {
        // Rows of duplicate ids gave their due renewals up after their words were numbered.
        let capacity = max(1, subscriptions.claimCount)
        count = capacity
        guard let memory = unsafe cbytescan_allocate_zeroed(capacity * MemoryLayout<UInt32>.stride) else {
            preconditionFailure("no memory for \(capacity) due renewals")
        }
        // An atomic word is represented by its value, so zero bytes are words of value 0. Writing them here would
        // take every page from the system on one thread; the matching does it on all of them.
        unsafe words = memory.bindMemory(to: Atomic<UInt32>.self, capacity: capacity)
    }

    deinit {
        unsafe free(words)
    }

    /// How many blocks and records in a block a word can tell apart.
    private static let limits = (blocks: UInt32(1 << 16 - 1), records: UInt32(1 << 16))

    /// Claims a period for a charge; false if another charge has claimed it, or if no word can tell where it stands.
    ///
    /// A charge that no word can tell is kept like an irregular one, which costs memory and changes no verdict.
    @inline(__always)
    func claim(_ index: Int, block: UInt32, record: UInt32) -> Bool {
        precondition(index >= 0 && index < count)
        guard block < Self.limits.blocks, record < Self.limits.records else { return false }
        return unsafe words[index].compareExchange(
            expected: 0, desired: (block << 16 | record) + 1, ordering: .relaxed
        ).exchanged
    }

    /// The charge that claimed a period, if any; its byte offset is not known.
    @inline(__always)
    func claimant(_ index: Int) -> RecordPosition? {
        precondition(index >= 0 && index < count)
        let word = unsafe words[index].load(ordering: .relaxed)
        guard word != 0 else { return nil }
        return RecordPosition(block: (word - 1) >> 16, byteOffset: nil, record: (word - 1) & 0xFFFF)
    }

    /// Asks the processor to fetch a period's word ahead of a claim; `index` may be any number.
    @inline(__always)
    func prefetch(_ index: Int) {
        guard index >= 0 && index < count else { return }
        unsafe cbytescan_prefetch(words + index)
    }
}
