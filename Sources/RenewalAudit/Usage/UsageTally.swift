/// What became of the usage records: every one in exactly one place.
public struct UsageTally: Hashable, Sendable {
    /// Of a line with service on that day.
    public var used = 0

    /// Of a line that had ended.
    public var ended = 0

    /// Of a number that no subscription had on that day.
    public var strangers = 0

    /// Of a subscription whose terms are not usable.
    public var unusable = 0

    /// Of other days than those of the window.
    public var outside = 0

    /// Rejected for a value.
    public var rejected = 0

    /// A tally of nothing.
    public init() {}

    /// Adds what another thread counted.
    public mutating func add(_ other: UsageTally) {
        used += other.used
        ended += other.ended
        strangers += other.strangers
        unusable += other.unusable
        outside += other.outside
        rejected += other.rejected
    }

    /// The places by name, in a fixed order.
    public var places: [(name: String, records: Int)] {
        [
            ("used", used), ("while_ended", ended), ("without_subscription", strangers), ("unusable_terms", unusable),
            ("outside_window", outside), ("rejected", rejected),
        ]
    }

    /// The sum over all places.
    public var total: Int { places.reduce(0) { $0 + $1.records } }
}
