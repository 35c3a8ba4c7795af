import BillingFiles
import BillingValues
import SettingsText

/// Conditions on records: `when` in layouts, skips and ways to a value.
enum ConditionSection {
    static let keys = [
        "column", "equals", "begins", "empty", "precedes", "looks", "time", "valid-from", "valid-to", "any", "not",
    ]

    static func condition(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> RecordCondition? {
        if case .list(let nodes) = node.content {
            let all = nodes.compactMap { condition($0, &reader, &context) }
            return all.count == nodes.count ? .all(all) : nil
        }
        guard let section = reader.mapping(node, keys: keys) else { return nil }
        if let any = section["any"] {
            let nodes = reader.list(any)
            let conditions = nodes.compactMap { condition($0, &reader, &context) }
            return conditions.count == nodes.count ? .any(conditions) : nil
        }
        if let not = section["not"] { return condition(not, &reader, &context).map { .not($0) } }
        guard let column = reader.require(section, "column"), let name = reader.text(column) else { return nil }
        context.refer(to: name, at: column)
        var tests: [RecordCondition] = []
        if let node = section["equals"] { tests.append(.value(name, .isOne(of: texts(node, &reader)))) }
        if let node = section["begins"] { tests.append(.value(name, .begins(with: texts(node, &reader)))) }
        if let node = section["empty"], let isEmpty = reader.flag(node) {
            tests.append(isEmpty ? .value(name, .isEmpty) : .not(.value(name, .isEmpty)))
        }
        if let node = section["precedes"], let other = reader.text(node) {
            context.refer(to: other, at: node)
            tests.append(.value(name, .precedes(other)))
        }
        if let node = section["looks"], let shape = shape(node, &reader) {
            tests.append(.value(name, .looks(like: shape)))
        }
        if let node = section["time"], let pattern = TimeSection.pattern(node, &reader) {
            let from = section["valid-from"].flatMap { reader.date($0) }
            let to = section["valid-to"].flatMap { reader.date($0) }
            if let from, let to, to < from {
                reader.fault(
                    node, found: "an end before the beginning", expected: "'valid-to' on 'valid-from' or later")
            }
            let hasDays = section["valid-from"] != nil || section["valid-to"] != nil
            if hasDays, !pattern.namesDay {
                reader.fault(node, found: "a pattern without a day", expected: "one, for 'valid-from' and 'valid-to'")
            }
            tests.append(.value(name, .looks(like: hasDays ? .day(pattern, from: from, to: to) : .time(pattern))))
        } else if let node = section["valid-from"] ?? section["valid-to"] {
            reader.fault(node, found: "a day without a pattern", expected: "'time': how the day is written")
        }
        guard let first = tests.first else {
            reader.fault(node, found: "no test", expected: "one of equals, begins, empty, precedes, looks, time")
            return nil
        }
        return tests.count == 1 ? first : .all(tests)
    }

    private static func shape(_ node: SettingsNode, _ reader: inout SettingsReader) -> ValueShape? {
        reader.choice(
            node,
            [
                ("digits", .digits), ("caller", .caller), ("uuid", .uuid), ("type-name", .typeName),
                ("amount", .amount(AmountForm())), ("amount-with-comma", .amount(AmountForm(decimalMark: 0x2C))),
            ])
    }

    /// A text or a list of texts, each of which may be empty.
    static func texts(_ node: SettingsNode, _ reader: inout SettingsReader) -> Set<String> {
        let nodes: [SettingsNode] = if case .list(let nodes) = node.content { nodes } else { [node] }
        return Set(nodes.compactMap { node in reader.value(node, expected: "a text") { $0 } })
    }
}

/// The section `skip` of a profile.
enum SkipSection {
    static func rules(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> [SkipRule] {
        reader.list(node).compactMap { node in
            guard let section = reader.mapping(node, keys: ["reason", "when"]),
                let reason = reader.require(section, "reason").flatMap({ reader.text($0) }),
                let when = reader.require(section, "when"),
                let condition = ConditionSection.condition(when, &reader, &context)
            else { return nil }
            return SkipRule(reason: reason, condition: condition)
        }
    }
}
