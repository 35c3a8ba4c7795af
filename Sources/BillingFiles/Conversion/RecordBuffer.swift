// This file holds unsafe code: memory of one owner that records are written to, some bytes at once.

/// Bytes of records on their way to an output.
///
/// Filled by one thread, written out by another, and used again: `@unchecked` because the pipeline hands it from one
/// to the next and never has two of them use it at a time.
@safe public final class RecordBuffer: @unchecked Sendable {
    /// How many bytes behind the last one may be written to by a store of several bytes.
    static let slack = 64

    /// The first byte.
    private(set) var base: UnsafeMutablePointer<UInt8>

    /// How many bytes hold something.
    var count = 0

    private var capacity: Int

    /// An empty buffer.
    init() {
        capacity = 1 << 16
        unsafe base = .allocate(capacity: capacity)
    }

    deinit {
        unsafe base.deallocate()
    }

    /// Makes room for `more` bytes, and for the slack behind them.
    func reserve(_ more: Int) {
        let needed = count + more + Self.slack
        guard needed > capacity else { return }
        let grown = max(needed, capacity + capacity / 2)
        let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
        unsafe larger.update(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = larger
        capacity = grown
    }

    /// Appends bytes.
    func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        unsafe bytes.withUnsafeBufferPointer { source in
            guard let start = source.baseAddress else { return }
            unsafe (base + count).update(from: start, count: source.count)
        }
        count += bytes.count
    }

    /// Lends the bytes.
    public func withBytes<Result, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try body(unsafe Span(_unsafeStart: base, count: count))
    }
}
