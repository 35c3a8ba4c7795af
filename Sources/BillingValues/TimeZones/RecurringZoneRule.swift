/// The offset of a place whose clocks change on the same days of every year, or never.
struct RecurringZoneRule: Hashable, Sendable {
    /// A day of every year.
    enum Day: Hashable, Sendable {
        /// The day 1 to 365 of a year; 29 February is not counted.
        case withoutLeapDay(Int)
        /// The day 0 to 365 of a year; 29 February is counted.
        case withLeapDay(Int)
        /// The first to fourth, or the last (5), of a weekday (0 is Sunday) in a month.
        case weekday(Int, week: Int, month: Int)
    }

    /// A change on a day of every year, some seconds after its midnight (before it, if negative).
    struct Change: Hashable, Sendable {
        let day: Day
        let second: Int
    }

    /// The summer time of a place: its offset, and when it begins and ends.
    struct SummerTime: Hashable, Sendable {
        let offset: Int32
        /// In standard time.
        let start: Change
        /// In summer time.
        let end: Change
    }

    /// The standard offset.
    let offset: Int32

    /// The summer time, if there is one.
    let summer: SummerTime?

    /// A time around an instant in which the offset does not change.
    func stretch(around instant: Int64) -> TimeZoneRules.Stretch {
        guard let summer, let today = TimeZoneRules.day(at: instant, offset: offset) else {
            return TimeZoneRules.Stretch(offset: offset, from: .min, until: .max)
        }
        // Changes may lie up to a week beside their year, so the years around are looked at as well.
        var changes: [(instant: Int64, isStart: Bool)] = []
        for year in (today.year - 2)...(today.year + 2) {
            if let start = summer.start.instant(year: year, offset: offset) { changes.append((start, true)) }
            if let end = summer.end.instant(year: year, offset: summer.offset) { changes.append((end, false)) }
        }
        // Where one summer time ends as the next begins, it is summer time.
        changes.sort { $0.instant == $1.instant ? !$0.isStart && $1.isStart : $0.instant < $1.instant }
        guard let last = changes.lastIndex(where: { $0.instant <= instant }) else {
            return TimeZoneRules.Stretch(offset: offset, from: .min, until: changes.first?.instant ?? .max)
        }
        return TimeZoneRules.Stretch(
            offset: changes[last].isStart ? summer.offset : offset, from: changes[last].instant,
            until: last + 1 < changes.count ? changes[last + 1].instant : .max)
    }
}

extension RecurringZoneRule.Change {
    /// The instant of the change in a year, where clocks are some seconds ahead of UTC before it; nil beyond the calendar.
    fileprivate func instant(year: Int, offset: Int32) -> Int64? {
        day.date(year: year).map { Int64($0.dayNumber) * 86_400 + Int64(second) - Int64(offset) }
    }
}

extension RecurringZoneRule.Day {
    /// The day in a year.
    fileprivate func date(year: Int) -> CivilDate? {
        switch self {
        case .withoutLeapDay(let day):
            let leap = CivilDate.isLeapYear(year) && day >= 60 ? 1 : 0
            return CivilDate(year: year, month: 1, day: 1)?.adding(days: day - 1 + leap)
        case .withLeapDay(let day): return CivilDate(year: year, month: 1, day: 1)?.adding(days: day)
        case .weekday(let weekday, let week, let month):
            guard let first = CivilDate(year: year, month: month, day: 1) else { return nil }
            // 1970-01-01 was a Thursday, weekday 4.
            let firstWeekday = ((Int(first.dayNumber) + 4) % 7 + 7) % 7
            var day = (weekday - firstWeekday + 7) % 7 + (week - 1) * 7
            while day >= CivilDate.daysInMonth(year: year, month: month) { day -= 7 }
            return first.adding(days: day)
        }
    }
}
