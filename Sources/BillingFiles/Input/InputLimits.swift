/// How much an input may hold before reading stops: the guard against files made to exhaust the machine.
public struct InputLimits: Hashable, Sendable {
    /// Most bytes that one input may yield, after decompression.
    public var expandedBytes: UInt64

    /// Most bytes that one compressed byte may yield on average, once `freeBytes` have been yielded.
    public var expansionRatio: UInt64

    /// Bytes that a compressed input may yield whatever its ratio, so that a small regular file is not suspected.
    public var freeBytes: UInt64

    /// Makes limits; those left out are 1 TiB, 1000 to 1, and 16 MiB.
    public init(expandedBytes: UInt64 = 1 << 40, expansionRatio: UInt64 = 1000, freeBytes: UInt64 = 16 << 20) {
        self.expandedBytes = expandedBytes
        self.expansionRatio = expansionRatio
        self.freeBytes = freeBytes
    }

    /// The limit that `produced` bytes out of `consumed` compressed ones break, in words, or nil.
    ///
    /// `consumed` is nil for a plain file, which cannot expand.
    func limitBroken(produced: UInt64, consumed: UInt64?) -> String? {
        if produced > expandedBytes { return "\(expandedBytes) bytes" }
        guard let consumed, produced > freeBytes else { return nil }
        let (allowed, overflow) = consumed.multipliedReportingOverflow(by: expansionRatio)
        guard !overflow, produced - freeBytes > allowed else { return nil }
        return "\(expansionRatio) times its size"
    }
}
