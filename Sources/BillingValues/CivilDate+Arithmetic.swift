extension CivilDate {
    /// The day that lies a number of days later, or earlier when it is negative; nil outside 0001-01-01...9999-12-31.
    public func adding(days: Int) -> CivilDate? {
        let (sum, overflow) = Int(dayNumber).addingReportingOverflow(days)
        guard !overflow, let number = Int32(exactly: sum) else { return nil }
        return CivilDate(dayNumber: number)
    }

    /// The anchor day of the month that lies a number of months later, or earlier when it is negative.
    ///
    /// Only the month of this date counts. The anchor day, 1...31, is clamped to the end of the target month, so a
    /// subscription anchored on the 31st renews on 28 February and returns to 31 March. Nil when the target lies
    /// outside 0001-01-01...9999-12-31 or the anchor is no day of a month.
    ///
    /// - Parameters:
    ///   - months: The number of months to go forward.
    ///   - anchorDay: The day of the month to land on where the month has it.
    public func addingMonths(_ months: Int, anchorDay: Int) -> CivilDate? {
        guard (1...31).contains(anchorDay) else { return nil }
        let (target, overflow) = monthNumber.addingReportingOverflow(months)
        guard !overflow, (12..<120_000).contains(target) else { return nil }
        let year = target / 12
        let month = target % 12 + 1
        let day = min(anchorDay, CivilDate.daysInMonth(year: year, month: month))
        return CivilDate(validYear: year, month: month, day: day)
    }

    /// The number of days from another day to this one, negative when the other is later.
    public func days(since other: CivilDate) -> Int {
        Int(dayNumber) - Int(other.dayNumber)
    }
}
