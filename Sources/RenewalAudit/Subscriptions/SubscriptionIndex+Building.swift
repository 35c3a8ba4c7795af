// This file holds unsafe code: the slots of one table, filled by several threads, each within its own section.

import CByteScan
import Synchronization

extension Subscriptions {
    /// A row whose id stands in an earlier row already.
    public struct Duplicate: Sendable {
        /// The row that has the id first.
        public let first: Int

        /// The later row, which is rejected.
        public let duplicate: Int
    }

    /// Builds the index by id and returns the rows whose id an earlier row has, in their order.
    ///
    /// Such an id has two contracts, and nothing tells which one is in force: the later row is rejected and the
    /// earlier one's terms are no longer usable. O(rows), divided among the tasks.
    public mutating func buildIndex(parallel: ParallelTasks = .oneByOne) -> [Duplicate] {
        let (index, duplicates) = SubscriptionIndex.of(self, parallel: parallel)
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

    fileprivate func hash(ofRow row: Int) -> UInt64 {
        let length = Int(rows[row].keyLength)
        if length <= SubscriptionKey.capacity {
            return unsafe withUnsafePointer(to: UInt8(0)) { unsafe hash(rows[row].key, length: length, bytes: $0) }
        }
        return hash(of: subscriptionIdentifier(row), key: rows[row].key)
    }

    func hash(of identifier: [UInt8], key: SubscriptionKey) -> UInt64 {
        guard !identifier.isEmpty else {
            return unsafe withUnsafePointer(to: UInt8(0)) { unsafe hash(key, length: 0, bytes: $0) }
        }
        return unsafe identifier.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            return unsafe hash(key, length: identifier.count, bytes: base)
        }
    }

    fileprivate func hasSameIdentifier(_ left: Int, _ right: Int) -> Bool {
        let (one, other) = (rows[left], rows[right])
        guard one.key == other.key, one.keyLength == other.keyLength else { return false }
        guard one.keyLength > SubscriptionKey.capacity else { return true }
        let length = Int(one.keyLength) - SubscriptionKey.capacity
        let (start, otherStart) = (one.keyTail, other.keyTail)
        return keyTails[start..<(start + length)] == keyTails[otherStart..<(otherStart + length)]
    }
}

extension SubscriptionIndex {
    /// An index of all rows, and the rows whose id an earlier row has, in their order.
    ///
    /// Each task fills one section of the slots and looks at all rows for that: hashing an id costs far less than
    /// waiting for its slot. A row whose search would leave the section waits until all tasks are done. What is found in
    /// the index, and which row is the first of its id, does not depend on the sections.
    fileprivate static func of(
        _ table: Subscriptions, parallel: ParallelTasks
    ) -> (SubscriptionIndex, duplicates: [Subscriptions.Duplicate]) {
        let shape = Shape(rows: table.rows.count)
        // Many sections would only hash more often, and in short ones hardly a search would end.
        let sections = max(1, min(parallel.parts, 4, shape.count / 4096))
        let filled = Mutex<[SubscriptionIndexSection]>([])
        var index = unsafe SubscriptionIndex(shape) { slots in
            nonisolated(unsafe) let slots = unsafe slots
            parallel.run(sections) { task in
                let range = (shape.count * task / sections)..<(shape.count * (task + 1) / sections)
                var section = unsafe SubscriptionIndexSection(slots, shape, range)
                section.fill(from: table)
                filled.withLock { $0.append(section) }
            }
        }
        var (duplicates, waiting) = filled.withLock { ($0.flatMap(\.duplicates), $0.flatMap(\.waiting)) }
        waiting.sort()
        for row in waiting {
            let first = index.insert(row: row, hash: table.hash(ofRow: row)) { table.hasSameIdentifier($0, row) }
            if let first { duplicates.append(.init(first: first, duplicate: row)) }
        }
        return (index, duplicates.sorted { $0.duplicate < $1.duplicate })
    }
}

/// The slots of an index that one task fills.
///
/// `@unchecked` because of the slots: no other task touches those of the range.
@safe private struct SubscriptionIndexSection: @unchecked Sendable {
    /// Rows whose id an earlier row has.
    private(set) var duplicates: [Subscriptions.Duplicate] = []

    /// Rows for which there was no free slot from the first of their search to the end of the section.
    private(set) var waiting: [Int] = []

    private let slots: UnsafeMutableBufferPointer<UInt32>
    private let shape: SubscriptionIndex.Shape
    private let range: Range<Int>

    init(_ slots: UnsafeMutableBufferPointer<UInt32>, _ shape: SubscriptionIndex.Shape, _ range: Range<Int>) {
        unsafe self.slots = slots
        self.shape = shape
        self.range = range
    }

    /// Empties the section and puts all rows into it whose searches begin in it.
    mutating func fill(from table: Subscriptions) {
        unsafe UnsafeMutableBufferPointer(rebasing: slots[range]).initialize(repeating: 0)
        // So many searches are begun together that their memory is fetched together.
        var found = InlineArray<64, Int>(repeating: 0)
        var hashes = InlineArray<64, UInt64>(repeating: 0)
        var count = 0
        for row in 0..<table.rows.count {
            let hash = table.hash(ofRow: row)
            let slot = shape.firstSlot(hash)
            found[count] = row
            hashes[count] = hash
            // Without a branch: nobody can guess it.
            count &+= range.contains(slot) ? 1 : 0
            if let base = unsafe slots.baseAddress { unsafe cbytescan_prefetch(base + slot) }
            guard count == found.count else { continue }
            for place in 0..<count { self.place(found[place], hashes[place], table) }
            count = 0
        }
        for place in 0..<count { self.place(found[place], hashes[place], table) }
    }

    /// Puts a row into the first free slot of its search, unless its id is found before.
    private mutating func place(_ row: Int, _ hash: UInt64, _ table: Subscriptions) {
        for slot in shape.firstSlot(hash)..<range.upperBound {
            let entry = unsafe slots[slot]
            if entry == 0 {
                unsafe slots[slot] = shape.entry(row: row, hash)
                return
            }
            if let other = shape.row(entry, hash), table.hasSameIdentifier(other, row) {
                duplicates.append(.init(first: other, duplicate: row))
                return
            }
        }
        waiting.append(row)
    }
}
