import BillingValues

extension InverseConversion {
    /// Writes the text that means a value; false where the format has none.
    ///
    /// - Parameter fractionDigits: how many zeros stand for a fraction of a second.
    func write(_ value: Span<UInt8>, fractionDigits: Int, to made: inout InverseText) -> Bool {
        switch self {
        case .text:
            for index in value.indices { made.text.append(value[index]) }
            return true
        case .words(let words, let known, let keepsOthers):
            if let (_, word) = words.first(where: { $0.meaning.span.isSame(as: value) }) {
                made.text += word
                return true
            }
            let other = value.bytesCopy
            guard keepsOthers, !known.contains(other) else { return false }
            made.text += other
            return true
        case .day(let form):
            guard let day = CivilDate.parse(value) else { return false }
            return form.write(day: day, fractionDigits: fractionDigits, to: &made.text)
        case .time(let form, let field):
            guard let time = CivilTimestamp.parse(value) else { return false }
            return form.write(time, hasOffsetField: field != nil, fractionDigits: fractionDigits, to: &made)
        case .duration(let form):
            guard let seconds = Self.count(value) else { return false }
            return form.write(seconds, to: &made.text)
        case .amount(let form, _):
            guard let amount = WrittenAmount(value) else { return false }
            var implied: Int?
            switch form.implied {
            case .count(let count)?: implied = count
            case .source?:
                implied = amount.decimals.count
                made.companion += "\(amount.decimals.count)".utf8
            case .currency?:
                guard let decimals = made.currencyDecimals else { return false }
                implied = decimals
            case nil: break
            }
            return amount.write(form, implied: implied, to: &made.text)
        }
    }

    /// A whole number of at most twelve digits, which every form of a duration has room for.
    private static func count(_ value: Span<UInt8>) -> Int64? {
        guard value.count > 0, value.count <= 12 else { return nil }
        var number: Int64 = 0
        for index in value.indices {
            let digit = value[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number * 10 + Int64(digit)
        }
        return number
    }
}

/// The parts of an amount of ours.
struct WrittenAmount {
    /// Whether it is below zero.
    var isNegative = false

    /// The digits before the point, without zeros in front but for the last one.
    var whole: [UInt8] = []

    /// The digits behind the point.
    var decimals: [UInt8] = []

    /// The parts of a text; nil when it is no amount with a decimal point.
    init?(_ text: Span<UInt8>) {
        var (at, hasPoint) = (0, false)
        if at < text.count, text[at] == UInt8(ascii: "-") || text[at] == UInt8(ascii: "+") {
            isNegative = text[at] == UInt8(ascii: "-")
            at += 1
        }
        while at < text.count {
            let byte = text[at]
            if byte == UInt8(ascii: "."), !hasPoint {
                hasPoint = true
            } else if byte &- UInt8(ascii: "0") <= 9 {
                if hasPoint { decimals.append(byte) } else { whole.append(byte) }
            } else {
                return nil
            }
            at += 1
        }
        guard !whole.isEmpty, hasPoint == !decimals.isEmpty else { return nil }
        while whole.count > 1, whole[0] == UInt8(ascii: "0") { whole.removeFirst() }
    }

    /// Whether it is nothing.
    private var isZero: Bool { whole.allSatisfy { $0 == 0x30 } && decimals.allSatisfy { $0 == 0x30 } }

    /// Appends the amount in a form; false where decimals would be lost.
    func write(_ form: AmountForm, implied: Int?, to text: inout [UInt8]) -> Bool {
        if isNegative != form.isNegated, !isZero { text.append(UInt8(ascii: "-")) }
        guard let implied else {
            text += whole
            if !decimals.isEmpty {
                text.append(form.decimalMark)
                text += decimals
            }
            return true
        }
        var digits = whole + decimals.prefix(implied)
        guard decimals.dropFirst(implied).allSatisfy({ $0 == 0x30 }) else { return false }
        digits.append(contentsOf: repeatElement(0x30, count: max(0, implied - decimals.count)))
        while digits.count > 1, digits[0] == 0x30 { digits.removeFirst() }
        text += digits
        return true
    }

    /// Whether two amounts are the same number.
    func isSame(as other: WrittenAmount) -> Bool {
        func plain(_ amount: WrittenAmount) -> ArraySlice<UInt8> {
            var decimals = amount.decimals[...]
            while decimals.last == 0x30 { decimals.removeLast() }
            return decimals
        }
        if isZero, other.isZero { return true }
        return isNegative == other.isNegative && whole == other.whole && plain(self) == plain(other)
    }
}

extension DurationForm {
    /// Appends a number of seconds in this form; false where only a rounded one could be written.
    func write(_ seconds: Int64, to text: inout [UInt8]) -> Bool {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        switch self {
        case .seconds: text += "\(seconds)".utf8
        case .milliseconds: text += "\(seconds)000".utf8
        case .minutes:
            // Twentieths of a minute are three seconds; any other number has no end of decimals.
            guard rest % 3 == 0 else { return false }
            text += "\(seconds / 60)".utf8
            if rest > 0 { text += ".\(two(rest / 3 * 5))".utf8 }
        case .clock: text += "\(two(hours)):\(two(minutes)):\(two(rest))".utf8
        case .digits: text += "\(two(hours))\(two(minutes))\(two(rest))".utf8
        case .digitsWithHundredths: text += "\(two(hours))\(two(minutes))\(two(rest))00".utf8
        case .go:
            if hours > 0 { text += "\(hours)h".utf8 }
            if hours > 0 || minutes > 0 { text += "\(minutes)m".utf8 }
            text += "\(rest)s".utf8
        }
        return true
    }
}
