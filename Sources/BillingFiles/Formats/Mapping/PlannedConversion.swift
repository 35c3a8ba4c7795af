import BillingValues

/// A conversion as it runs over values.
enum PlannedConversion: Sendable {
    case text
    case day(PlannedTime)
    case time(PlannedTime)
    case duration(DurationForm)
    case amount(AmountForm, decimalsSource: Int?)
    case words([(word: [UInt8], meaning: [UInt8])], otherwise: WordMap.Otherwise)

    init(_ conversion: ValueConversion, column: String, _ names: inout SourceNames) {
        switch conversion {
        case .text: self = .text
        case .time(let form):
            guard NativeColumns.times.contains(column) else {
                self = .day(PlannedTime(form))
                return
            }
            self = .time(PlannedTime(form, offsetSource: form.offsetSource.map { names.number($0) }))
        case .duration(let form): self = .duration(form)
        case .amount(let form):
            var source: Int?
            switch form.implied {
            case .source(let name)?, .currency(let name)?: source = names.number(name)
            case .count?, nil: break
            }
            self = .amount(form, decimalsSource: source)
        case .words(let map):
            self = .words(
                map.words.sorted { $0.key < $1.key }.map { (Array($0.key.utf8), Array($0.value.utf8)) },
                otherwise: map.otherwise)
        }
    }
}

/// How a time is read, as a class for the same reason as `PlannedWay`.
final class PlannedTime: Sendable {
    let form: TimeForm
    /// What is written behind a time without an offset of its own.
    let offset: [UInt8]
    /// The foreign field with the offset of the record.
    let offsetSource: Int?

    init(_ form: TimeForm, offsetSource: Int? = nil) {
        self.form = form
        offset = Array(form.offset.utf8)
        self.offsetSource = offsetSource
    }
}

extension NativeColumns {
    /// The columns that hold points in time; all other columns of time hold days.
    static let times: Set<String> = ["started_at"]
}

extension ValueConversion {
    /// What a person reads of a value that is not as it should be.
    var wording: String {
        switch self {
        case .text: "a text"
        case .time(let form): "a time of the calendar as \(form.pattern.text)"
        case .duration(let form): "a duration as \(form.rawValue)"
        case .amount(let form):
            switch form.implied {
            case nil: "an amount with '\(Character(Unicode.Scalar(form.decimalMark)))' before its decimals"
            case .count(let count): "an amount in digits, the last \(count) of them decimals"
            case .source(let name): "an amount in digits, with as many decimals as \(name) says"
            case .currency(let name): "an amount in digits, with as many decimals as the currency in \(name) has"
            }
        case .words(let map): "one of " + map.words.keys.sorted().joined(separator: ", ")
        }
    }
}
