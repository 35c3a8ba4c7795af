import BillingValues

/// A day or a point in time of ours as a form of a foreign file has it.
final class WrittenTime: Sendable {
    let form: TimeForm

    /// The field that is filled with the offset from UTC.
    let offsetField: Int?

    /// Whether times have no offset, neither stated nor implied.
    let isLocal: Bool

    private let isUniversal: Bool
    private let impliedOffset: Int32?

    init(_ form: TimeForm, offsetField: Int?) {
        self.form = form
        self.offsetField = offsetField
        isUniversal = form.pattern.isUniversal
        let offset = Array(form.offset.utf8)
        var at = 0
        impliedOffset = offset.isEmpty ? nil : TimePattern.offset(offset.span, &at)
        isLocal = offsetField == nil && !form.pattern.hasOffset && offset.isEmpty && form.place == nil
    }

    /// Appends a day; false where it is none, or the form has no text for it.
    func writeDay(_ value: Span<UInt8>, fractionDigits: Int, to text: inout RowText) -> Bool {
        // A day is no point in time, so nobody can say where else it was the same.
        guard form.place == nil || !form.pattern.hasOffset else { return false }
        guard let day = CivilDate.parse(value), let earlier = day.adding(days: -form.daysLater),
            let written = earlier.addingMonths(-form.monthsLater, anchorDay: earlier.day)
        else { return false }
        return form.pattern.write(written, secondOfDay: 0, offset: 0, fractionDigits: fractionDigits, to: &text)
    }

    /// Appends a point in time; false where it is none, or the form has no text for it.
    ///
    /// A time with an offset has none where local time is meant, and a time without one has no place in a form that
    /// states or implies an offset: either would be a guess.
    func write(
        _ value: Span<UInt8>, fractionDigits: Int, to text: inout RowText, _ companion: inout WrittenCompanion
    ) -> Bool {
        guard var time = CivilTimestamp.parse(value) else { return false }
        // Of the times of a place those of an hour that a night shows twice have no offset.
        guard (time.offset == nil) == isLocal || form.place != nil && !form.pattern.hasOffset else { return false }
        if let offset = time.offset {
            let place = form.place.flatMap { place in time.instant.map { place.rules.offset(at: $0) } }
            if offsetField != nil {
                companion = .offset(offset)
            } else if let other = form.pattern.hasOffset ? (isUniversal ? 0 : offset) : impliedOffset ?? place {
                guard let there = time.shifted(from: offset, to: other) else { return false }
                time = there
            } else {
                return false
            }
        }
        return form.pattern.write(
            time.day, secondOfDay: Int(time.secondOfDay), offset: time.offset ?? 0, fractionDigits: fractionDigits,
            to: &text)
    }
}

extension CivilTimestamp {
    /// The same instant as clocks with another offset show it; nil where the calendar ends.
    fileprivate func shifted(from offset: Int32, to other: Int32) -> CivilTimestamp? {
        if offset == other { return self }
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
    fileprivate func write(
        _ day: CivilDate, secondOfDay: Int, offset: Int32, fractionDigits: Int, to text: inout RowText
    ) -> Bool {
        let (year, month, dayOfMonth) = day.components
        var last: Piece?
        for piece in pieces {
            switch piece {
            case .byte(let byte): text.append(byte)
            case .year: text.append(number: UInt64(year.magnitude), atLeast: 4)
            case .shortYear:
                guard year >= 2000, year <= 2099 else { return false }
                text.append(number: UInt64((year - 2000).magnitude), atLeast: 2)
            case .month(let isFixed): text.append(number: UInt64(month.magnitude), atLeast: isFixed ? 2 : 1)
            case .monthName(let isShort):
                let name = Self.monthNames[month - 1]
                text.append(isShort ? name.span.extracting(first: 3) : name.span)
            case .day(let isFixed): text.append(number: UInt64(dayOfMonth.magnitude), atLeast: isFixed ? 2 : 1)
            case .hour(let isFixed):
                text.append(number: UInt64(secondOfDay.magnitude) / 3600, atLeast: isFixed ? 2 : 1)
            case .minute: text.append(number: UInt64(secondOfDay.magnitude) / 60 % 60, atLeast: 2)
            case .second: text.append(number: UInt64(secondOfDay.magnitude) % 60, atLeast: 2)
            case .fraction: text.append(number: 0, atLeast: fractionDigits)
            case .offset:
                // Behind a blank stands +0000, as Go and mail have it; elsewhere the Z of ISO 8601.
                if last == .byte(UInt8(ascii: " ")) {
                    text.append(writtenOffset: offset, hasColon: false)
                } else if offset == 0 {
                    text.append(UInt8(ascii: "Z"))
                } else {
                    text.append(writtenOffset: offset, hasColon: true)
                }
            case .epoch(let perSecond):
                let seconds = Int64(day.dayNumber) * 86_400 + Int64(secondOfDay)
                guard seconds >= 0 else { return false }
                text.append(number: (seconds * perSecond).magnitude, atLeast: 1)
            }
            last = piece
        }
        return true
    }

    private static let monthNames = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
        "December",
    ].map { Array($0.utf8) }
}

extension RowText {
    /// Appends an offset from UTC in seconds as +01:00 or +0100.
    mutating func append(writtenOffset offset: Int32, hasColon: Bool) {
        append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        append(number: UInt64(offset.magnitude / 3600), atLeast: 2)
        if hasColon { append(UInt8(ascii: ":")) }
        append(number: UInt64(offset.magnitude / 60 % 60), atLeast: 2)
    }
}
