import BillingValues

extension TimeForm {
    /// What a text says, part by part.
    private struct Reading {
        var year = 1970
        var month = 1
        var day = 1
        var dayOfYear: Int?
        var hour = 0
        var isAfternoon: Bool?
        var minute = 0
        var second = 0
        var microsecond = 0
        /// In minutes east of UTC.
        var offset = 0
    }

    /// The microseconds from 1970-01-01 on; nil when the text has another form, or no such day or time exists.
    func microseconds(_ text: Span<UInt8>) -> Int64? {
        var reading = Reading()
        var index = 0
        for part in parts { guard take(part, text, &index, &reading) else { return nil } }
        guard index == text.count else { return nil }
        return Self.microseconds(reading)
    }

    private func take(_ part: Part, _ text: Span<UInt8>, _ index: inout Int, _ reading: inout Reading) -> Bool {
        switch part {
        case .literal(let byte):
            guard index < text.count, text[index] == byte else { return false }
            index += 1
            return true
        case .year: return Self.number(text, &index, 4, 1...9999, &reading.year)
        case .shortYear:
            guard Self.number(text, &index, 2, 0...99, &reading.year) else { return false }
            // The turn of POSIX: 69 to 99 are of the last century.
            reading.year += reading.year < 69 ? 2000 : 1900
            return true
        case .month: return Self.number(text, &index, 2, 1...12, &reading.month)
        case .day: return Self.number(text, &index, 2, 1...31, &reading.day)
        case .dayOfYear:
            var day = 0
            guard Self.number(text, &index, 3, 1...366, &day) else { return false }
            reading.dayOfYear = day
            return true
        case .hour: return Self.number(text, &index, 2, 0...23, &reading.hour)
        case .hourOfTwelve: return Self.number(text, &index, 2, 1...12, &reading.hour)
        case .minute: return Self.number(text, &index, 2, 0...59, &reading.minute)
        case .second: return Self.number(text, &index, 2, 0...59, &reading.second)
        case .fraction: return Self.fraction(text, &index, &reading.microsecond)
        case .optionalFraction:
            guard index < text.count, text[index] == UInt8(ascii: ".") else { return true }
            index += 1
            return Self.fraction(text, &index, &reading.microsecond)
        case .halfDay:
            guard index + 2 <= text.count, text[index + 1] | 0x20 == UInt8(ascii: "m") else { return false }
            let letter = text[index] | 0x20
            guard letter == UInt8(ascii: "a") || letter == UInt8(ascii: "p") else { return false }
            reading.isAfternoon = letter == UInt8(ascii: "p")
            index += 2
            return true
        case .offset: return Self.offset(text, &index, &reading.offset)
        case .optionalOffset: return index == text.count || Self.offset(text, &index, &reading.offset)
        }
    }

    private static func number(
        _ text: Span<UInt8>, _ index: inout Int, _ digits: Int, _ range: ClosedRange<Int>, _ value: inout Int
    ) -> Bool {
        guard index + digits <= text.count else { return false }
        var number = 0
        for place in index..<(index + digits) {
            guard let digit = ClockTime.digit(text[place]) else { return false }
            number = number * 10 + digit
        }
        index += digits
        value = number
        return range.contains(number)
    }

    private static func fraction(_ text: Span<UInt8>, _ index: inout Int, _ microsecond: inout Int) -> Bool {
        let first = index
        var (value, scale) = (0, 100_000)
        while index < text.count, index - first < 9, let digit = ClockTime.digit(text[index]) {
            value += digit * scale
            scale /= 10
            index += 1
        }
        microsecond = value
        return index > first
    }

    private static func offset(_ text: Span<UInt8>, _ index: inout Int, _ minutes: inout Int) -> Bool {
        guard index < text.count else { return false }
        if text[index] == UInt8(ascii: "Z") {
            index += 1
            return true
        }
        let isWest = text[index] == UInt8(ascii: "-")
        guard isWest || text[index] == UInt8(ascii: "+") else { return false }
        index += 1
        var (hours, rest) = (0, 0)
        guard number(text, &index, 2, 0...23, &hours) else { return false }
        if index < text.count, text[index] == UInt8(ascii: ":") { index += 1 }
        guard number(text, &index, 2, 0...59, &rest) else { return false }
        minutes = (hours * 60 + rest) * (isWest ? -1 : 1)
        return true
    }

    private static func microseconds(_ reading: Reading) -> Int64? {
        var hour = reading.hour
        if let isAfternoon = reading.isAfternoon { hour = hour % 12 + (isAfternoon ? 12 : 0) }
        let first = reading.dayOfYear == nil ? (reading.month, reading.day) : (1, 1)
        guard let date = CivilDate(year: reading.year, month: first.0, day: first.1) else { return nil }
        var day = Int64(date.dayNumber)
        if let dayOfYear = reading.dayOfYear {
            guard dayOfYear <= (CivilDate.isLeapYear(reading.year) ? 366 : 365) else { return nil }
            day += Int64(dayOfYear - 1)
        }
        let minutes = (day * 24 + Int64(hour)) * 60 + Int64(reading.minute - reading.offset)
        return (minutes * 60 + Int64(reading.second)) * 1_000_000 + Int64(reading.microsecond)
    }
}
