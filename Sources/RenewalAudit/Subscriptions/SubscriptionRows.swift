// This file holds unsafe code: memory with an alignment that arrays do not give.

import CByteScan

/// The rows of `Subscriptions`, each in a cache line of its own.
///
/// The elements of an array begin behind its header, so that nearly every row would lie across two lines and cost
/// two accesses to memory. A value like an array: copies share the memory until one of them changes it.
struct SubscriptionRows: @unchecked Sendable {
    // `@unchecked` because the storage is a class: it is changed only through a value that alone refers to it.
    private var storage = Storage(capacity: 0)

    /// How many rows there are.
    private(set) var count = 0

    /// Makes room for at least `capacity` rows.
    mutating func reserveCapacity(_ capacity: Int) {
        guard capacity > storage.capacity || !isKnownUniquelyReferenced(&storage) else { return }
        let larger = Storage(capacity: max(capacity, storage.capacity))
        unsafe larger.rows.initialize(from: storage.rows, count: count)
        storage = larger
    }

    /// Appends a row; amortised O(1).
    mutating func append(_ row: SubscriptionRow) {
        reserveCapacity(count < storage.capacity ? storage.capacity : max(64, storage.capacity * 2))
        unsafe (storage.rows + count).initialize(to: row)
        count += 1
    }

    /// The row at a place.
    subscript(place: Int) -> SubscriptionRow {
        @inline(__always) get {
            precondition(place >= 0 && place < count)
            return unsafe storage.rows[place]
        }
        set {
            precondition(place >= 0 && place < count)
            reserveCapacity(storage.capacity)
            unsafe storage.rows[place] = newValue
        }
    }

    /// Asks the processor to fetch a row.
    @inline(__always)
    func prefetch(_ place: Int) {
        unsafe cbytescan_prefetch(storage.rows + place)
    }

    @safe private final class Storage {
        let rows: UnsafeMutablePointer<SubscriptionRow>
        let capacity: Int

        init(capacity: Int) {
            self.capacity = capacity
            let size = max(1, capacity) * MemoryLayout<SubscriptionRow>.stride
            let isLarge = size >= 1 << 21
            let memory = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: isLarge ? 1 << 21 : 64)
            if isLarge { unsafe cbytescan_prefer_large_pages(memory, size) }
            unsafe rows = memory.bindMemory(to: SubscriptionRow.self, capacity: max(1, capacity))
        }

        deinit {
            // Rows hold nothing that must be released.
            unsafe UnsafeMutableRawPointer(rows).deallocate()
        }
    }
}
