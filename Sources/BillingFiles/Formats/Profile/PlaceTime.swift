public import BillingValues

/// The clocks of a place whose time a foreign file shows.
public struct PlaceTime: Hashable, Sendable {
    /// The name of the time zone, such as `Europe/Rome`.
    public let name: String

    /// How its clocks run.
    public let rules: TimeZoneRules

    /// The time of a place.
    public init(name: String, rules: TimeZoneRules) {
        self.name = name
        self.rules = rules
    }
}

extension PlaceTime {
    /// The seconds since 1970-01-01T00:00:00 that a written time shows; nil where the calendar has no such day.
    private static func seconds(_ time: ReadTime) -> Int64? {
        CivilDate(year: time.year, month: time.month, day: time.day).map { day in
            Int64(day.dayNumber) * 86_400 + Int64(time.hour * 3600 + time.minute * 60 + time.second)
        }
    }

    /// What the clocks make of a time without an offset; nil where the calendar has no such day.
    func offset(of time: ReadTime) -> LocalTimeOffset? { Self.seconds(time).map { rules.offset(atLocal: $0) } }

    /// The day that the place has at a time with an offset of its own; of others the day that is written.
    func local(_ time: ReadTime) -> ReadTime? {
        guard let own = time.offset, time.day > 0 else { return time }
        guard let seconds = Self.seconds(time), let day = rules.day(at: seconds - Int64(own)) else { return nil }
        var local = time
        local.offset = nil
        (local.year, local.month, local.day) = (Int(day.year), Int(day.month), Int(day.day))
        return local
    }
}
