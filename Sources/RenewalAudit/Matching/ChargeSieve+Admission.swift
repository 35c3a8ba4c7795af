// This file holds unsafe code: the look-ups of millions of charges, whose memory is fetched ahead of its use.
//
// Looking charges up one at a time spends nearly all of its time waiting for memory, three times a charge: the slot
// of the index, the row, the word of the claim. So charges are taken in batches, and each of these steps is done for
// the whole batch, asking for the memory of the next step, before that step begins. Change the steps together.

import CByteScan

public import BillingRecords

extension ChargeSieve {
    /// Admits the charges of one batch; `block` is the block that the batch was read from.
    public mutating func admit(_ batch: ChargeBatch, block: Span<UInt8>) {
        unsafe block.withUnsafeBufferPointer { bytes in
            unsafe batch.unescapedTexts.withUnsafeBufferPointer { unescaped in
                let texts = unsafe BatchBytes(block: bytes, unescaped: unescaped)
                for start in stride(from: 0, to: batch.charges.count, by: Self.lookupBatch) {
                    let end = min(start + Self.lookupBatch, batch.charges.count)
                    findRows(of: batch.charges, start..<end, texts: texts)
                    for index in start..<end {
                        take(batch.charges[index], row: foundRows[index - start], block: batch.block, texts: texts)
                    }
                }
                for charge in batch.unreadable {
                    take(charge, block: batch.block, texts: texts)
                }
            }
        }
    }

    /// Leaves in `foundRows` the row of each charge, or -1 for a stranger, with the memory of its claim on the way.
    private mutating func findRows(of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes) {
        hashKeys(of: charges, range, texts: texts)
        findCandidates(count: range.count)
        confirmCandidates(of: charges, range, texts: texts)
    }

    /// First step: the hash of each id; its slot is on the way.
    @inline(__always)
    private mutating func hashKeys(of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes) {
        for place in 0..<range.count {
            let text = charges[range.lowerBound &+ place].subscription
            let pointer = unsafe texts.pointer(text)
            let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
            let hash = unsafe subscriptions.hash(key, length: text.length, bytes: pointer)
            keys[place] = key
            hashes[place] = hash
            subscriptions.index.prefetch(hash)
        }
    }

    /// Second step: the first row with the same 32 bits of hash; the row is on the way.
    @inline(__always)
    private mutating func findCandidates(count: Int) {
        let mask = Int(truncatingIfNeeded: subscriptions.index.mask)
        unsafe subscriptions.index.slots.withUnsafeBufferPointer { slots in
            for place in 0..<count {
                var slot = Int(truncatingIfNeeded: hashes[place]) & mask
                var found = -1
                while unsafe slots[slot] != 0 {
                    if unsafe slots[slot] >> 32 == hashes[place] >> 32 {
                        found = unsafe Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1
                        subscriptions.rows.prefetch(found)
                        break
                    }
                    slot = (slot + 1) & mask
                }
                foundRows[place] = found
            }
        }
    }

    /// Third step: whether the row has the whole id; the word of the claim is on the way.
    @inline(__always)
    private mutating func confirmCandidates(of charges: [ChargeRecord], _ range: Range<Int>, texts: BatchBytes) {
        for place in 0..<range.count where foundRows[place] >= 0 {
            let row = subscriptions.rows[foundRows[place]]
            let text = charges[range.lowerBound &+ place].subscription
            if !has(row, keys[place], text, texts: texts) {
                // Another id with the same 32 bits of hash: rare enough to search again from the start.
                foundRows[place] = search(hashes[place], keys[place], text, texts: texts)
                continue
            }
            let start = charges[range.lowerBound &+ place].periodStart
            if row.isUsable, start.isPresent, let cycle = row.cycleIndex(startingOn: start) {
                claims.prefetch(Int(row.firstClaim) &+ Int(cycle &- row.firstDueIndex))
            }
        }
    }

    /// The row with exactly this id, or -1.
    private func search(_ hash: UInt64, _ key: SubscriptionKey, _ text: BatchText, texts: BatchBytes) -> Int {
        let index = subscriptions.index
        var slot = Int(truncatingIfNeeded: hash & index.mask)
        while index.slots[slot] != 0 {
            let entry = index.slots[slot]
            if entry >> 32 == hash >> 32 {
                let candidate = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
                let row = subscriptions.rows[candidate]
                if has(row, key, text, texts: texts) { return candidate }
            }
            slot = (slot + 1) & Int(truncatingIfNeeded: index.mask)
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
            if unsafe subscriptions.keyTails[tail + index] != bytes[SubscriptionKey.capacity + index] { return false }
        }
        return true
    }

