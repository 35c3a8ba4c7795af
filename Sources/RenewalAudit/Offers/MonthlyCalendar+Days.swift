import BillingValues

extension MonthlyCalendar {
    /// The first day behind an activation on which a period begins; nil beyond the calendar of the years.
    func firstDay(after activation: CivilDate) -> CivilDate? {
        guard let day = activation.addingMonths(0, anchorDay: day) else { return nil }
        return day > activation ? day : activation.addingMonths(1, anchorDay: self.day)
    }
}

extension CollectionDay {
    /// The day, counted from the month of another day; nil beyond the calendar of the years.
    func date(from day: CivilDate) -> CivilDate? { day.addingMonths(monthsAfter, anchorDay: self.day) }
}
