import BillingValues

extension PlannedConversion {
    /// Whether an empty value has a meaning, too.
    var readsNothing: Bool {
        guard case .words(let words, _) = self else { return false }
        return words.contains { $0.word.isEmpty }
    }

    /// Appends what a value means; false when it means nothing, and then some of it may have been appended.
    ///
    /// - Parameters:
    ///   - text: what the ranges of `values` are offsets in.
    ///   - values: the values of the record, for what the meaning depends on besides.
    @inline(__always)
    func append(
        _ value: Span<UInt8>, _ text: Span<UInt8>, _ values: [ValueRange], to row: inout RowText,
        isRounded: inout Bool
    ) -> Bool {
        switch self {
        case .text: row.append(field: value)
        case .day(let planned):
            guard var time = planned.form.pattern.read(value) else { return false }
            if let place = planned.form.place {
                guard let local = place.local(time) else { return false }
                time = local
            }
            guard let day = planned.form.day(of: time) else { return false }
            row.append(day: day)
        case .time(let planned):
            guard let time = planned.form.pattern.read(value), let day = planned.form.day(of: time) else {
                return false
            }
            row.append(day: day)
            row.append(clock: time)
            if let own = time.offset {
                row.append(offset: own)
            } else if let source = planned.offsetSource {
                let stated = text.extracting(values[source].range)
                var at = 0
                guard let offset = TimePattern.offset(stated, &at), at == stated.count else { return false }
                row.append(offset: offset)
            } else if let place = planned.form.place {
                switch place.offset(of: time) {
                // No clock there shows such a time.
                case .never, nil: return false
                case .once(let offset):
                    guard offset % 60 == 0 else { return false }
                    row.append(offset: offset)
                // Which of the two it is nobody can tell: it stays a local time.
                case .twice: break
                }
            } else {
                let offset = planned.offset
                row.append(offset.span)
            }
        case .duration(let form):
            guard let seconds = form.read(value) else { return false }
            isRounded = seconds.isRounded
            row.append(number: UInt64(seconds.count.magnitude), atLeast: 1)
        case .amount(let form, let source):
            guard let amount = ReadAmount(value, form, decimals: Self.decimals(form, source, text, values)) else {
                return false
            }
            isRounded = amount.isRounded
            amount.write(to: &row)
        case .words(let words, let otherwise):
            if let known = words.first(where: { $0.word.span.isSame(as: value) }) {
                row.append(field: known.meaning.span)
                return true
            }
            switch otherwise {
            case .rejected: return false
            case .same: row.append(field: value)
            case .text(let meaning):
                let bytes = Array(meaning.utf8)
                row.append(field: bytes.span)
            }
        }
        return true
    }

    private static func decimals(
        _ form: AmountForm, _ source: Int?, _ text: Span<UInt8>, _ values: [ValueRange]
    ) -> Int? {
        if case .count(let count)? = form.implied { return count }
        guard let source else { return nil }
        let stated = text.extracting(values[source].range)
        if case .currency? = form.implied { return Currency(bytes: stated)?.exponent }
        guard stated.count > 0, stated.count <= 2 else { return nil }
        var number = 0
        for index in stated.indices {
            let digit = stated[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int(digit)
        }
        return number
    }
}

extension TimeForm {
    /// The day that a text means; nil where the calendar has none such.
    func day(of time: ReadTime) -> CivilDate? {
        guard daysLater != 0 else { return writtenDay(of: time) }
        return writtenDay(of: time)?.adding(days: daysLater)
    }

    private func writtenDay(of time: ReadTime) -> CivilDate? {
        if monthsLater == 0, time.day > 0 {
            return CivilDate(year: time.year, month: time.month, day: time.day)
        }
        let months = time.year * 12 + time.month - 1 + monthsLater
        let (year, month) = (months / 12, months % 12 + 1)
        guard time.day == 0 else {
            // A day that the later month lacks is its last one, as it is for renewals.
            guard let written = CivilDate(year: time.year, month: time.month, day: time.day) else { return nil }
            return written.addingMonths(monthsLater, anchorDay: time.day)
        }
        guard (1...9999).contains(year) else { return nil }
        let last = CivilDate.daysInMonth(year: year, month: month)
        return CivilDate(year: year, month: month, day: dayOfMonth == .first ? 1 : last)
    }
}

extension RowText {
    /// Appends a day as YYYY-MM-DD.
    mutating func append(day: CivilDate) {
        let (year, month, dayOfMonth) = day.components
        append(number: UInt64(year.magnitude), atLeast: 4)
        append(UInt8(ascii: "-"))
        append(number: UInt64(month.magnitude), atLeast: 2)
        append(UInt8(ascii: "-"))
        append(number: UInt64(dayOfMonth.magnitude), atLeast: 2)
    }

    /// Appends a time of day as Thh:mm:ss.
    mutating func append(clock time: ReadTime) {
        append(UInt8(ascii: "T"))
        append(number: UInt64(time.hour.magnitude), atLeast: 2)
        append(UInt8(ascii: ":"))
        append(number: UInt64(time.minute.magnitude), atLeast: 2)
        append(UInt8(ascii: ":"))
        append(number: UInt64(time.second.magnitude), atLeast: 2)
    }

    /// Appends an offset from UTC in seconds: `Z`, or +hh:mm.
    mutating func append(offset: Int32) {
        guard offset != 0 else { return append(UInt8(ascii: "Z")) }
        append(offset < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        append(number: UInt64(offset.magnitude / 3600), atLeast: 2)
        append(UInt8(ascii: ":"))
        append(number: UInt64(offset.magnitude / 60 % 60), atLeast: 2)
    }
}
