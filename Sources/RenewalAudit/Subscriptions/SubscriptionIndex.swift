// This file holds unsafe code: memory on large pages, and ids read a word at a time.

import CByteScan

/// Finds the row of a subscription by its id: an open-addressing table of one word of 32 bits a slot.
///
/// The lower bits of a slot, as many as are needed, are the row's number plus 1 (0 for a free slot), the upper ones
/// the upper bits of the id's hash, so that most slots of other ids are told apart without touching their rows. Half of
/// the slots are taken, whatever the number of ids: a power of two of slots would make some indexes twice as large as
/// others, and what no longer fits the cache costs more than the multiplication that finds a slot.
struct SubscriptionIndex: Sendable {
    /// The slots: 16 at least, fewer than 2^32.
    private var slots: ContiguousArray<UInt32>

    /// How many lower bits of a slot are the row's.
    private let rowBits: UInt32

    /// An index with room for `count` ids, fewer than 2^31.
    init(capacity count: Int = 0) {
        let capacity = max(16, count * 2)
        slots = unsafe ContiguousArray(unsafeUninitializedCapacity: capacity) { slots, count in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefer_large_pages(base, capacity * MemoryLayout<UInt32>.stride)
            }
            unsafe slots.initialize(repeating: 0)
            count = capacity
        }
        rowBits = UInt32(Int.bitWidth - count.leadingZeroBitCount)
    }

    /// Puts a row into the index, or returns the row that has the id already.
    mutating func insert(row: Int, hash: UInt64, hasSameIdentifier: (Int) -> Bool) -> Int? {
        var slot = firstSlot(hash)
        while slots[slot] != 0 {
            if let other = self.row(slots[slot], hash), hasSameIdentifier(other) { return other }
            slot = self.slot(after: slot)
        }
        slots[slot] = (UInt32(truncatingIfNeeded: hash >> 32) &>> rowBits) &<< rowBits | UInt32(row + 1)
        return nil
    }

    /// The first row whose slot agrees with a hash and that `hasIdentifier`, or -1.
    func row(_ hash: UInt64, hasIdentifier: (Int) -> Bool) -> Int {
        var slot = firstSlot(hash)
        while slots[slot] != 0 {
            if let row = row(slots[slot], hash), hasIdentifier(row) { return row }
            slot = self.slot(after: slot)
        }
        return -1
    }

    /// The first row whose slot agrees with a hash, or -1.
    @inline(__always)
    func candidate(_ hash: UInt64) -> Int {
        unsafe slots.withUnsafeBufferPointer { slots in
            var slot = firstSlot(hash)
            while unsafe slots[slot] != 0 {
                if let row = unsafe row(slots[slot], hash) { return row }
                slot = self.slot(after: slot)
            }
            return -1
        }
    }

    /// Where the search for a hash begins: as far among the slots as its lower half is among all numbers.
    @inline(__always)
    func firstSlot(_ hash: UInt64) -> Int {
        Int(truncatingIfNeeded: ((hash & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: slots.count)) &>> 32)
    }

    @inline(__always)
    private func slot(after slot: Int) -> Int { slot &+ 1 < slots.count ? slot &+ 1 : 0 }

    /// The row of a taken slot, if the slot agrees with the hash.
    @inline(__always)
    private func row(_ entry: UInt32, _ hash: UInt64) -> Int? {
        guard (entry ^ UInt32(truncatingIfNeeded: hash >> 32)) &>> rowBits == 0 else { return nil }
        return Int(entry & (1 &<< rowBits &- 1)) &- 1
    }

    /// Asks the processor to fetch the slot of a hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        unsafe slots.withUnsafeBufferPointer { slots in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefetch(base + firstSlot(hash))
            }
        }
    }
}

extension Subscriptions {
    /// A row whose id stands in an earlier row already.
    public struct Duplicate: Sendable {
        /// The row that has the id first.
        public let first: Int

        /// The later row, which is rejected.
        public let duplicate: Int
    }

    /// Builds the index by id and returns the rows whose id an earlier row has.
    ///
    /// Such an id has two contracts, and nothing tells which one is in force: the later row is rejected and the
    /// earlier one's terms are no longer usable. O(rows).
    public mutating func buildIndex() -> [Duplicate] {
        var index = SubscriptionIndex(capacity: rows.count)
        var duplicates: [Duplicate] = []
        var hashes: [UInt64] = []
        let batch = 64
        for start in stride(from: 0, to: rows.count, by: batch) {
            let end = min(start + batch, rows.count)
            hashes.removeAll(keepingCapacity: true)
            for row in start..<end {
                let hash = hash(ofRow: row)
                hashes.append(hash)
                index.prefetch(hash)
            }
            for row in start..<end {
                let first = index.insert(row: row, hash: hashes[row - start]) { hasSameIdentifier($0, row) }
                if let first { duplicates.append(Duplicate(first: first, duplicate: row)) }
            }
        }
        for duplicate in duplicates {
            for row in [duplicate.first, duplicate.duplicate] {
                dueCount -= Int(rows[row].dueCount)
                rows[row].dueCount = 0
                rows[row].cycle = 0
            }
        }
        duplicateRows = Set(duplicates.map(\.duplicate))
        self.index = index
        return duplicates
    }

    private func hash(ofRow row: Int) -> UInt64 {
        let length = Int(rows[row].keyLength)
        if length <= SubscriptionKey.capacity {
            return unsafe withUnsafePointer(to: UInt8(0)) { unsafe hash(rows[row].key, length: length, bytes: $0) }
        }
        return hash(of: subscriptionIdentifier(row), key: rows[row].key)
    }

    private func hash(of identifier: [UInt8], key: SubscriptionKey) -> UInt64 {
        guard !identifier.isEmpty else {
            return unsafe withUnsafePointer(to: UInt8(0)) { unsafe hash(key, length: 0, bytes: $0) }
        }
        return unsafe identifier.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            return unsafe hash(key, length: identifier.count, bytes: base)
        }
    }

    /// The row that has an id in the subscriptions, or nil.
    func row(ofIdentifier identifier: [UInt8]) -> Int? {
        let key = SubscriptionKey(bytes: identifier)
        let row = index.row(hash(of: identifier, key: key)) { row in
            rows[row].key == key && Int(rows[row].keyLength) == identifier.count
                && (identifier.count <= SubscriptionKey.capacity || subscriptionIdentifier(row) == identifier)
        }
        return row >= 0 ? row : nil
    }

    private func hasSameIdentifier(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (rows[left], rows[right])
        guard one.key == other.key, one.keyLength == other.keyLength else { return false }
        guard one.keyLength > SubscriptionKey.capacity else { return true }
        let length = Int(one.keyLength) - SubscriptionKey.capacity
        let (start, otherStart) = (one.keyTail, other.keyTail)
        return keyTails[start..<(start + length)] == keyTails[otherStart..<(otherStart + length)]
    }
}
