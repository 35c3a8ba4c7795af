// This file holds unsafe code: the look-ups of millions of charges, whose memory is fetched ahead of its use.
//
// Looking charges up one at a time spends nearly all of its time waiting for memory, three times a charge: the slot
// of the index, the row, the word of the claim. So charges are taken in batches, and each of these steps is done for
// the whole batch, asking for the memory of the next step, before that step begins. Change the steps together.

import BillingRecords
import CByteScan

/// Finds the rows of the subscriptions that charges name.
struct SubscriptionLookup: Sendable {
    private let rows: SubscriptionRows
    private let keyTails: [UInt8]
    private let slots: ContiguousArray<UInt64>
    private let mask: UInt64
    private let hash: SubscriptionHash

    /// A look-up in a table whose index was built.
    init(_ subscriptions: Subscriptions) {
        rows = subscriptions.rows
        keyTails = subscriptions.keyTails
        slots = subscriptions.index.slots
        mask = subscriptions.index.mask
        hash = subscriptions.hash
    }

    /// Leaves in `found` the row of each charge of a range of at most `FoundRows.capacity`, or -1 for a stranger; the
    /// words of their claims are on the way.
    func find(
        _ charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, claims: ClaimedPeriods,
        found: inout FoundRows
    ) {
        hashKeys(of: charges, range, texts: texts, found: &found)
        findCandidates(count: range.count, found: &found)
        confirmCandidates(of: charges, range, texts: texts, claims: claims, found: &found)
    }

    /// First step: the hash of each id; its slot is on the way.
    @inline(__always)
    private func hashKeys(of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, found: inout FoundRows) {
        unsafe slots.withUnsafeBufferPointer { slots in
            guard let slots = slots.baseAddress else { return }
            for place in 0..<range.count {
                let text = charges[range.lowerBound &+ place].subscription
                let pointer = unsafe texts.pointer(text)
                let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
                let hash = unsafe hash(key, length: text.length, bytes: pointer)
                found.keys[place] = key
                found.hashes[place] = hash
                unsafe cbytescan_prefetch(slots + Int(truncatingIfNeeded: hash & mask))
            }
        }
    }

    /// Second step: the first row with the same 32 bits of hash; the row is on the way.
    @inline(__always)
    private func findCandidates(count: Int, found: inout FoundRows) {
        let mask = Int(truncatingIfNeeded: mask)
        unsafe slots.withUnsafeBufferPointer { slots in
            for place in 0..<count {
                let hash = found.hashes[place]
                var slot = Int(truncatingIfNeeded: hash) & mask
                var candidate = -1
                while unsafe slots[slot] != 0 {
                    if unsafe slots[slot] >> 32 == hash >> 32 {
                        candidate = unsafe Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                        rows.prefetch(candidate)
                        break
                    }
                    slot = (slot + 1) & mask
                }
                found.rows[place] = candidate
            }
        }
    }

    /// Third step: whether the row has the whole id; the word of the claim is on the way.
    @inline(__always)
    private func confirmCandidates(
        of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes, claims: ClaimedPeriods,
        found: inout FoundRows
    ) {
        for place in 0..<range.count where found.rows[place] >= 0 {
            let row = rows[found.rows[place]]
            let text = charges[range.lowerBound &+ place].subscription
            guard has(row, found.keys[place], text, texts: texts) else {
                // Another id with the same 32 bits of hash: rare enough to search again from the start.
                found.rows[place] = self.row(of: text, texts: texts)
                continue
            }
            let start = charges[range.lowerBound &+ place].periodStart
            if row.isUsable, start.isPresent, let cycle = row.cycleIndex(startingOn: start) {
                claims.prefetch(Int(row.firstClaim) &+ Int(cycle &- row.firstDueIndex))
            }
        }
    }

    /// The row with exactly this id, or -1.
    func row(of text: BatchText, texts: BatchBytes) -> Int {
        let pointer = unsafe texts.pointer(text)
        let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
        let hash = unsafe hash(key, length: text.length, bytes: pointer)
        var slot = Int(truncatingIfNeeded: hash & mask)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                let candidate = Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                if has(rows[candidate], key, text, texts: texts) { return candidate }
            }
            slot = (slot + 1) & Int(truncatingIfNeeded: mask)
        }
        return -1
    }

    /// Whether a row has exactly the id whose key and text are given.
    @inline(__always)
    private func has(_ row: SubscriptionRow, _ key: SubscriptionKey, _ text: BatchText, texts: BatchBytes) -> Bool {
        guard row.key == key, Int(row.keyLength) == text.length else { return false }
        return unsafe text.length <= SubscriptionKey.capacity || hasTail(row, texts.pointer(text))
    }

    private func hasTail(_ row: SubscriptionRow, _ bytes: UnsafePointer<UInt8>) -> Bool {
        let tail = Int(row.keyTail)
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

    fileprivate var keys = InlineArray<64, SubscriptionKey>(repeating: .empty)
    fileprivate var hashes = InlineArray<64, UInt64>(repeating: 0)
}
