import BillingValues

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The day of the machine's clock.
enum SystemDay {
    /// The day in UTC; the last there is for a clock beyond the calendar.
    static var today: CivilDate {
        let seconds = time(nil)
        let days = seconds >= 0 ? seconds / 86_400 : (seconds - 86_399) / 86_400
        return CivilDate(dayNumber: Int32(clamping: days)) ?? .latest
    }
}
