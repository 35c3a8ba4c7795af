// This file holds unsafe code: the look-ups of millions of charges, whose memory is fetched ahead of its use.
//
// Looking charges up one at a time spends nearly all of its time waiting for memory, three times a charge: for the slot
// of the index, for the row, and for the word of the claim. So charges are taken in batches, and each of these steps is
// done for the whole batch, asking for the memory of the next step, before that step begins. The last step is the
// sieve's (`ChargeSieve.findRenewals`). Change them together.

import BillingRecords
import CByteScan

/// Finds the rows of the subscriptions that charges name.
struct SubscriptionLookup: Sendable {
    private let rows: SubscriptionRows
    private let keyTails: [UInt8]
    private let index: SubscriptionIndex
    private let hash: SubscriptionHash

    /// A look-up in a table whose index was built.
    init(_ subscriptions: Subscriptions) {
        rows = subscriptions.rows
        keyTails = subscriptions.keyTails
        index = subscriptions.index
        hash = subscriptions.hash
    }

    /// Leaves in `found` the row of each charge of a range of at most `FoundRows.capacity`, or -1 for a stranger.
    func find(_ charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundRows) {
        hashKeys(of: charges, range, texts: texts, found: &found)
        findCandidates(count: range.count, found: &found)
        confirmCandidates(of: charges, range, texts: texts, found: &found)
    }

    /// First step: the hash of each id; its slot is on the way.
    @inline(__always)
    private func hashKeys(of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundRows) {
        for place in 0..<range.count {
            let text = charges[range.lowerBound &+ place].subscription
            let pointer = unsafe texts.pointer(text)
            let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
            let hash = unsafe hash(key, length: text.length, bytes: pointer)
            found.keys[place] = key
            found.hashes[place] = hash
            index.prefetch(hash)
        }
    }

    /// Second step: the first row whose slot agrees with the hash; the row is on the way.
    @inline(__always)
    private func findCandidates(count: Int, found: inout FoundRows) {
        for place in 0..<count {
            let candidate = index.candidate(found.hashes[place])
            if candidate >= 0 { rows.prefetch(candidate) }
            found.rows[place] = candidate
        }
    }

    /// Third step: whether the row has the whole id.
    @inline(__always)
    private func confirmCandidates(
        of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundRows
    ) {
        for place in 0..<range.count where found.rows[place] >= 0 {
            let row = rows[found.rows[place]]
            let text = charges[range.lowerBound &+ place].subscription
            if !has(row, found.keys[place], text, texts: texts) {
                // Another id with the same bits of hash in its slot: rare enough to search again from the start.
                found.rows[place] = self.row(of: text, texts: texts)
            }
        }
    }

    /// The row with exactly this id, or -1.
    func row(of text: BatchText, texts: BatchBytes) -> Int {
        let pointer = unsafe texts.pointer(text)
        let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
        let hash = unsafe hash(key, length: text.length, bytes: pointer)
        return index.row(hash) { has(rows[$0], key, text, texts: texts) }
    }

    /// Whether a row has exactly the id whose key and text are given.
    @inline(__always)
    private func has(_ row: SubscriptionRow, _ key: SubscriptionKey, _ text: BatchText, texts: BatchBytes) -> Bool {
        guard row.key == key, Int(row.keyLength) == text.length else { return false }
        return unsafe text.length <= SubscriptionKey.capacity || hasTail(row, texts.pointer(text))
    }

    private func hasTail(_ row: SubscriptionRow, _ bytes: UnsafePointer<UInt8>) -> Bool {
        let tail = row.keyTail
        for index in 0..<(Int(row.keyLength) - SubscriptionKey.capacity) {
            if unsafe keyTails[tail + index] != bytes[SubscriptionKey.capacity + index] { return false }
        }
        return true
    }
}

/// The rows found for one batch of charges, and what finding them needs to remember.
struct FoundRows {
    /// How many charges are looked up together, so that their memory is fetched together.
    static let capacity = 64

    /// The row of each charge, or -1.
    var rows = InlineArray<64, Int>(repeating: -1)

    /// The due renewal that each charge settles all by itself, if it is that regular.
    var renewals = InlineArray<64, RegularRenewal?>(repeating: nil)

    fileprivate var keys = InlineArray<64, SubscriptionKey>(repeating: .empty)
    fileprivate var hashes = InlineArray<64, UInt64>(repeating: 0)
}
