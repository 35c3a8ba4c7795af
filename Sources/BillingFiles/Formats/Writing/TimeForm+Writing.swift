import BillingValues

extension TimeForm {
    /// Appends a day in this form; false where the form has no text for it.
    func write(day: CivilDate, fractionDigits: Int, to text: inout [UInt8]) -> Bool {
        // A day is no point in time, so nobody can say where else it was the same.
        guard place == nil || !pattern.hasOffset else { return false }
        guard let shifted = day.adding(days: -daysLater),
            let written = shifted.addingMonths(-monthsLater, anchorDay: shifted.day)
        else { return false }
        return pattern.write(written, secondOfDay: 0, offset: 0, fractionDigits: fractionDigits, to: &text)
    }

    /// Appends a point in time in this form; false where the form has no text for it.
    ///
    /// A time with an offset has none where local time is meant, and a time without one has no place in a form that
    /// states or implies an offset: either would be a guess.
    func write(
        _ time: CivilTimestamp, hasOffsetField: Bool, fractionDigits: Int, to made: inout InverseText
    ) -> Bool {
        var shown = time
        if hasOffsetField {
            guard let offset = time.offset else { return false }
            Self.append(offset: offset, hasColon: false, to: &made.companion)
        } else if pattern.hasOffset {
            guard let offset = time.offset else { return false }
            if pattern.isUniversal { shown = time.shifted(from: offset, to: 0) ?? time }
        } else if let place {
            guard let offset = time.offset, let instant = time.instant,
                let there = time.shifted(from: offset, to: place.rules.offset(at: instant))
            else { return false }
            shown = there
        } else if let implied = impliedOffset {
            guard let offset = time.offset, let there = time.shifted(from: offset, to: implied) else { return false }
            shown = there
        } else if time.offset != nil {
            return false
        }
        return pattern.write(
            shown.day, secondOfDay: Int(shown.secondOfDay), offset: shown.offset ?? 0, fractionDigits: fractionDigits,
            to: &made.text)
    }

    /// The offset that times in this form have without stating it, in seconds; nil where local time is meant.
    private var impliedOffset: Int32? {
        let bytes = Array(offset.utf8)
        var at = 0
        return bytes.isEmpty ? nil : TimePattern.offset(bytes.span, &at)
    }

    /// Appends an offset as +01:00 or +0100.
    static func append(offset: Int32, hasColon: Bool, to text: inout [UInt8]) {
        func two(_ number: UInt32) -> String { number < 10 ? "0\(number)" : "\(number)" }
        text.append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        text += "\(two(offset.magnitude / 3600))\(hasColon ? ":" : "")\(two(offset.magnitude / 60 % 60))".utf8
    }
}

extension CivilTimestamp {
    /// The same instant as clocks with another offset show it; nil where the calendar ends.
    func shifted(from offset: Int32, to other: Int32) -> CivilTimestamp? {
        let seconds = Int64(day.dayNumber) * 86_400 + Int64(secondOfDay) + Int64(other) - Int64(offset)
        let (days, rest) = (seconds / 86_400, seconds % 86_400)
        let (number, second) = rest < 0 ? (days - 1, rest + 86_400) : (days, rest)
        guard let day = CivilDate(dayNumber: Int32(clamping: number)) else { return nil }
        return CivilTimestamp(day: day, secondOfDay: Int32(clamping: second), offset: other)
    }
}

extension TimePattern {
    /// Whether what is written is always UTC: seconds since 1970, or a text that says so beside the offset.
    var isUniversal: Bool {
        if case .epoch = pieces.first { return true }
        let name = Array("UTC".utf8)
        let letters = pieces.map { piece -> UInt8 in if case .byte(let byte) = piece { byte } else { 0 } }
        return letters.indices.contains { letters[$0...].starts(with: name) }
    }

    /// Appends a point in time as the pattern has it; false where the pattern has no text for it.
    func write(
        _ day: CivilDate, secondOfDay: Int, offset: Int32, fractionDigits: Int, to text: inout [UInt8]
    ) -> Bool {
        let (year, month, dayOfMonth) = day.components
        func append(_ number: Int, _ digits: Int) {
            var reversed: [UInt8] = []
            var rest = number
            repeat {
                reversed.append(0x30 + UInt8(truncatingIfNeeded: rest % 10))
                rest /= 10
            } while rest > 0 || reversed.count < digits
            text.append(contentsOf: reversed.reversed())
        }
        for (place, piece) in pieces.enumerated() {
            switch piece {
            case .byte(let byte): text.append(byte)
            case .year: append(year, 4)
            case .shortYear:
                guard (2000...2099).contains(year) else { return false }
                append(year - 2000, 2)
            case .month(let isFixed): append(month, isFixed ? 2 : 1)
            case .monthName(let isShort):
                let name = Self.monthNames[month - 1]
                text += (isShort ? name.prefix(3) : name[...]).utf8
            case .day(let isFixed): append(dayOfMonth, isFixed ? 2 : 1)
            case .hour(let isFixed): append(secondOfDay / 3600, isFixed ? 2 : 1)
            case .minute: append(secondOfDay / 60 % 60, 2)
            case .second: append(secondOfDay % 60, 2)
            case .fraction: text.append(contentsOf: repeatElement(0x30, count: fractionDigits))
            case .offset:
                // Behind a blank stands +0000, as Go and mail have it; elsewhere the Z of ISO 8601.
                if place > 0, pieces[place - 1] == .byte(UInt8(ascii: " ")) {
                    TimeForm.append(offset: offset, hasColon: false, to: &text)
                } else if offset == 0 {
                    text.append(UInt8(ascii: "Z"))
                } else {
                    TimeForm.append(offset: offset, hasColon: true, to: &text)
                }
            case .epoch(let perSecond):
                let seconds = Int64(day.dayNumber) * 86_400 + Int64(secondOfDay)
                guard seconds >= 0 else { return false }
                text += "\(seconds * perSecond)".utf8
            }
        }
        return true
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ]
}
