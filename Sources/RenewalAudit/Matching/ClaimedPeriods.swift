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
/// A word of 32 bits a renewal. Those of the first due renewals of all rows make a column, those of the second ones the
/// next, and so on: exports follow the days, so that charges near each other claim in one or two columns, which stay in
/// the processor's cache while the rows, met at random, do not. The few renewals of a row for which there is no
/// column have theirs in a table of their own.
///
/// This is all that a regular charge leaves behind. Any number of threads may claim at once: a period is claimed by
/// exactly one charge, and whoever comes second is told so and keeps its charge as an irregular one. Which of two
/// equal charges wins depends on timing; the pair of them, which is all that the verdict is made from, does not.
@safe public final class ClaimedPeriods: @unchecked Sendable {
    /// How many due renewals of each row have a column.
    static let columns = 16

    // The words are allocated once and freed by deinit alone; every access in between is atomic. That is why the
    // class may be shared although its pointer is unsafe. Memory is taken only of columns that are claimed in.
    private let words: UnsafeMutablePointer<Atomic<UInt32>>
    private let wordCount: Int
    private let columnLength: Int
    private let rows: SubscriptionRows

    /// Unclaimed periods, one for each due renewal of `subscriptions`.
    public init(_ subscriptions: Subscriptions) {
        rows = subscriptions.rows
        // An odd number of cache lines: a row's words in all columns are looked at together, and distances of a
        // power of two would make them displace each other.
        columnLength = ((rows.count + 15) / 16 | 1) * 16
        wordCount = columnLength * Self.columns + subscriptions.furtherClaimCount
        guard let memory = unsafe cbytescan_allocate_zeroed(wordCount * MemoryLayout<UInt32>.stride) else {
            preconditionFailure("no memory for the claims of \(rows.count) subscriptions")
        }
        // An atomic word is represented by its value, so zero bytes are words of value 0.
        unsafe words = memory.bindMemory(to: Atomic<UInt32>.self, capacity: wordCount)
    }

    deinit {
        unsafe free(words)
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

    /// Asks the processor to fetch the word of a due renewal of a row.
    @inline(__always)
    func prefetch(_ due: Int, ofRow row: Int) { unsafe cbytescan_prefetch_to_write(word(due, ofRow: row)) }

    @inline(__always)
    private func word(_ due: Int, ofRow row: Int) -> UnsafeMutablePointer<Atomic<UInt32>> {
        precondition(row >= 0 && row < columnLength && due >= 0)
        if due < Self.columns { return unsafe words + (due &* columnLength &+ row) }
        let further = columnLength * Self.columns + Int(rows[row].firstFurtherClaim) + due - Self.columns
        precondition(further < wordCount)
        return unsafe words + further
    }
}
