/// The lengths and first days of the months of the proleptic Gregorian calendar, by month number.
///
/// The same calendar as `CivilDate`, held to it by a test, in a form that the reading and matching of millions of
/// charges can use without a call across modules.
public enum MonthLength {
    /// The number of days in the month `year * 12 + month - 1`.
    @inlinable @inline(__always) public static func days(inMonth monthNumber: Int32) -> Int32 {
        let year = monthNumber / 12
        let month = monthNumber % 12
        if month == 1 { return year & 3 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28 }
        // 31 days: January to July every other month, from August on again.
        return 30 &+ ((month &+ 1 &+ (month >= 7 ? 1 : 0)) & 1)
    }

    /// The day number of the first day of the month `year * 12 + month - 1`, counted from 1970-01-01.
    @inlinable @inline(__always) public static func firstDay(ofMonth monthNumber: Int32) -> Int32 {
        // Years that begin in March put the leap day last, so that months before it need no correction.
        let shifted = monthNumber &- 2
        let year = shifted / 12
        let month = shifted % 12
        return year &* 365 &+ year / 4 &- year / 100 &+ year / 400 &+ (153 &* month &+ 2) / 5 &- 719_468
    }
}
