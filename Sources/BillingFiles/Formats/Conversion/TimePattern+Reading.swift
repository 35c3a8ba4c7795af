import BillingValues

/// A point in time as a text has it; parts that the pattern lacks are zero.
struct ReadTime {
    /// The year; after an epoch those of the day in UTC.
    var year = 0
    var month = 1
    /// The day of the month; 0 where the text names none.
    var day = 0
    var hour = 0
    var minute = 0
    var second = 0
    /// The seconds by which the written time is ahead of UTC, nil where none are written.
    var offset: Int32?
}

extension TimePattern {
    /// Whether a text is a time of the calendar, written so.
    public func isTime(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard let time = read(bytes.span) else { return false }
        return TimeForm(self).day(of: time) != nil
    }

    /// Reads the whole of a text; nil when it is not written so.
    ///
    /// Whether the calendar has the day is not asked here.
    func read(_ text: Span<UInt8>) -> ReadTime? {
        var time = ReadTime()
        var at = 0
        for piece in pieces {
            switch piece {
            case .byte(let byte):
                guard at < text.count, text[at] == byte else { return nil }
                at += 1
            case .year:
                guard let year = Self.digits(text, &at, 4...4) else { return nil }
                time.year = year
            case .shortYear:
                guard let year = Self.digits(text, &at, 2...2) else { return nil }
                time.year = 2000 + year
            case .month(let isFixed):
                guard let month = Self.digits(text, &at, isFixed ? 2...2 : 1...2) else { return nil }
                time.month = month
            case .monthName(let isShort):
                guard let month = Self.month(text, &at, isShort: isShort) else { return nil }
                time.month = month
            case .day(let isFixed):
                guard let day = Self.digits(text, &at, isFixed ? 2...2 : 1...2), day > 0 else { return nil }
                time.day = day
            case .hour(let isFixed):
                guard let hour = Self.digits(text, &at, isFixed ? 2...2 : 1...2), hour < 24 else { return nil }
                time.hour = hour
            case .minute:
                guard let minute = Self.digits(text, &at, 2...2), minute < 60 else { return nil }
                time.minute = minute
            case .second:
                guard let second = Self.digits(text, &at, 2...2), second < 60 else { return nil }
                time.second = second
            case .fraction: guard Self.digits(text, &at, 1...9) != nil else { return nil }
            case .offset:
                guard let offset = Self.offset(text, &at) else { return nil }
                time.offset = offset
            case .epoch(let perSecond):
                guard let read = Self.epoch(text, perSecond: perSecond) else { return nil }
                time = read
                at = text.count
            }
        }
        guard at == text.count, time.month >= 1, time.month <= 12 else { return nil }
        return time
    }

    /// A number of so many digits, as many as there are.
    @inline(__always)
    private static func digits(_ text: Span<UInt8>, _ at: inout Int, _ count: ClosedRange<Int>) -> Int? {
        var (number, read) = (0, 0)
        while read < count.upperBound, at < text.count {
            let digit = text[at] &- UInt8(ascii: "0")
            guard digit <= 9 else { break }
            number = number &* 10 &+ Int(digit)
            read &+= 1
            at &+= 1
        }
        return read >= count.lowerBound ? number : nil
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ].map { Array($0.utf8) }

    private static func month(_ text: Span<UInt8>, _ at: inout Int, isShort: Bool) -> Int? {
        let names = months
        for index in names.indices {
            let length = isShort ? 3 : names[index].count
            guard text.count - at >= length,
                (0..<length).allSatisfy({ text[at + $0] | 0x20 == names[index][$0] })
            else { continue }
            at += length
            return index + 1
        }
        return nil
    }

    /// `Z`, `+hh:mm` or `+hhmm`, in seconds.
    static func offset(_ text: Span<UInt8>, _ at: inout Int) -> Int32? {
        guard at < text.count else { return nil }
        let sign = text[at]
        at += 1
        if sign == UInt8(ascii: "Z") { return 0 }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-") else { return nil }
        guard let hours = digits(text, &at, 2...2) else { return nil }
        if at < text.count, text[at] == UInt8(ascii: ":") { at += 1 }
        guard let minutes = digits(text, &at, 2...2), minutes < 60, hours * 60 + minutes <= 14 * 60 else { return nil }
        let seconds = Int32(truncatingIfNeeded: hours * 3600 + minutes * 60)
        return sign == UInt8(ascii: "-") ? -seconds : seconds
    }

    private static func epoch(_ text: Span<UInt8>, perSecond: Int64) -> ReadTime? {
        // Fifteen digits are milliseconds until the year 33658; longer numbers are none of either.
        guard text.count > 0, text.count <= 15 else { return nil }
        var number: Int64 = 0
        for index in text.indices {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ Int64(digit)
        }
        let seconds = number / perSecond
        guard let day = CivilDate(dayNumber: Int32(clamping: seconds / 86_400)) else { return nil }
        let ofDay = Int(seconds % 86_400)
        return ReadTime(
            year: Int(day.year), month: Int(day.month), day: Int(day.day), hour: ofDay / 3600,
            minute: ofDay / 60 % 60, second: ofDay % 60, offset: 0)
    }
}
