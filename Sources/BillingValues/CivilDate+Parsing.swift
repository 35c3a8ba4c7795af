/// What is wrong with a text that should be a date.
public enum CivilDateFault: Hashable, Sendable {
    /// The text is not four digits, a hyphen, two digits, a hyphen and two digits, all in ASCII.
    case notADate

    /// The text has the form of a date, but the calendar has no such day, as in 2023-02-29 or 0000-01-01.
    case noSuchDay
}

extension CivilDate {
    /// The day written as `YYYY-MM-DD` in ASCII (the extended calendar date of ISO 8601), or nil.
    ///
    /// Nothing else is taken: no spaces, no sign, no time, no other separators or digits. `fault(in:)` tells why a
    /// text was refused.
    public static func parse(_ text: Span<UInt8>) -> CivilDate? {
        guard let (year, month, day) = components(writtenIn: text) else { return nil }
        return CivilDate(year: year, month: month, day: day)
    }

    /// The day written as `YYYY-MM-DD` in ASCII, or nil.
    public static func parse(_ text: [UInt8]) -> CivilDate? {
        parse(text.span)
    }

    /// Makes the day written as `YYYY-MM-DD` in ASCII; nil for any other text and for days that do not exist.
    public init?(_ text: String) {
        guard let date = CivilDate.parse(Array(text.utf8)) else { return nil }
        self = date
    }

    /// What keeps a text from being a date; nil when `parse(_:)` takes it.
    public static func fault(in text: Span<UInt8>) -> CivilDateFault? {
        guard let (year, month, day) = components(writtenIn: text) else { return .notADate }
        return CivilDate(year: year, month: month, day: day) == nil ? .noSuchDay : nil
    }

    /// The three numbers of a text of the right form, whether or not they name a real day.
    private static func components(writtenIn text: Span<UInt8>) -> (year: Int, month: Int, day: Int)? {
        guard text.count == 10, text[4] == hyphen, text[7] == hyphen,
            let year = number(in: text, from: 0, to: 4),
            let month = number(in: text, from: 5, to: 7),
            let day = number(in: text, from: 8, to: 10)
        else { return nil }
        return (year, month, day)
    }

    private static func number(in text: Span<UInt8>, from start: Int, to end: Int) -> Int? {
        var number = 0
        for index in start..<end {
            guard let digit = asciiDigit(text[index]) else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }
}
