/// The way back of a conversion: from a value of ours to the text that means it in a foreign file.
///
/// What is written is read again before it counts (``RecordComposer``), so a text is made here as well as it can be, and
/// whether it says exactly what was meant is seen there. What a case holds is a class, for the same reason as
/// `WritingWay`.
enum InverseConversion: Sendable {
    case text
    case day(WrittenTime)
    case time(WrittenTime)
    case duration(DurationForm)
    case amount(WrittenAmount)
    case words(WrittenWords)

    init(_ conversion: ValueConversion, column: String, _ names: inout SourceNames) {
        switch conversion {
        case .text: self = .text
        case .time(let form):
            guard NativeColumns.times.contains(column) else {
                self = .day(WrittenTime(form, offsetField: nil))
                return
            }
            self = .time(WrittenTime(form, offsetField: form.offsetSource.map { names.number($0) }))
        case .duration(let form): self = .duration(form)
        case .amount(let form): self = .amount(WrittenAmount(form, &names))
        case .words(let map): self = .words(WrittenWords(map))
        }
    }

    /// The field that the text's form depends on, where another column has to fill it first.
    var currencyField: Int? {
        guard case .amount(let amount) = self else { return nil }
        return amount.currencyField
    }

    /// The field that states how many decimals an amount has.
    var statedDecimals: Int? {
        guard case .amount(let amount) = self else { return nil }
        return amount.decimalsField
    }

    /// The field that is filled along with the text: the offset of a time, or the number of an amount's decimals.
    var companion: Int? {
        switch self {
        case .time(let time): time.offsetField
        case .amount(let amount): amount.decimalsField
        default: nil
        }
    }

    /// What a person reads of a value that has no text, where the conversion itself does not say all of it.
    var expected: String? {
        switch self {
        case .time(let time):
            "a time of the calendar \(time.isLocal ? "without" : "with") its offset from UTC, for "
                + time.form.pattern.text
        case .words(let words): words.expected
        case .text, .day, .duration, .amount: nil
        }
    }

    /// Whether the text is a number, which fills the width of a field with zeros in front.
    var isNumber: Bool {
        switch self {
        case .duration(let form): form != .go
        case .amount: true
        default: false
        }
    }

    /// Whether the text is always `true` or `false`.
    var isTruth: Bool {
        guard case .words(let words) = self else { return false }
        return words.areTruths
    }

    /// Whether zeros may follow the text, because it ends with a fraction of a second.
    var endsWithFraction: Bool {
        switch self {
        case .time(let time), .day(let time): time.form.pattern.pieces.last == .fraction
        default: false
        }
    }

    /// Whether the text is a day or a point in time.
    var isTime: Bool {
        switch self {
        case .day, .time: true
        default: false
        }
    }

    /// Appends the text that means a value; false where the format has none, and then some of it may have been appended.
    ///
    /// - Parameters:
    ///   - fractionDigits: how many zeros stand for a fraction of a second.
    ///   - currencyDecimals: how many decimals the currency of the record has, where the text depends on it.
    ///   - companion: takes what stands in the field that is filled along with the text.
    func write(
        _ value: Span<UInt8>, fractionDigits: Int, currencyDecimals: Int?, to text: inout RowText,
        _ companion: inout WrittenCompanion
    ) -> Bool {
        switch self {
        case .text:
            text.append(value)
            return true
        case .words(let words): return words.write(value, to: &text)
        case .day(let time): return time.writeDay(value, fractionDigits: fractionDigits, to: &text)
        case .time(let time): return time.write(value, fractionDigits: fractionDigits, to: &text, &companion)
        case .duration(let form):
            guard let seconds = Self.count(value) else { return false }
            return form.write(seconds, to: &text)
        case .amount(let amount):
            return amount.write(value, currencyDecimals: currencyDecimals, to: &text, &companion)
        }
    }

    /// A whole number of at most twelve digits, which every form of a duration has room for.
    private static func count(_ value: Span<UInt8>) -> UInt64? {
        guard value.count > 0, value.count <= 12 else { return nil }
        var number: UInt64 = 0
        for index in value.indices {
            let digit = value[index] &- UInt8(ascii: "0")
            guard digit <= 9 else { return nil }
            number = number &* 10 &+ UInt64(digit)
        }
        return number
    }
}

/// What stands in the field that is filled along with a text.
enum WrittenCompanion {
    case nothing
    /// The offset of a time from UTC, in seconds.
    case offset(Int32)
    /// How many decimals an amount has.
    case decimals(Int)

    /// Appends the text of the field.
    func write(to text: inout RowText) {
        switch self {
        case .nothing: break
        case .offset(let offset): text.append(writtenOffset: offset, hasColon: false)
        case .decimals(let count): text.append(number: UInt64(count.magnitude), atLeast: 1)
        }
    }
}

/// Words with what they mean, looked up by the meaning.
final class WrittenWords: Sendable {
    private let words: [(meaning: [UInt8], word: [UInt8])]
    private let keepsOthers: Bool

    /// Whether the words are `true` and `false`.
    let areTruths: Bool

    init(_ map: WordMap) {
        // Of several words with one meaning the one that the profile names first is written, none at all only if there
        // is no other.
        let order = map.order + map.words.keys.filter { !map.order.contains($0) }.sorted()
        words = (order.filter { !$0.isEmpty } + order.filter(\.isEmpty)).compactMap { word in
            map.words[word].map { (Array($0.utf8), Array(word.utf8)) }
        }
        if case .same = map.otherwise { keepsOthers = true } else { keepsOthers = false }
        areTruths = !keepsOthers && !words.isEmpty && map.words.keys.allSatisfy { $0 == "true" || $0 == "false" }
    }

    /// What has a word, for a value that has none; nil where others stand as they are.
    var expected: String? {
        if keepsOthers { return nil }
        let meanings = Set(words.map { String(decoding: $0.meaning, as: UTF8.self) }).sorted()
        return (meanings.count == 1 ? "'\(meanings[0])'" : "one of \(meanings.joined(separator: ", "))")
            + ", for which the format has a word"
    }

    /// Appends the word for a meaning; false where there is none.
    func write(_ value: Span<UInt8>, to text: inout RowText) -> Bool {
        let words = words
        for index in words.indices {
            let meaning = words[index].meaning
            guard meaning.span.isSame(as: value) else { continue }
            let word = words[index].word
            text.append(word.span)
            return true
        }
        guard keepsOthers else { return false }
        for index in words.indices {
            let word = words[index].word
            if word.span.isSame(as: value) { return false }
        }
        text.append(value)
        return true
    }
}
