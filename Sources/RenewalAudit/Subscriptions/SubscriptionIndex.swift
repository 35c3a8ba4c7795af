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

    /// What the words of the slots mean.
    let shape: Shape

    /// How the slots of an index are used.
    struct Shape: Sendable {
        /// How many slots there are.
        let count: Int

        /// How many lower bits of a slot are the row's.
        private let rowBits: UInt32

        /// Slots for so many rows, fewer than 2^31.
        init(rows: Int) {
            count = max(16, rows * 2)
            rowBits = UInt32(Int.bitWidth - rows.leadingZeroBitCount)
        }

        /// Where the search for a hash begins: as far among the slots as its lower half is among all numbers.
        @inline(__always)
        func firstSlot(_ hash: UInt64) -> Int {
            Int(truncatingIfNeeded: ((hash & 0xFFFF_FFFF) &* UInt64(truncatingIfNeeded: count)) &>> 32)
        }

        /// What a slot holds for a row.
        func entry(row: Int, _ hash: UInt64) -> UInt32 {
            (UInt32(truncatingIfNeeded: hash >> 32) &>> rowBits) &<< rowBits | UInt32(row + 1)
        }

        /// The row of a taken slot, if the slot agrees with the hash.
        @inline(__always)
        func row(_ entry: UInt32, _ hash: UInt64) -> Int? {
            guard (entry ^ UInt32(truncatingIfNeeded: hash >> 32)) &>> rowBits == 0 else { return nil }
            return Int(entry & (1 &<< rowBits &- 1)) &- 1
        }
    }

    /// An index without rows, with room for `count` ids.
    init(capacity count: Int = 0) {
        unsafe self.init(Shape(rows: count)) { slots in unsafe slots.initialize(repeating: 0) }
    }

    /// An index whose slots are initialized by `fill`.
    init(_ shape: Shape, fill: (UnsafeMutableBufferPointer<UInt32>) -> Void) {
        self.shape = shape
        slots = unsafe ContiguousArray(unsafeUninitializedCapacity: shape.count) { slots, count in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefer_large_pages(base, shape.count * MemoryLayout<UInt32>.stride)
            }
            unsafe fill(UnsafeMutableBufferPointer(rebasing: slots[..<shape.count]))
            count = shape.count
        }
    }

    /// Puts a row into the index, or returns the row that has the id already.
    mutating func insert(row: Int, hash: UInt64, hasSameIdentifier: (Int) -> Bool) -> Int? {
        var slot = shape.firstSlot(hash)
        while slots[slot] != 0 {
            if let other = shape.row(slots[slot], hash), hasSameIdentifier(other) { return other }
            slot = self.slot(after: slot)
        }
        slots[slot] = shape.entry(row: row, hash)
        return nil
    }

    /// The first row whose slot agrees with a hash and that `hasIdentifier`, or -1.
    func row(_ hash: UInt64, hasIdentifier: (Int) -> Bool) -> Int {
        var slot = shape.firstSlot(hash)
        while slots[slot] != 0 {
            if let row = shape.row(slots[slot], hash), hasIdentifier(row) { return row }
            slot = self.slot(after: slot)
        }
        return -1
    }

    /// The first row whose slot agrees with a hash, or -1.
    @inline(__always)
    func candidate(_ hash: UInt64) -> Int {
        unsafe slots.withUnsafeBufferPointer { slots in
            var slot = shape.firstSlot(hash)
            while unsafe slots[slot] != 0 {
                if let row = unsafe shape.row(slots[slot], hash) { return row }
                slot = self.slot(after: slot)
            }
            return -1
        }
    }

    @inline(__always)
    private func slot(after slot: Int) -> Int { slot &+ 1 < shape.count ? slot &+ 1 : 0 }

    /// Asks the processor to fetch the slot of a hash.
    @inline(__always)
    func prefetch(_ hash: UInt64) {
        unsafe slots.withUnsafeBufferPointer { slots in
            if let base = slots.baseAddress {
                unsafe cbytescan_prefetch(base + shape.firstSlot(hash))
            }
        }
    }
}

extension Subscriptions {
    /// The row that has an id in the subscriptions, or nil.
    func row(ofIdentifier identifier: [UInt8]) -> Int? {
        let key = SubscriptionKey(bytes: identifier)
        let row = index.row(hash(of: identifier, key: key)) { row in
            rows[row].key == key && Int(rows[row].keyLength) == identifier.count
                && (identifier.count <= SubscriptionKey.capacity || subscriptionIdentifier(row) == identifier)
        }
        return row >= 0 ? row : nil
    }
}
