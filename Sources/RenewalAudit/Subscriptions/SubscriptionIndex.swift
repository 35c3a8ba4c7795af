import CByteScan

/// Finds the row of a subscription by its id: an open-addressing table of one word a slot.
///
/// The lower half of a slot is the row's number plus 1 (0 for a free slot), the upper half the upper half of the id's
/// hash, so that a slot of another id is told apart without touching its row. At most half of the slots are taken.
struct SubscriptionIndex: Sendable {
    /// The slots: a power of two of them, never none.
    private(set) var slots: ContiguousArray<UInt64>

    /// The slot count less 1.
    private(set) var mask: UInt64

    /// An index with room for `count` ids.
    init(capacity count: Int = 0) {
        var capacity = 16
        while capacity < count * 2 { capacity *= 2 }
        slots = unsafe ContiguousArray(unsafeUninitializedCapacity: capacity) { slots, count in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefer_large_pages(base, capacity * MemoryLayout<UInt64>.stride)
            }
            unsafe slots.initialize(repeating: 0)
            count = capacity
        }
        mask = UInt64(capacity - 1)
    }

    /// What a slot holds for a row and a hash.
    @inline(__always)
    static func entry(row: Int, hash: UInt64) -> UInt64 {
        hash & 0xFFFF_FFFF_0000_0000 | UInt64(truncatingIfNeeded: row &+ 1)
    }

    /// Puts a row into the index, or returns the row that has the id already.
    mutating func insert(row: Int, hash: UInt64, hasSameIdentifier: (Int) -> Bool) -> Int? {
        var slot = Int(truncatingIfNeeded: hash & mask)
        while true {
            let entry = slots[slot]
            if entry == 0 {
                slots[slot] = Self.entry(row: row, hash: hash)
                return nil
            }
            if entry >> 32 == hash >> 32 {
                let other = Int(truncatingIfNeeded: entry & 0xFFFF_FFFF) - 1
                if hasSameIdentifier(other) { return other }
            }
            slot = (slot + 1) & Int(truncatingIfNeeded: mask)
        }
    }

    /// Asks the processor to fetch the slot of a hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        unsafe slots.withUnsafeBufferPointer { slots in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefetch(base + Int(truncatingIfNeeded: hash & mask))
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
        return unsafe subscriptionIdentifier(row).withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            return unsafe hash(rows[row].key, length: length, bytes: base)
        }
    }

    private func hasSameIdentifier(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (rows[left], rows[right])
        guard one.key == other.key, one.keyLength == other.keyLength else { return false }
        guard one.keyLength > SubscriptionKey.capacity else { return true }
        let length = Int(one.keyLength) - SubscriptionKey.capacity
        let (start, otherStart) = (Int(one.keyTail), Int(other.keyTail))
        return keyTails[start..<(start + length)] == keyTails[otherStart..<(otherStart + length)]
    }
}
