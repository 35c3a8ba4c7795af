/// A profile's mapping as it runs over records: names of foreign fields are numbers, and texts are bytes.
///
/// A row maker looks up `sources` once in its file, hands over their values record by record in that order, and
/// ``RecordMapper`` writes the row.
public struct MappingPlan: Sendable {
    /// The columns of the rows: those of the kind, then the optional ones that the profile fills.
    public let columns: [String]

    /// The names of the foreign fields that are needed, each once.
    public let sources: [String]

    /// Of each column, the foreign field that says most about it, for the place of a finding; nil where it is constant.
    public let mainSources: [Int?]

    /// The reasons for which records are left out.
    let skips: [(reason: String, condition: PlannedCondition)]

    /// The ways to the value of each column.
    let ways: [[PlannedWay]]

    /// The plan of a profile.
    public init(_ profile: FormatProfile) {
        var names = SourceNames()
        let filled = Set(profile.fields.map(\.column))
        columns = profile.kind.columns + profile.kind.optionalColumns.filter(filled.contains)
        var ways: [[PlannedWay]] = []
        var main: [Int?] = []
        for column in columns {
            let mapping = profile.fields.first { $0.column == column }
            let planned = (mapping?.ways ?? []).map { PlannedWay($0, column: column, &names) }
            main.append(planned.lazy.compactMap(\.firstSource).first)
            ways.append(planned)
        }
        self.ways = ways
        mainSources = main
        skips = profile.skips.map { ($0.reason, PlannedCondition($0.condition, &names)) }
        sources = names.all
    }
}

/// The names of foreign fields with their numbers.
struct SourceNames {
    private(set) var all: [String] = []
    private var numbers: [String: Int] = [:]

    /// The number of a name.
    mutating func number(_ name: String) -> Int {
        if let number = numbers[name] { return number }
        numbers[name] = all.count
        all.append(name)
        return all.count - 1
    }
}

/// A way to a value as it runs.
///
/// A class, for ways are looked at for every record: a structure would be copied with all that it holds.
final class PlannedWay: Sendable {
    enum Part: Sendable {
        case source(Int)
        case constant([UInt8])
        case place
    }

    let condition: PlannedCondition?
    let parts: [Part]
    let trimming: ValueTrimming
    let nothing: [[UInt8]]
    let conversion: PlannedConversion
    /// What a person reads of a value that is not as it should be.
    let expected: String

    // What is asked of every value is worked out once: asking the parts and the conversion counts references each time.

    /// The foreign field that is all of the text; nil where there are several parts.
    let onlySource: Int?

    /// Whether the value stands as it is in the row: no condition, nothing cut off, no conversion.
    let isPlainText: Bool

    /// Whether something may be cut off, or a text stands for no value.
    let isTrimmed: Bool

    /// Whether an empty value has a meaning, too.
    let readsNothing: Bool

    init(_ way: ValueWay, column: String, _ names: inout SourceNames) {
        condition = way.condition.map { PlannedCondition($0, &names) }
        parts = way.parts.map { part in
            switch part {
            case .source(let name): .source(names.number(name))
            case .constant(let text): .constant(Array(text.utf8))
            case .place: .place
            }
        }
        trimming = way.trimming
        nothing = way.nothing.sorted().map { Array($0.utf8) }
        conversion = PlannedConversion(way.conversion, column: column, &names)
        expected = way.conversion.wording
        if parts.count == 1, case .source(let number)? = parts.first {
            onlySource = number
        } else {
            onlySource = nil
        }
        isTrimmed = !trimming.isNone || !nothing.isEmpty
        readsNothing = conversion.readsNothing
        if case .text = conversion {
            isPlainText = condition == nil && onlySource != nil && !isTrimmed
        } else {
            isPlainText = false
        }
    }

    /// The first foreign field that is part of the text.
    var firstSource: Int? {
        for case .source(let number) in parts { return number }
        return nil
    }
}
