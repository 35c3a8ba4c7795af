extension DurationForm {
    /// A duration in whole seconds.
    struct Seconds {
        var count: Int64
        /// Whether a fraction was rounded, a half up.
        var isRounded = false
    }

    /// Reads the whole of a text; nil when it is not written so.
    func read(_ text: Span<UInt8>) -> Seconds? {
        switch self {
        case .seconds: return Self.decimal(text, perUnit: 1)
        case .minutes: return Self.decimal(text, perUnit: 60)
        case .milliseconds:
            guard let number = Self.number(text, 0..<text.count, 1...15) else { return nil }
            return Self.rounded(number, by: 1000)
        case .clock: return Self.clock(text)
        case .digits:
            guard text.count >= 5 else { return nil }
            return Self.digits(text, text.count)
        case .digitsWithHundredths:
            guard text.count >= 7, let hundredths = Self.number(text, (text.count - 2)..<text.count, 2...2),
                var seconds = Self.digits(text, text.count - 2)
            else { return nil }
            if hundredths >= 50 { seconds.count += 1 }
            seconds.isRounded = hundredths > 0
            return seconds
        case .go: return Self.go(text)
        }
    }

    /// A number of digits in a range of a text.
    private static func number(_ text: Span<UInt8>, _ range: Range<Int>, _ lengths: ClosedRange<Int>) -> Int64? {
        guard lengths.contains(range.count), range.upperBound <= text.count else { return nil }
        var number: Int64 = 0
        for index in range {
            let digit = text[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ Int64(digit)
        }
        return number
    }

    private static func rounded(_ number: Int64, by divisor: Int64) -> Seconds {
        let (whole, rest) = number.quotientAndRemainder(dividingBy: divisor)
        return Seconds(count: rest * 2 >= divisor ? whole + 1 : whole, isRounded: rest != 0)
    }

    private static func decimal(_ text: Span<UInt8>, perUnit: Int64) -> Seconds? {
        var point = 0
        while point < text.count, text[point] != UInt8(ascii: ".") { point += 1 }
        guard let whole = number(text, 0..<point, 1...12) else { return nil }
        guard point < text.count else { return Seconds(count: whole * perUnit) }
        // Nine decimals at most: with the factor they fit 64 bits by far.
        guard let part = number(text, (point + 1)..<text.count, 1...9) else { return nil }
        var scale: Int64 = 1
        for _ in (point + 1)..<text.count { scale *= 10 }
        let rest = rounded(part * perUnit, by: scale)
        return Seconds(count: whole * perUnit + rest.count, isRounded: rest.isRounded)
    }

    private static func clock(_ text: Span<UInt8>) -> Seconds? {
        let length = text.count
        guard length >= 7, text[length - 3] == UInt8(ascii: ":"), text[length - 6] == UInt8(ascii: ":"),
            let hours = number(text, 0..<(length - 6), 1...9),
            let minutes = number(text, (length - 5)..<(length - 3), 2...2), minutes < 60,
            let seconds = number(text, (length - 2)..<length, 2...2), seconds < 60
        else { return nil }
        return Seconds(count: hours * 3600 + minutes * 60 + seconds)
    }

    private static func digits(_ text: Span<UInt8>, _ end: Int) -> Seconds? {
        guard let hours = number(text, 0..<(end - 4), 1...9),
            let minutes = number(text, (end - 4)..<(end - 2), 2...2), minutes < 60,
            let seconds = number(text, (end - 2)..<end, 2...2), seconds < 60
        else { return nil }
        return Seconds(count: hours * 3600 + minutes * 60 + seconds)
    }

    /// Hours, minutes, seconds and milliseconds in this order, each at most once.
    ///
    /// A number without a unit is of seconds, as the systems that write such durations have it.
    private static func go(_ text: Span<UInt8>) -> Seconds? {
        var (at, total, isRounded) = (0, Int64(0), false)
        var last = 4
        guard text.count > 0 else { return nil }
        while at < text.count {
            let start = at
            while at < text.count, text[at] &- UInt8(ascii: "0") <= 9 || text[at] == UInt8(ascii: ".") { at += 1 }
            let numberEnd = at
            while at < text.count, (text[at] | 0x20) &- UInt8(ascii: "a") <= 25 { at += 1 }
            let unit = text.extracting(numberEnd..<at)
            let number = text.extracting(start..<numberEnd)
            let rank: Int
            let part: Seconds?
            switch (unit.count, unit.count > 0 ? unit[0] : 0) {
            case (1, UInt8(ascii: "h")): (rank, part) = (3, decimal(number, perUnit: 3600))
            case (1, UInt8(ascii: "m")): (rank, part) = (2, decimal(number, perUnit: 60))
            case (1, UInt8(ascii: "s")): (rank, part) = (1, decimal(number, perUnit: 1))
            case (0, _) where start == 0: (rank, part) = (0, decimal(number, perUnit: 1))
            case (2, UInt8(ascii: "m")) where unit[1] == UInt8(ascii: "s"):
                (rank, part) = (0, Self.milliseconds.read(number))
            default: return nil
            }
            guard rank < last, let part else { return nil }
            last = rank
            total += part.count
            isRounded = isRounded || part.isRounded
        }
        return Seconds(count: total, isRounded: isRounded)
    }
}
