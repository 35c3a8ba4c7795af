/// The type of a field of a table schema, with what its type constrains.
enum FieldType: Sendable {
    case text(TextForm, enumeration: KeyTable?)
    case number(NumberType)
    case time(TimeType)
    /// With the words that stand for true and false.
    case boolean(KeyTable)
    case duration
    case json(JSONType)
    case geopoint(GeopointForm)
    case list(ListType)
    case any(enumeration: KeyTable?)

    /// What is wrong with a value that is there.
    @inline(__always)
    mutating func judge(_ value: Span<UInt8>) -> ValueFaults {
        switch self {
        case .text(let form, let enumeration):
            if form != .plain, !form.holds(value) { return .wrongType }
            return enumeration.map { $0.index(of: value) == nil } ?? false ? .notInEnumeration : []
        case .number(let type): return type.judge(value)
        case .time(var type):
            let faults = type.judge(value)
            self = .time(type)
            return faults
        case .boolean(let words): return words.index(of: value) == nil ? .wrongType : []
        case .duration: return DurationText.isDuration(value) ? [] : .wrongType
        case .json(let type): return type.judge(value)
        case .geopoint(let form): return form.holds(value) ? [] : .wrongType
        case .list(var type):
            let faults = type.judge(value)
            self = .list(type)
            return faults
        case .any(let enumeration):
            return enumeration.map { $0.index(of: value) == nil } ?? false ? .notInEnumeration : []
        }
    }
}

/// Durations of ISO 8601.
enum DurationText {
    /// Whether a text is `PnYnMnDTnHnMnS` with at least one part, in order, the last with decimals or not, or `PnW`.
    static func isDuration(_ text: Span<UInt8>) -> Bool {
        var index = text.isEmpty || text[0] != UInt8(ascii: "-") ? 0 : 1
        guard index < text.count, text[index] == UInt8(ascii: "P") else { return false }
        index += 1
        var letters = Array("YMWD".utf8)[...]
        var (hasPart, isTime, isOver) = (false, false, false)
        while index < text.count {
            if text[index] == UInt8(ascii: "T") {
                guard !isTime, index + 1 < text.count else { return false }
                isTime = true
                letters = Array("HMS".utf8)[...]
                index += 1
                continue
            }
            let first = index
            while index < text.count, ClockTime.digit(text[index]) != nil { index += 1 }
            guard index > first, !isOver else { return false }
            if index < text.count, text[index] == UInt8(ascii: ".") {
                let decimals = index + 1
                index = decimals
                while index < text.count, ClockTime.digit(text[index]) != nil { index += 1 }
                guard index > decimals else { return false }
                isOver = true
            }
            guard index < text.count, let place = letters.firstIndex(of: text[index]) else { return false }
            letters = letters[(place + 1)...]
            hasPart = true
            index += 1
        }
        return hasPart
    }
}
