public import BillingValues

/// A date of a record in a batch, kept both as a day number and as month and day.
///
/// Matching asks every charge on which cycle its period starts. Cycles of days need the day number, cycles of months
/// the month and the day in it; keeping both saves the calendar conversion for every charge.
public struct BatchDate: Hashable, Sendable {
    /// Days since 1970-01-01; `Int32.min` for no date.
    public let dayNumber: Int32

    /// `year * 12 + month - 1` in the upper 27 bits, the day of the month in the lower 5.
    public let monthAndDay: UInt32

    /// No date: the field was empty.
    public static let none = BatchDate(dayNumber: .min, monthAndDay: 0)

    /// A date from parts that the caller has checked to agree.
    @inlinable public init(dayNumber: Int32, monthAndDay: UInt32) {
        self.dayNumber = dayNumber
        self.monthAndDay = monthAndDay
    }

    /// The batch form of a civil date.
    public init(_ date: CivilDate) {
        dayNumber = date.dayNumber
        monthAndDay = UInt32(truncatingIfNeeded: date.monthNumber) << 5 | UInt32(truncatingIfNeeded: date.day)
    }

    /// Whether there is a date at all.
    @inlinable public var isPresent: Bool { dayNumber != .min }

    /// `year * 12 + month - 1`.
    @inlinable public var monthNumber: Int32 { Int32(truncatingIfNeeded: monthAndDay >> 5) }

    /// The day of the month, from 1.
    @inlinable public var dayOfMonth: Int32 { Int32(truncatingIfNeeded: monthAndDay & 31) }

    /// The civil date, or nil for no date.
    public var date: CivilDate? { isPresent ? CivilDate(dayNumber: dayNumber) : nil }
}
