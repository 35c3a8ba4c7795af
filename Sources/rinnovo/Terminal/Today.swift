// Unsafe code: structures lent to the C library.
import BillingValues

#if canImport(Glibc)
    import Glibc
#else
    import Darwin
#endif

/// The day by the clock and the time zone of this machine.
enum Today {
    /// The day now; the calendar's first day should the clock be out of all bounds.
    static var civilDate: CivilDate {
        var seconds = time(nil)
        var parts = unsafe tm()
        guard unsafe localtime_r(&seconds, &parts) != nil,
            let date = unsafe CivilDate(
                year: Int(parts.tm_year) + 1900, month: Int(parts.tm_mon) + 1, day: Int(parts.tm_mday))
        else { return .earliest }
        return date
    }
}
