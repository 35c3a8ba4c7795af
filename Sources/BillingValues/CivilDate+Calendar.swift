// Days are counted from 0000-03-01 inside this file: with March as the first month the leap day is the last day of
// the year, and the lengths of the months follow (153 * month + 2) / 5. An era is 400 years, after which the
// Gregorian calendar repeats to the day.

private let daysPerEra = 146_097

/// The day number of 0000-03-01, with its sign turned.
private let daysFromMarchOfYearZero = 719_468

extension CivilDate {
    /// Makes the day of a year (1...9999), month (1...12) and day of the month; nil unless it is a real day.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month) else { return nil }
        guard day >= 1, day <= CivilDate.daysInMonth(year: year, month: month) else { return nil }
        self.init(validYear: year, month: month, day: day)
    }

    /// Trusts its caller: the three numbers must name a real day of the years 1...9999.
    init(validYear year: Int, month: Int, day: Int) {
        let monthFromMarch = (month + 9) % 12
        let yearFromMarch = month <= 2 ? year - 1 : year
        let era = yearFromMarch / 400
        let yearOfEra = yearFromMarch % 400
        let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(validDayNumber: Int32(era * daysPerEra + dayOfEra - daysFromMarchOfYearZero))
    }

    /// The year (1...9999), month (1...12) and day of the month (1...31), computed together.
    ///
    /// Cheaper than asking for the three one by one.
    public var components: (year: Int, month: Int, day: Int) {
        // Never negative, as the first day there is lies after 0000-03-01. The divisions by the average lengths of a
        // century, a year and a month are those of Neri and Schneider, "Euclidean affine functions and their application
        // to calendar algorithms" (2022): each yields quotient and remainder of one multiplication. No step overflows,
        // for there are less than 2^22 days.
        let days = UInt32(truncatingIfNeeded: Int(dayNumber) &+ daysFromMarchOfYearZero)
        let quarterDays = 4 &* days &+ 3
        let century = quarterDays / UInt32(daysPerEra)
        let quartersOfCentury = quarterDays % UInt32(daysPerEra) | 3
        // 2^32 / 1461, rounded up: the upper half is the year of the century, the lower one the share of it that is over.
        let years = UInt64(quartersOfCentury) &* 2_939_745
        let dayOfYear = UInt32(truncatingIfNeeded: years) / 2_939_745 / 4
        // 2^16 / 30.6, the average length of the months from March to January; the offset makes March month 3.
        let months = 2_141 &* dayOfYear &+ 197_913
        let isAfterYearEnd = dayOfYear >= 306
        let year = 100 &* century &+ UInt32(truncatingIfNeeded: years >> 32) &+ (isAfterYearEnd ? 1 : 0)
        let month = (months >> 16) &- (isAfterYearEnd ? 12 : 0)
        let day = (months & 0xFFFF) / 2_141 &+ 1
        return (Int(year), Int(month), Int(day))
    }

    /// The year, 1...9999.
    public var year: Int { components.year }

    /// The month, 1...12.
    public var month: Int { components.month }

    /// The day of the month, 1...31.
    public var day: Int { components.day }

    /// The number of months from the start of the year 0 to the start of this day's month: year * 12 + month - 1.
    ///
    /// The difference of two month numbers is the number of month boundaries between two days.
    public var monthNumber: Int {
        let (year, month, _) = components
        return year * 12 + month - 1
    }

    /// Whether a year has a 29 February in the proleptic Gregorian calendar.
    public static func isLeapYear(_ year: Int) -> Bool {
        year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    }

    /// The number of days in a month of a year, 28...31; 0 when the month is not one of 1...12.
    public static func daysInMonth(year: Int, month: Int) -> Int {
        switch month {
        case 2: isLeapYear(year) ? 29 : 28
        case 4, 6, 9, 11: 30
        case 1, 3, 5, 7, 8, 10, 12: 31
        default: 0
        }
    }
}
