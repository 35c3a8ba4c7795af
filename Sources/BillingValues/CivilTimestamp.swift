/// A day and a time of day as somebody wrote them, with the offset from UTC where one is written.
///
/// ```swift
/// let text = Array("2025-03-30T00:30:00+01:00".utf8)
/// CivilTimestamp.parse(text.span)?.day  // 2025-03-30
/// ```
public struct CivilTimestamp: Hashable, Sendable {
    /// The day as it is written.
    public let day: CivilDate

    /// The seconds since midnight as they are written, 0 to 86,399; fractions of seconds are left out.
    public let secondOfDay: Int32

    /// The seconds by which the written time is ahead of UTC, or nil where none are written.
    public let offset: Int32?

    /// A timestamp from its parts; nil unless the time is one of a day and the offset at most 14 hours.
    public init?(day: CivilDate, secondOfDay: Int32, offset: Int32?) {
        guard (0..<86_400).contains(secondOfDay), offset.map({ abs(Int($0)) <= 14 * 3600 }) ?? true else { return nil }
        self.day = day
        self.secondOfDay = secondOfDay
        self.offset = offset
    }

    /// The seconds since 1970-01-01T00:00:00Z, leap seconds not counted; nil where no offset is written.
    public var instant: Int64? {
        offset.map { Int64(day.dayNumber) * 86_400 + Int64(secondOfDay) - Int64($0) }
    }
}

/// What is wrong with a text that should be a timestamp.
public enum TimestampFault: Hashable, Sendable {
    /// It is not written as `YYYY-MM-DDThh:mm:ss`, with or without a fraction and an offset.
    case notATimestamp
    /// The calendar has no such day.
    case noSuchDay
    /// The day has no such time.
    case noSuchTime
    /// No place has such an offset from UTC.
    case noSuchOffset
}

extension CivilTimestamp {
    /// The timestamp written as `YYYY-MM-DDThh:mm:ss` in ASCII, with a blank in place of the `T` if need be, a fraction of
    /// a second, and `Z` or an offset like `+01:00`; or nil.
    ///
    /// Nothing else is taken: no 24:00:00, no leap second, no other separators, no time without seconds.
    public static func parse(_ text: Span<UInt8>) -> CivilTimestamp? {
        guard case .success(let timestamp) = read(text) else { return nil }
        return timestamp
    }

    /// The timestamp written in ASCII, or nil.
    public static func parse(_ text: [UInt8]) -> CivilTimestamp? { parse(text.span) }

    /// What keeps a text from being a timestamp; nil when `parse(_:)` takes it.
    public static func fault(in text: Span<UInt8>) -> TimestampFault? {
        guard case .failure(let fault) = read(text) else { return nil }
        return fault.fault
    }

    private struct Refusal: Error { let fault: TimestampFault }

    private static func read(_ text: Span<UInt8>) -> Result<CivilTimestamp, Refusal> {
        guard text.count >= 19, text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " "),
            text[13] == UInt8(ascii: ":"), text[16] == UInt8(ascii: ":"),
            let hour = twoDigits(text, at: 11), let minute = twoDigits(text, at: 14),
            let second = twoDigits(text, at: 17)
        else { return .failure(Refusal(fault: .notATimestamp)) }
        var end = 19
        if end < text.count, text[end] == decimalPoint {
            end += 1
            while end < text.count, asciiDigit(text[end]) != nil { end += 1 }
            guard end > 20 else { return .failure(Refusal(fault: .notATimestamp)) }
        }
        let date = text.extracting(0..<10)
        switch CivilDate.fault(in: date) {
        case .notADate: return .failure(Refusal(fault: .notATimestamp))
        case .noSuchDay: return .failure(Refusal(fault: .noSuchDay))
        case nil: break
        }
        var offset: Int32?
        if end < text.count {
            guard let read = Self.offset(text, at: end) else { return .failure(Refusal(fault: .notATimestamp)) }
            guard abs(Int(read.seconds)) <= 14 * 3600, read.minutes < 60 else {
                return .failure(Refusal(fault: .noSuchOffset))
            }
            offset = read.seconds
        }
        guard hour < 24, minute < 60, second < 60, let day = CivilDate.parse(date),
            let timestamp = CivilTimestamp(day: day, secondOfDay: hour * 3600 + minute * 60 + second, offset: offset)
        else { return .failure(Refusal(fault: .noSuchTime)) }
        return .success(timestamp)
    }

    /// The offset that fills the rest of a text, or nil if that is none.
    private static func offset(_ text: Span<UInt8>, at start: Int) -> (seconds: Int32, minutes: Int32)? {
        if text.count == start + 1, text[start] == UInt8(ascii: "Z") { return (0, 0) }
        guard text.count == start + 6, text[start + 3] == UInt8(ascii: ":"),
            let hours = twoDigits(text, at: start + 1), let minutes = twoDigits(text, at: start + 4)
        else { return nil }
        let seconds = hours * 3600 + minutes * 60
        switch text[start] {
        case UInt8(ascii: "+"): return (seconds, minutes)
        case hyphen: return (-seconds, minutes)
        default: return nil
        }
    }

    private static func twoDigits(_ text: Span<UInt8>, at place: Int) -> Int32? {
        guard let tens = asciiDigit(text[place]), let ones = asciiDigit(text[place + 1]) else { return nil }
        return Int32(tens) * 10 + Int32(ones)
    }
}
