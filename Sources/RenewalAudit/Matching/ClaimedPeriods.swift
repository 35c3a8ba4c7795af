import BillingRecords
import Synchronization

/// For every due renewal the position of the one regular charge that settled it, or nothing.
///
/// This is all that a regular charge leaves behind. Any number of threads may claim at once: a period is claimed by
/// exactly one charge, and whoever comes second is told so and keeps its charge as an irregular one. Which of two
/// equal charges wins depends on timing; the pair of them, which is all that the verdict is made from, does not.
@safe public final class ClaimedPeriods: @unchecked Sendable {
    // The words are allocated once, initialised before anyone sees them and freed by deinit alone; every access in
    // between is atomic. That is why the class may be shared although its pointer is unsafe.
    private let words: UnsafeMutablePointer<Atomic<UInt64>>

    /// The number of due renewals.
    public let count: Int

    /// Unclaimed periods, one for each due renewal of `subscriptions`.
    public init(_ subscriptions: Subscriptions) {
        // Rows of duplicate ids gave their due renewals up after their words were numbered.
        let last = subscriptions.rows.last.map { Int($0.firstClaim) + Int($0.dueCount) } ?? 0
        let capacity = max(1, last, subscriptions.dueCount)
        count = capacity
        unsafe words = .allocate(capacity: capacity)
        for index in 0..<capacity {
            unsafe (words + index).initialize(to: Atomic(0))
        }
    }

    deinit {
        unsafe words.deinitialize(count: count)
        unsafe words.deallocate()
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

    /// Where a period's word stands in memory, to be fetched ahead of a claim; `index` may be any number.
    @inline(__always)
    func address(_ index: Int) -> UnsafeRawPointer {
        unsafe UnsafeRawPointer(words) + index &* MemoryLayout<UInt64>.stride
    }
}
