/// An amount of ours as a form of a foreign file has it.
final class WrittenAmount: Sendable {
    let form: AmountForm

    /// The field with the currency that says how many decimals there are.
    let currencyField: Int?

    /// The field that is filled with the number of decimals.
    let decimalsField: Int?

    private let implied: Int?

    init(_ form: AmountForm, _ names: inout SourceNames) {
        self.form = form
        switch form.implied {
        case .count(let count)?: (implied, currencyField, decimalsField) = (count, nil, nil)
        case .source(let name)?: (implied, currencyField, decimalsField) = (nil, nil, names.number(name))
        case .currency(let name)?: (implied, currencyField, decimalsField) = (nil, names.number(name), nil)
        case nil: (implied, currencyField, decimalsField) = (nil, nil, nil)
        }
    }

    /// Appends an amount; false where it is none, or where decimals would be lost.
    func write(
        _ value: Span<UInt8>, currencyDecimals: Int?, to text: inout RowText, _ companion: inout WrittenCompanion
    ) -> Bool {
        guard let amount = AmountText(value) else { return false }
        if amount.isNegative != form.isNegated, !amount.isZero(value) { text.append(UInt8(ascii: "-")) }
        guard currencyField != nil || decimalsField != nil || implied != nil else {
            text.append(value.extracting(amount.whole))
            if !amount.decimals.isEmpty {
                text.append(form.decimalMark)
                text.append(value.extracting(amount.decimals))
            }
            return true
        }
        var count = amount.decimals.count
        if decimalsField != nil, currencyDecimals == nil {
            companion = .decimals(count)
        } else {
            guard let stated = implied ?? currencyDecimals else { return false }
            count = stated
        }
        for index in amount.decimals.dropFirst(count) where value[index] != UInt8(ascii: "0") { return false }
        // Zeros in front are none of the number; the last digit stands in any case.
        var hasDigit = false
        for index in amount.whole where hasDigit || value[index] != UInt8(ascii: "0") {
            text.append(value[index])
            hasDigit = true
        }
        for index in amount.decimals.prefix(count) where hasDigit || value[index] != UInt8(ascii: "0") {
            text.append(value[index])
            hasDigit = true
        }
        if hasDigit {
            for _ in 0..<max(0, count - amount.decimals.count) { text.append(UInt8(ascii: "0")) }
        } else {
            text.append(UInt8(ascii: "0"))
        }
        return true
    }
}

/// The parts of an amount of ours, as ranges of its text.
struct AmountText {
    /// Whether it is below zero.
    var isNegative = false

    /// The digits before the point, without zeros in front but for the last one.
    var whole = 0..<0

    /// The digits behind the point.
    var decimals = 0..<0

    /// The parts of a text; nil when it is no amount with a decimal point.
    init?(_ text: Span<UInt8>) {
        var start = 0
        if start < text.count, text[start] == UInt8(ascii: "-") || text[start] == UInt8(ascii: "+") {
            isNegative = text[start] == UInt8(ascii: "-")
            start += 1
        }
        var end = start
        while end < text.count, text[end] &- UInt8(ascii: "0") <= 9 { end += 1 }
        guard end > start else { return nil }
        while start + 1 < end, text[start] == UInt8(ascii: "0") { start += 1 }
        whole = start..<end
        guard end < text.count else { return }
        guard text[end] == UInt8(ascii: "."), end + 1 < text.count else { return nil }
        decimals = (end + 1)..<text.count
        for index in decimals where text[index] &- UInt8(ascii: "0") > 9 { return nil }
    }

    /// Whether it is nothing.
    func isZero(_ text: Span<UInt8>) -> Bool {
        for index in whole where text[index] != UInt8(ascii: "0") { return false }
        for index in decimals where text[index] != UInt8(ascii: "0") { return false }
        return true
    }

    /// Whether two texts are the same number.
    static func areSame(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Bool {
        guard let left = AmountText(one), let right = AmountText(other) else { return false }
        if left.isZero(one), right.isZero(other) { return true }
        return left.isNegative == right.isNegative
            && one.extracting(left.whole).isSame(as: other.extracting(right.whole))
            && one.extracting(left.telling(one)).isSame(as: other.extracting(right.telling(other)))
    }

    /// The decimals without zeros behind them.
    private func telling(_ text: Span<UInt8>) -> Range<Int> {
        var end = decimals.upperBound
        while end > decimals.lowerBound, text[end - 1] == UInt8(ascii: "0") { end -= 1 }
        return decimals.lowerBound..<end
    }
}

extension DurationForm {
    /// Appends a number of seconds in this form; false where only a rounded one could be written.
    func write(_ seconds: UInt64, to text: inout RowText) -> Bool {
        let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60)
        let colon = UInt8(ascii: ":")
        switch self {
        case .seconds: text.append(number: seconds, atLeast: 1)
        case .milliseconds: text.append(number: seconds * 1000, atLeast: 1)
        case .minutes:
            // Twentieths of a minute are three seconds; any other number has no end of decimals.
            guard rest % 3 == 0 else { return false }
            if rest == 0 {
                text.append(number: seconds / 60, atLeast: 1)
            } else {
                text.append(number: seconds / 60 * 100 + rest / 3 * 5, atLeast: 3, pointBefore: 2)
            }
        case .clock:
            text.append(number: hours, atLeast: 2)
            text.append(colon)
            text.append(number: minutes, atLeast: 2)
            text.append(colon)
            text.append(number: rest, atLeast: 2)
        case .digits, .digitsWithHundredths:
            text.append(number: hours * 10_000 + minutes * 100 + rest, atLeast: 6)
            if self == .digitsWithHundredths { text.append(number: 0, atLeast: 2) }
        case .go:
            if hours > 0 {
                text.append(number: hours, atLeast: 1)
                text.append(UInt8(ascii: "h"))
            }
            if hours > 0 || minutes > 0 {
                text.append(number: minutes, atLeast: 1)
                text.append(UInt8(ascii: "m"))
            }
            text.append(number: rest, atLeast: 1)
            text.append(UInt8(ascii: "s"))
        }
        return true
    }
}
