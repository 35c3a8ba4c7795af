/// The way back of a conversion: from a value of ours to the text that means it in a foreign file.
///
/// What is written is read again before it counts (``RecordComposer``), so a text is made here as well as it can be, and
/// whether it says exactly what was meant is seen there.
enum InverseConversion: Sendable {
    case text
    case day(TimeForm)
    case time(TimeForm, offsetField: Int?)
    case duration(DurationForm)
    case amount(AmountForm, decimalsField: Int?)
    case words([(meaning: [UInt8], word: [UInt8])], known: Set<[UInt8]>, keepsOthers: Bool)

    init(_ conversion: ValueConversion, column: String, _ names: inout SourceNames) {
        switch conversion {
        case .text: self = .text
        case .time(let form):
            guard NativeColumns.times.contains(column) else {
                self = .day(form)
                return
            }
            self = .time(form, offsetField: form.offsetSource.map { names.number($0) })
        case .duration(let form): self = .duration(form)
        case .amount(let form):
            var field: Int?
            switch form.implied {
            case .source(let name)?, .currency(let name)?: field = names.number(name)
            case .count?, nil: break
            }
            self = .amount(form, decimalsField: field)
        case .words(let map):
            let words = map.words.sorted { ($0.key.isEmpty ? 1 : 0, $0.key) < ($1.key.isEmpty ? 1 : 0, $1.key) }
            var others = false
            if case .same = map.otherwise { others = true }
            self = .words(
                words.map { (Array($0.value.utf8), Array($0.key.utf8)) }, known: Set(words.map { Array($0.key.utf8) }),
                keepsOthers: others)
        }
    }

    /// The field that the text's form depends on, where another column has to fill it first.
    var currencyField: Int? {
        guard case .amount(let form, let field) = self, case .currency? = form.implied else { return nil }
        return field
    }

    /// The field that is filled along with the text: the offset of a time, or the number of an amount's decimals.
    var companion: Int? {
        switch self {
        case .time(_, let field): field
        case .amount(let form, let field):
            if case .source? = form.implied { field } else { nil }
        default: nil
        }
    }

    /// What a person reads of a value that has no text, where the conversion itself does not say all of it.
    var expected: String? {
        guard case .time(let form, let field) = self else { return nil }
        let isLocal = field == nil && !form.pattern.hasOffset && form.offset.isEmpty && form.place == nil
        return "a time of the calendar \(isLocal ? "without" : "with") its offset from UTC, for \(form.pattern.text)"
    }

    /// Whether the text is a number, which fills the width of a field with zeros in front.
    var isNumber: Bool {
        switch self {
        case .duration(let form): form != .go
        case .amount: true
        default: false
        }
    }

    /// Whether zeros may follow the text, because it ends with a fraction of a second.
    var endsWithFraction: Bool {
        switch self {
        case .time(let form, _), .day(let form): form.pattern.pieces.last == .fraction
        default: false
        }
    }
}

/// A text, and what stands in the field that is filled along with it.
struct InverseText {
    /// The text.
    var text: [UInt8] = []

    /// What the companion of the conversion holds.
    var companion: [UInt8] = []

    /// How many decimals the currency of the record has, where the text depends on it.
    var currencyDecimals: Int?

    /// Nothing yet.
    mutating func removeAll() {
        text.removeAll(keepingCapacity: true)
        companion.removeAll(keepingCapacity: true)
        currencyDecimals = nil
    }
}
