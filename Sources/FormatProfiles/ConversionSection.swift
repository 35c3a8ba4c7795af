import BillingFiles
import BillingValues
import SettingsText

/// What the text of a value means: the keys `date`, `duration`, `decimal` and `map` with those that belong to them.
enum ConversionSection {
    private static let amountKeys = [
        "decimal", "group", "implied-decimals", "decimals-from", "decimals-of-currency", "negate", "round",
    ]

    static func conversion(
        _ section: SettingsMapping, column: String, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> ValueConversion {
        let isAmount = amountKeys.contains { section[$0] != nil }
        let meanings = ["date", "duration", "map"].filter { section[$0] != nil } + (isAmount ? ["an amount"] : [])
        guard meanings.count <= 1 else {
            reader.fault(
                section.node, found: meanings.joined(separator: " and "), expected: "one meaning of the value")
            return .text
        }
        if section["date"] != nil {
            return TimeSection.form(section, column: column, &reader, &context).map { .time($0) } ?? .text
        }
        if let node = section["duration"] {
            let form = reader.choice(node, DurationForm.allCases.map { ($0.rawValue, $0) })
            return form.map { .duration($0) } ?? .text
        }
        if isAmount { return .amount(amount(section, &reader, &context)) }
        if let node = section["map"] { return .words(words(node, section["otherwise"], &reader)) }
        return .text
    }

    private static func amount(
        _ section: SettingsMapping, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> AmountForm {
        var form = AmountForm()
        if let node = section["decimal"] { form.decimalMark = ByteSection.byte(node, &reader) ?? form.decimalMark }
        if let node = section["group"] {
            form.groupMark = ByteSection.byte(node, &reader)
            if form.groupMark == form.decimalMark {
                reader.fault(node, found: "the mark of the decimals", expected: "another character")
            }
        }
        if let node = section["implied-decimals"] {
            form.implied = reader.integer(node, in: 0...18).map { .count($0) }
        }
        if let node = section["decimals-from"], let name = reader.text(node) {
            context.refer(to: name, at: node)
            form.implied = .source(name)
        }
        if let node = section["decimals-of-currency"], let name = reader.text(node) {
            context.refer(to: name, at: node)
            form.implied = .currency(name)
        }
        form.isNegated = section["negate"].flatMap { reader.flag($0) } ?? false
        if let node = section["round"], let rounding = reader.mapping(node, keys: ["decimals", "rule"]) {
            let decimals = reader.require(rounding, "decimals").flatMap { reader.integer($0, in: 0...4) }
            let rule = reader.require(rounding, "rule").flatMap { node in
                reader.choice(node, RoundingRule.allCases.map { ($0.rawValue, $0) })
            }
            if let decimals, let rule { form.rounding = .init(decimals: decimals, rule: rule) }
        }
        return form
    }

    private static func words(
        _ node: SettingsNode, _ otherwise: SettingsNode?, _ reader: inout SettingsReader
    ) -> WordMap {
        var map = WordMap(words: [:])
        for entry in reader.entries(node) ?? [] {
            map.words[entry.key] = reader.value(entry.value, expected: "a text") { $0 }
            map.order.append(entry.key)
        }
        guard let otherwise else { return map }
        if case .mapping = otherwise.content {
            let section = reader.mapping(otherwise, keys: ["value"])
            let text = section.flatMap { reader.require($0, "value") }.flatMap { reader.text($0) }
            map.otherwise = text.map { .text($0) } ?? .rejected
        } else {
            map.otherwise = reader.choice(otherwise, ["reject": .rejected, "same": .same]) ?? .rejected
        }
        return map
    }
}
