/// How far the clocks of a place were, are and will be ahead of UTC.
///
/// The known changes come from a table; what comes after the last of them follows from a rule that recurs every year,
/// where there is one. Instants are seconds since 1970-01-01T00:00:00Z, leap seconds not counted; offsets are seconds ahead
/// of UTC.
public struct TimeZoneRules: Hashable, Sendable {
    /// A change of the offset at an instant.
    struct Transition: Hashable, Sendable {
        let instant: Int64
        let offset: Int32
    }

    /// A time in which the offset does not change.
    public struct Stretch: Hashable, Sendable {
        /// The offset.
        public let offset: Int32
        /// The first instant.
        public let from: Int64
        /// The instant behind the last one.
        public let until: Int64

        /// Whether an instant lies in it.
        public func contains(_ instant: Int64) -> Bool { from <= instant && instant < until }
    }

    /// The offset before the first transition.
    private let first: Int32

    /// The known changes, in their order.
    private let transitions: [Transition]

    /// What holds after the last transition; nil when nothing changes any more.
    private let recurring: RecurringZoneRule?

    init(first: Int32, transitions: [Transition], recurring: RecurringZoneRule?) {
        self.first = first
        self.transitions = transitions
        self.recurring = recurring
    }

    /// The offset at an instant.
    public func offset(at instant: Int64) -> Int32 { stretch(around: instant).offset }

    /// The day that a place with these rules has at an instant; nil outside the calendar.
    public func day(at instant: Int64) -> CivilDate? {
        Self.day(at: instant, offset: offset(at: instant))
    }

    /// The day at an instant of a clock that is some seconds ahead of UTC; nil outside the calendar.
    public static func day(at instant: Int64, offset: Int32) -> CivilDate? {
        let (local, overflow) = instant.addingReportingOverflow(Int64(offset))
        guard !overflow else { return nil }
        let days = local >= 0 ? local / 86_400 : (local + 1) / 86_400 - 1
        return Int32(exactly: days).flatMap { CivilDate(dayNumber: $0) }
    }

    /// A time around an instant in which the offset does not change; it need not be the longest one.
    ///
    /// O(log n) in the number of known changes.
    public func stretch(around instant: Int64) -> Stretch {
        var (low, high) = (0, transitions.count)
        while low < high {
            let middle = (low + high) / 2
            if transitions[middle].instant <= instant { low = middle + 1 } else { high = middle }
        }
        let from = low == 0 ? Int64.min : transitions[low - 1].instant
        if low == transitions.count, let recurring {
            let stretch = recurring.stretch(around: instant)
            return Stretch(offset: stretch.offset, from: max(stretch.from, from), until: stretch.until)
        }
        return Stretch(
            offset: low == 0 ? first : transitions[low - 1].offset, from: from,
            until: low == transitions.count ? .max : transitions[low].instant)
    }
}