    @inline(__always)
    private mutating func take(_ charge: ChargeRecord, row found: Int, block: UInt32, texts: BatchBytes) {
        newestChargeDay = max(newestChargeDay, charge.chargedOn.dayNumber)
        guard found >= 0 else {
            tally.strangers.add(amount: charge.amount, currency: charge.currency)
            let kept = KeptCharge(charge, row: .max, block: block)
            strangers.append(StrangerCharge(subscription: texts.copy(charge.subscription), charge: kept))
            return
        }
        guard charge.kind.concernsRenewals else {
            tally.otherKinds.add(amount: charge.amount, currency: charge.currency)
            return
        }
        let row = subscriptions.rows[found]
        guard row.isUsable else {
            tally.unusableTerms.add(amount: charge.amount, currency: charge.currency)
            return
        }
        if letsRegularPass, let claim = regularClaim(charge, row) {
            let position = RecordPosition(block: block, byteOffset: charge.byteOffset, record: charge.ordinal)
            if claims.claim(claim, for: position) {
                tally.regular.add(amount: charge.amount, currency: charge.currency)
                return
            }
        }
        guard relevance.mayBear(charge, on: row) else {
            tally.outsideWindow.add(amount: charge.amount, currency: charge.currency)
            return
        }
        tally.judged.add(amount: charge.amount, currency: charge.currency)
        kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: found), block: block))
    }

    private mutating func take(_ charge: UnreadableCharge, block: UInt32, texts: BatchBytes) {
        tally.rejected.addUnreadable()
        guard charge.kind?.concernsRenewals ?? true else { return }
        let text = charge.subscription
        let pointer = unsafe texts.pointer(text)
        let key = unsafe SubscriptionKey(pointer, length: text.length, readable: texts.readable(text))
        let hash = unsafe subscriptions.hash(key, length: text.length, bytes: pointer)
        let row = search(hash, key, text, texts: texts)
        if row >= 0, subscriptions.rows[row].isUsable {
            kept.append(KeptCharge(charge, row: UInt32(truncatingIfNeeded: row), block: block))
        }
    }

    /// The word of the renewal that a charge settles all by itself, or nil if it is not that regular.
    @inline(__always)
    private func regularClaim(_ charge: ChargeRecord, _ row: SubscriptionRow) -> Int? {
        guard charge.kind == .renewal, charge.status == .posted, charge.amount == row.price,
            charge.currency == row.currency, charge.amount > 0, let cycle = regularCycle(charge, row)
        else { return nil }
        let due = cycle &- row.firstDueIndex
        guard due >= 0, due < Int32(truncatingIfNeeded: row.dueCount) else { return nil }
        return Int(row.firstClaim) &+ Int(due)
    }

    /// The cycle that a charge pays for on time, by its period or, without one, by its day.
    @inline(__always)
    private func regularCycle(_ charge: ChargeRecord, _ row: SubscriptionRow) -> Int32? {
        let before = Int32(clamping: policy.graceDaysBefore)
        let after = Int32(clamping: policy.graceDaysAfter)
        guard charge.periodStart.isPresent else {
            guard charge.periodEndDay == .min else { return nil }
            return row.cycleIndex(dueNear: charge.chargedOn, before: before, after: after)
        }
        let days = charge.chargedOn.dayNumber &- charge.periodStart.dayNumber
        guard days >= 0 &- before, days <= after, let cycle = row.cycleIndex(startingOn: charge.periodStart),
            charge.periodEndDay == .min
                || charge.periodEndDay == row.lastDay(ofCycleStartingOn: charge.periodStart)
        else { return nil }
        return cycle
    }
}

/// The bytes that the texts of a batch are ranges of.
@safe private struct BatchBytes {
    let block: UnsafeBufferPointer<UInt8>
    let unescaped: UnsafeBufferPointer<UInt8>

    @inline(__always)
    func pointer(_ text: BatchText) -> UnsafePointer<UInt8> {
        let home = unsafe text.isUnescaped ? unescaped : block
        precondition(text.range.upperBound <= home.count)
        // Only an empty home has no address, and an empty text is never read.
        return unsafe (home.baseAddress ?? UnsafePointer(bitPattern: 16).unsafelyUnwrapped) + Int(text.start)
    }

    @inline(__always)
    func readable(_ text: BatchText) -> Int {
        unsafe (text.isUnescaped ? unescaped.count : block.count) - Int(text.start)
    }

    func copy(_ text: BatchText) -> [UInt8] {
        unsafe Array(UnsafeBufferPointer(start: pointer(text), count: text.length))
    }
}
