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
        storage = copy(capacity: capacity)
    }

    /// Appends a row; amortised O(1).
    mutating func append(_ row: SubscriptionRow) {
        reserveCapacity(count < storage.capacity ? storage.capacity : max(64, storage.capacity * 2))
        storage.initialize(count, to: row)
        count += 1
    }

    /// Appends the rows of another table, each changed by `change` on the way.
    mutating func append(contentsOf other: SubscriptionRows, changing change: (inout SubscriptionRow) -> Void) {
        let needed = count + other.count
        reserveCapacity(needed <= storage.capacity ? storage.capacity : max(needed, storage.capacity * 2))
        for place in 0..<other.count {
            var row = other[place]
            change(&row)
            storage.initialize(count + place, to: row)
        }
        count = needed
        storage.pagesAhead.use(bytes: needed * Storage.stride)
    }

    /// What brings memory for further rows before they are appended.
    var pagesAhead: PagesAhead { storage.pagesAhead }

    /// The row at a place.
    subscript(place: Int) -> SubscriptionRow {
        @inline(__always) get {
            precondition(place >= 0 && place < count)
            return unsafe storage.row(place).pointee
        }
        set {
            precondition(place >= 0 && place < count)
            reserveCapacity(storage.capacity)
            unsafe storage.row(place).pointee = newValue
        }
    }

    /// Asks the processor to fetch a row.
    @inline(__always)
    func prefetch(_ place: Int) { unsafe cbytescan_prefetch(storage.row(place)) }

    private func copy(capacity: Int) -> Storage {
        let copy = Storage(capacity: max(capacity, storage.capacity))
        for place in 0..<count { copy.initialize(place, to: self[place]) }
        return copy
    }

    @safe private final class Storage {
        /// One cache line.
        static let stride = 64

        let capacity: Int
        let pagesAhead: PagesAhead
        private let memory: UnsafeMutableRawPointer

        init(capacity: Int) {
            self.capacity = capacity
            let size = max(1, capacity) * Self.stride
            let isLarge = size >= 1 << 21
            unsafe memory = .allocate(byteCount: size, alignment: isLarge ? 1 << 21 : Self.stride)
            if isLarge { unsafe cbytescan_prefer_large_pages(memory, size) }
            pagesAhead = unsafe PagesAhead(memory, size: isLarge ? size : 0)
        }

        deinit {
            // Rows hold nothing that must be released.
            unsafe memory.deallocate()
        }

        @inline(__always)
        func row(_ place: Int) -> UnsafeMutablePointer<SubscriptionRow> {
            unsafe (memory + place &* Self.stride).assumingMemoryBound(to: SubscriptionRow.self)
        }

        @inline(__always)
        func initialize(_ place: Int, to row: SubscriptionRow) {
            unsafe (memory + place &* Self.stride).initializeMemory(as: SubscriptionRow.self, to: row)
        }
    }
}
