/// What the clocks of a place make of a local time.
public enum LocalTimeOffset: Hashable, Sendable {
    /// They show it once, so many seconds ahead of UTC.
    case once(Int32)
    /// They show it twice, in a night in which they are set back.
    case twice
    /// They never show it: they are set forward over it.
    case never
}

extension TimeZoneRules {
    /// What the clocks make of a local time.
    ///
    /// - Parameter local: the seconds since 1970-01-01T00:00:00 that the clocks themselves show.
    public func offset(atLocal local: Int64) -> LocalTimeOffset {
        // No offset is larger than 26 hours.
        let reach: Int64 = 26 * 3600
        let (first, underflow) = local.subtractingReportingOverflow(reach)
        let (last, overflow) = local.addingReportingOverflow(reach)
        guard !underflow, !overflow else { return .never }
        var fitting: Set<Int32> = []
        var instant = first
        while instant <= last {
            let stretch = stretch(around: instant)
            if stretch.contains(local - Int64(stretch.offset)) { fitting.insert(stretch.offset) }
            guard stretch.until > instant else { break }
            instant = stretch.until
        }
        guard let only = fitting.first else { return .never }
        return fitting.count == 1 ? .once(only) : .twice
    }
}
