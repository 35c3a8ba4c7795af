extension RecurringZoneRule {
    /// The rule written as the `TZ` variable of POSIX has it, with the extensions of RFC 9636: `CET-1CEST,M3.5.0,M10.5.0/3`.
    ///
    /// Nil for everything else, a summer time without its days included. Offsets reach to 24 hours, times of a change
    /// from -167 to 167 hours.
    init?(_ text: [UInt8]) {
        var reader = Reader(text)
        guard reader.skipName(), let behind = reader.duration(hours: 24) else { return nil }
        offset = Int32(truncatingIfNeeded: -behind)
        guard !reader.isAtEnd else {
            summer = nil
            return
        }
        guard reader.skipName() else { return nil }
        var summerOffset = Int(offset) + 3600
        if !reader.isAtEnd, reader.next != UInt8(ascii: ",") {
            guard let behind = reader.duration(hours: 24) else { return nil }
            summerOffset = -behind
        }
        guard reader.skip(","), let start = reader.change(), reader.skip(","), let end = reader.change(), reader.isAtEnd
        else { return nil }
        summer = SummerTime(offset: Int32(truncatingIfNeeded: summerOffset), start: start, end: end)
    }

    /// Reads the parts of a rule one behind the other.
    private struct Reader {
        private let text: [UInt8]
        private var place = 0

        init(_ text: [UInt8]) {
            self.text = text
        }

        var isAtEnd: Bool { place >= text.count }

        /// The next byte; 0 at the end.
        var next: UInt8 { isAtEnd ? 0 : text[place] }

        mutating func skip(_ character: Unicode.Scalar) -> Bool {
            guard next == UInt8(ascii: character) else { return false }
            place += 1
            return true
        }

        /// Skips the name of a time: three and more letters, or letters, digits and signs in angle brackets.
        mutating func skipName() -> Bool {
            let start = place
            if skip("<") {
                while !isAtEnd, next != UInt8(ascii: ">") {
                    guard Self.isLetter(next) || asciiDigit(next) != nil || next == hyphen || next == UInt8(ascii: "+")
                    else { return false }
                    place += 1
                }
                return skip(">") && place - start >= 5
            }
            while Self.isLetter(next) { place += 1 }
            return place - start >= 3
        }

        /// Hours, with minutes and seconds if need be, in seconds.
        mutating func duration(hours limit: Int) -> Int? {
            let isNegative = next == hyphen
            if isNegative || next == UInt8(ascii: "+") { place += 1 }
            guard let hours = number(upTo: limit) else { return nil }
            var seconds = hours * 3600
            if skip(":") {
                guard let minutes = number(upTo: 59) else { return nil }
                seconds += minutes * 60
                if skip(":") {
                    guard let rest = number(upTo: 59) else { return nil }
                    seconds += rest
                }
            }
            return isNegative ? -seconds : seconds
        }

        /// A day with the time of the change, 02:00 where none is written.
        mutating func change() -> Change? {
            guard let day = day() else { return nil }
            guard skip("/") else { return Change(day: day, second: 2 * 3600) }
            return duration(hours: 167).map { Change(day: day, second: $0) }
        }

        private mutating func day() -> Day? {
            if skip("J") {
                guard let day = number(upTo: 365), day >= 1 else { return nil }
                return .withoutLeapDay(day)
            }
            guard skip("M") else { return number(upTo: 365).map { .withLeapDay($0) } }
            guard let month = number(upTo: 12), month >= 1, skip("."), let week = number(upTo: 5), week >= 1, skip("."),
                let weekday = number(upTo: 6)
            else { return nil }
            return .weekday(weekday, week: week, month: month)
        }

        private mutating func number(upTo limit: Int) -> Int? {
            let start = place
            var number = 0
            while let digit = asciiDigit(next), place - start < 3 {
                number = number * 10 + Int(digit)
                place += 1
            }
            return place > start && number <= limit ? number : nil
        }

        private static func isLetter(_ byte: UInt8) -> Bool {
            let lower = byte | 0x20
            return lower >= UInt8(ascii: "a") && lower <= UInt8(ascii: "z")
        }
    }
}
