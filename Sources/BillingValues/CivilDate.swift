/// A day of the proleptic Gregorian calendar, without a time and without a time zone.
///
/// The value is a count of days, so comparing, sorting and subtracting are one integer operation; year, month and
/// day are computed when they are asked for. Only the days that ISO 8601 writes with four year digits and no sign
/// exist: 0001-01-01 to 9999-12-31.
///
/// ```swift
/// let due = CivilDate(year: 2025, month: 1, day: 31)
/// due?.addingMonths(1, anchorDay: 31)?.description  // "2025-02-28"
/// ```
public struct CivilDate: Hashable, Comparable, Sendable {
    /// The number of days since 1970-01-01, negative before it.
    public let dayNumber: Int32

    /// The first day there is, 0001-01-01.
    public static let earliest = CivilDate(validDayNumber: -719_162)

    /// The last day there is, 9999-12-31.
    public static let latest = CivilDate(validDayNumber: 2_932_896)

    /// Makes the day that lies a number of days after 1970-01-01; nil outside 0001-01-01...9999-12-31.
    public init?(dayNumber: Int32) {
        guard CivilDate.earliest.dayNumber <= dayNumber, dayNumber <= CivilDate.latest.dayNumber else { return nil }
        self.init(validDayNumber: dayNumber)
    }

    /// Trusts its caller: the number must lie between those of `earliest` and `latest`.
    init(validDayNumber: Int32) {
        self.dayNumber = validDayNumber
    }

    /// Whether the first day lies before the second.
    public static func < (earlier: CivilDate, later: CivilDate) -> Bool {
        earlier.dayNumber < later.dayNumber
    }
}
