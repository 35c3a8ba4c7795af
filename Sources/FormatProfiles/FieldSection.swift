import BillingFiles
import SettingsText

/// The section `fields` of a profile: how each column of ours is filled.
enum FieldSection {
    static let keys = [
        "column", "join", "with", "constant", "place", "first-of", "when", "trim", "url-decode", "after", "before",
        "empty", "date", "zone", "day", "months-later", "days-later", "duration", "decimal", "group",
        "implied-decimals", "decimals-from", "decimals-of-currency", "negate", "round", "map", "otherwise",
    ]

    static func mappings(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> [FieldMapping] {
        guard let kind = context.kind, let entries = reader.entries(node) else { return [] }
        let known = kind.columns + kind.optionalColumns
        var mappings: [FieldMapping] = []
        for entry in entries {
            guard known.contains(entry.key) else {
                let near = NearWord.nearest(to: entry.key, in: known)
                reader.fault(
                    entry.value, found: "the column '\(entry.key)'",
                    expected: "one of " + known.joined(separator: ", "),
                    remedy: near.map { "did you mean '\($0)'?" } ?? "")
                continue
            }
            let ways = self.ways(entry.value, column: entry.key, &reader, &context)
            if !ways.isEmpty { mappings.append(FieldMapping(column: entry.key, ways: ways)) }
        }
        for needed in kind.neededColumns where !entries.contains(where: { $0.key == needed }) {
            reader.fault(
                node, found: "nothing for '\(needed)'", expected: "a value: every record of \(kind.rawValue) has one")
        }
        return mappings
    }

    private static func ways(
        _ node: SettingsNode, column: String, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> [ValueWay] {
        if case .text(let name) = node.content {
            guard !name.isEmpty else {
                reader.fault(node, expected: "the name of a field")
                return []
            }
            context.refer(to: name, at: node)
            return [ValueWay(parts: [.source(name)])]
        }
        guard let section = reader.mapping(node, keys: keys) else { return [] }
        if let list = section["first-of"] {
            return reader.list(list).flatMap { ways($0, column: column, &reader, &context) }
        }
        guard let parts = parts(section, &reader, &context) else { return [] }
        var way = ValueWay(parts: parts)
        way.condition = section["when"].flatMap { ConditionSection.condition($0, &reader, &context) }
        way.trimming.trims = section["trim"].flatMap { reader.flag($0) } ?? false
        way.trimming.decodesPercents = section["url-decode"].flatMap { reader.flag($0) } ?? false
        way.trimming.after = section["after"].flatMap { ByteSection.byte($0, &reader) }
        way.trimming.before = section["before"].flatMap { ByteSection.byte($0, &reader) }
        if let empty = section["empty"] { way.nothing = ConditionSection.texts(empty, &reader) }
        way.conversion = ConversionSection.conversion(section, column: column, &reader, &context)
        return [way]
    }

    /// Where the text of a value is: exactly one of the keys that say so.
    private static func parts(
        _ section: SettingsMapping, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> [ValueWay.Part]? {
        let places = ["column", "join", "constant", "place"].filter { section[$0] != nil }
        guard places.count == 1 else {
            reader.fault(
                section.node, found: places.isEmpty ? "no place of a value" : places.joined(separator: " and "),
                expected: "one of column, join, constant, place, first-of")
            return nil
        }
        if let node = section["column"] {
            return source(node, &reader, &context).map { [$0] }
        }
        if let node = section["constant"] { return reader.text(node).map { [.constant($0)] } }
        if let node = section["place"] { return reader.choice(node, ["true": [.place]]) }
        guard let join = section["join"] else { return nil }
        let between = section["with"].flatMap { node in reader.value(node, expected: "a text") { $0 } } ?? ""
        var parts: [ValueWay.Part] = []
        for node in reader.list(join) {
            let part: ValueWay.Part?
            if case .mapping = node.content {
                let constant = reader.mapping(node, keys: ["constant"])
                part = constant.flatMap { reader.require($0, "constant") }.flatMap { reader.text($0) }
                    .map { .constant($0) }
            } else {
                part = source(node, &reader, &context)
            }
            guard let part else { return nil }
            if !parts.isEmpty, !between.isEmpty { parts.append(.constant(between)) }
            parts.append(part)
        }
        return parts
    }

    private static func source(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> ValueWay.Part? {
        guard let name = reader.text(node) else { return nil }
        context.refer(to: name, at: node)
        return .source(name)
    }
}
