import BillingRecords
import CByteScan
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// For every due renewal the position of the one regular charge that settled it, or nothing.
///
/// This is all that a regular charge leaves behind. Any number of threads may claim at once: a period is claimed by
/// exactly one charge, and whoever comes second is told so and keeps its charge as an irregular one. Which of two
/// equal charges wins depends on timing; the pair of them, which is all that the verdict is made from, does not.
@safe public final class ClaimedPeriods: @unchecked Sendable {
    // The words are allocated once and freed by deinit alone; every access in between is atomic. That is why the
    // class may be shared although its pointer is unsafe.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// The number of due renewals.
    public let count: Int

    /// Unclaimed periods, one for each due renewal of `subscriptions`.
    public init(_ subscriptions: Subscriptions) {
        // Rows of duplicate ids gave their due renewals up after their words were numbered.
        let capacity = max(1, subscriptions.claimCount)
        count = capacity
        guard let memory = unsafe cbytescan_allocate_zeroed(capacity * MemoryLayout<UInt64>.stride) else {
            preconditionFailure("no memory for \(capacity) due renewals")
        }
        // An atomic word is represented by its value, so zero bytes are words of value 0. Writing them here would
        // take every page from the system on one thread; the matching does it on all of them.
        unsafe words = memory.bindMemory(to: Atomic<UInt64>.self, capacity: capacity)
    }

    deinit {
        unsafe free(words)
    }

    /// Claims a period for the charge at a position; false if another charge has claimed it.
    @inline(__always)
    func claim(_ index: Int, for position: RecordPosition) -> Bool {
        precondition(index >= 0 && index < count)
        return unsafe words[index].compareExchange(
            expected: 0, desired: position.packed, ordering: .relaxed
        ).exchanged
    }

    /// The charge that claimed a period, if any.
    @inline(__always)
    func claimant(_ index: Int) -> RecordPosition? {
        precondition(index >= 0 && index < count)
        return unsafe RecordPosition(packed: words[index].load(ordering: .relaxed))
    }

    /// Asks the processor to fetch a period's word ahead of a claim; `index` may be any number.
    @inline(__always)
    func prefetch(_ index: Int) {
        guard index >= 0 && index < count else { return }
        unsafe cbytescan_prefetch(words + index)
    }
}
