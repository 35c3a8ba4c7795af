import BillingValues

/// Takes times as native files have them: `YYYY-MM-DDThh:mm:ss`, decimals of a second, and `Z` or an offset.
///
/// With another order of dates a blank may stand for the `T`.
struct TimestampCheck: ValueCheck {
    private var days: DateCheck

    init(order: DateOrder? = nil) {
        days = DateCheck(isRequired: true, order: order)
    }

    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        if value.isEmpty { return .missing }
        cell = Cell.unreadable
        guard let start = clockStart(value), value.count >= start + 8 else { return .notATime }
        var day = Cell.absent
        guard days.judge(value.extracting(0..<(start - 1)), &day).isEmpty,
            let time = ClockTime.seconds(value, at: start)
        else { return .notATime }
        var index = start + 8
        if index < value.count, value[index] == UInt8(ascii: ".") {
            let first = index + 1
            index = first
            while index < value.count, ClockTime.digit(value[index]) != nil { index += 1 }
            guard index > first else { return .notATime }
        }
        guard ClockTime.isOffset(value.extracting(index..<value.count)) else { return .notATime }
        cell = day * 86_400 + Int64(time)
        return []
    }

    /// Where the time of day begins.
    private func clockStart(_ value: Span<UInt8>) -> Int? {
        guard days.order != nil else { return value.count > 10 && value[10] == UInt8(ascii: "T") ? 11 : nil }
        let separators = value.indices.prefix(11).filter {
            value[$0] == UInt8(ascii: "T") || value[$0] == UInt8(ascii: " ")
        }
        return separators.first.map { $0 + 1 }
    }
}

/// Times of day and offsets in texts.
enum ClockTime {
    /// The seconds of the day of `hh:mm:ss` at an offset, which must have eight bytes behind it; nil if it is none.
    static func seconds(_ value: Span<UInt8>, at start: Int) -> Int? {
        guard value[start + 2] == UInt8(ascii: ":"), value[start + 5] == UInt8(ascii: ":"),
            let hours = number(value, at: start), hours < 24, let minutes = number(value, at: start + 3), minutes < 60,
            let seconds = number(value, at: start + 6), seconds < 60
        else { return nil }
        return hours * 3600 + minutes * 60 + seconds
    }

    /// Whether a text is nothing, `Z`, or an offset like `+02:00`.
    static func isOffset(_ text: Span<UInt8>) -> Bool {
        if text.isEmpty { return true }
        if text.count == 1 { return text[0] == UInt8(ascii: "Z") }
        guard text.count == 6, text[0] == UInt8(ascii: "+") || text[0] == UInt8(ascii: "-"),
            text[3] == UInt8(ascii: ":"), let hours = number(text, at: 1), let minutes = number(text, at: 4)
        else { return false }
        return hours < 24 && minutes < 60
    }

    /// The number of two digits at an offset.
    static func number(_ text: Span<UInt8>, at start: Int) -> Int? {
        guard let tens = digit(text[start]), let ones = digit(text[start + 1]) else { return nil }
        return tens * 10 + ones
    }

    /// The value of a digit.
    static func digit(_ byte: UInt8) -> Int? {
        let digit = byte &- UInt8(ascii: "0")
        return digit <= 9 ? Int(digit) : nil
    }
}
