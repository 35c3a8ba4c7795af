import BillingRecords
import CByteScan
import Synchronization

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// For every due renewal the claim of the one regular charge that settled it, or nothing.
///
/// A word of 32 bits a renewal, beside the row of its subscription: a charge that has found its row has found its
/// word. The few renewals of a row for which there is no room beside it have theirs in a table of their own.
///
/// This is all that a regular charge leaves behind. Any number of threads may claim at once: a period is claimed by
/// exactly one charge, and whoever comes second is told so and keeps its charge as an irregular one. Which of two
/// equal charges wins depends on timing; the pair of them, which is all that the verdict is made from, does not.
@safe public final class ClaimedPeriods: @unchecked Sendable {
    /// The rows of the subscriptions, in the memory that also has their claims.
    let rows: SubscriptionRows

    // The words are allocated once and freed by deinit alone; every access in between is atomic. That is why the
    // class may be shared although its pointer is unsafe.
    private let furtherWords: UnsafeMutablePointer<Atomic<UInt32>>
    private let furtherCount: Int

    /// Unclaimed periods, one for each due renewal of `subscriptions`.
    public init(_ subscriptions: Subscriptions) {
        rows = subscriptions.rows.withClaims()
        furtherCount = max(1, subscriptions.furtherClaimCount)
        guard let memory = unsafe cbytescan_allocate_zeroed(furtherCount * MemoryLayout<UInt32>.stride) else {
            preconditionFailure("no memory for \(furtherCount) due renewals")
        }
        // An atomic word is represented by its value, so zero bytes are words of value 0.
        unsafe furtherWords = memory.bindMemory(to: Atomic<UInt32>.self, capacity: furtherCount)
    }

    deinit {
        unsafe free(furtherWords)
    }

    /// Claims a due renewal of a row, counted from 0, for a charge; false if another charge has claimed it, or if no
    /// word can tell the claim.
    ///
    /// A charge that no word can tell is kept like an irregular one, which costs memory and changes no verdict.
    @inline(__always)
    func claim(_ due: Int, ofRow row: Int, _ claim: RegularClaim) -> Bool {
        let claimed = claim.word
        guard claimed != 0 else { return false }
        return unsafe word(due, ofRow: row).pointee.compareExchange(
            expected: 0, desired: claimed, ordering: .relaxed
        ).exchanged
    }

    /// The claim to a due renewal of a row, if any.
    @inline(__always)
    func claimant(_ due: Int, ofRow row: Int) -> RegularClaim? {
        RegularClaim(word: unsafe word(due, ofRow: row).pointee.load(ordering: .relaxed))
    }

    /// Whether each of the first `count` due renewals of a row is claimed.
    @inline(__always)
    func areClaimed(first count: Int, ofRow row: Int) -> Bool {
        for due in 0..<count where unsafe word(due, ofRow: row).pointee.load(ordering: .relaxed) == 0 { return false }
        return true
    }

    @inline(__always)
    private func word(_ due: Int, ofRow row: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        guard due >= SubscriptionRows.claimsBesideRow else { return unsafe rows.claim(due, ofRow: row) }
        let further = Int(rows[row].firstFurtherClaim) + due - SubscriptionRows.claimsBesideRow
        precondition(further < furtherCount)
        return unsafe furtherWords + further
    }
}
