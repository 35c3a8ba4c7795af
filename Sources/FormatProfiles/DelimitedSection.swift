import BillingFiles
import DelimitedText
import SettingsText

/// The section `delimited` of a profile.
enum DelimitedSection {
    static let keys = [
        "delimiter", "quote", "escape", "blank-before-quote", "header", "skip-lines", "optional", "layouts",
        "skip-lines-beginning", "last-line-end", "pairs",
    ]

    static func records(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> DelimitedRecords? {
        guard let section = reader.mapping(node, keys: keys) else { return nil }
        var records = DelimitedRecords(dialects: dialects(section, &reader))
        if let header = section["header"] { records.header = self.header(header, &reader) ?? .none }
        if let lines = section["skip-lines"] { records.skippedLines = reader.integer(lines, in: 0...1000) ?? 0 }
        if let optional = section["optional"] {
            records.optionalColumns = Set(reader.list(optional).compactMap { reader.text($0) })
        }
        for layout in section["layouts"].map({ reader.list($0) }) ?? [] {
            if let layout = self.layout(layout, &reader, &context) { records.layouts.append(layout) }
        }
        if let beginnings = section["skip-lines-beginning"] {
            records.skippedPrefixes = (reader.entries(beginnings) ?? []).compactMap { entry in
                reader.text(entry.value).map { SkippedPrefix(prefix: entry.key, reason: $0) }
            }
        }
        if let end = section["last-line-end"] {
            records.maySkipLastLineEnd = reader.choice(end, ["required": false, "optional": true]) ?? false
        }
        if let pairs = section["pairs"] { records.pairs = self.pairs(pairs, &reader, &context) }
        if records.header == .none, records.layouts.isEmpty {
            reader.fault(node, found: "neither a header row nor layouts", expected: "'header', 'layouts' or both")
        }
        return records
    }

    private static func dialects(_ section: SettingsMapping, _ reader: inout SettingsReader) -> [Dialect] {
        var delimiters = [UInt8(ascii: ",")]
        if let node = section["delimiter"] {
            if case .list = node.content {
                delimiters = reader.list(node).compactMap { ByteSection.byte($0, &reader) }
            } else {
                delimiters = ByteSection.byte(node, &reader).map { [$0] } ?? delimiters
            }
        }
        var quote: UInt8? = UInt8(ascii: "\"")
        if let node = section["quote"] {
            if case .text("none") = node.content { quote = nil } else { quote = ByteSection.byte(node, &reader) }
        }
        var escape: UInt8?
        if let node = section["escape"] {
            escape = ByteSection.byte(node, &reader)
            if quote != nil {
                reader.fault(node, found: "an escape where fields stand in quotes", expected: "it with 'quote: none'")
            }
        }
        let allowsBlanks = section["blank-before-quote"].flatMap { reader.flag($0) } ?? false
        return delimiters.map { delimiter in
            guard let quote else { return .unquoted(delimiter: delimiter, escape: escape) }
            var dialect = Dialect(delimiter: delimiter, quote: quote)
            dialect.allowsBlanksBeforeQuote = allowsBlanks
            if !dialect.isUnambiguous {
                reader.fault(
                    section.node, found: "a delimiter that is the quote", expected: "two different ASCII characters")
            }
            return dialect
        }
    }

    private static func header(_ node: SettingsNode, _ reader: inout SettingsReader) -> DelimitedRecords.Header? {
        if case .mapping = node.content {
            guard let section = reader.mapping(node, keys: ["marked"]) else { return nil }
            return reader.require(section, "marked").flatMap { reader.text($0) }.map { .marked($0) }
        }
        return reader.choice(node, ["none": .none, "first-row": .firstRow, "if-present": .ifPresent])
    }

    private static func pairs(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> EventPairs? {
        guard let section = reader.mapping(node, keys: ["key", "begins", "ends", "time"]),
            let keyNode = reader.require(section, "key"), let timeNode = reader.require(section, "time"),
            let time = reader.text(timeNode),
            let begins = reader.require(section, "begins")
                .flatMap({ ConditionSection.condition($0, &reader, &context) }),
            let ends = reader.require(section, "ends").flatMap({ ConditionSection.condition($0, &reader, &context) })
        else { return nil }
        context.refer(to: time, at: timeNode)
        var key: [String] = []
        for node in reader.list(keyNode) {
            guard let name = reader.text(node) else { return nil }
            context.refer(to: name, at: node)
            key.append(name)
        }
        return EventPairs(key: key, beginning: begins, end: ends, time: time)
    }

    private static func layout(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> ColumnLayout? {
        guard let section = reader.mapping(node, keys: ["columns", "when", "more"]),
            let list = reader.require(section, "columns")
        else { return nil }
        let nodes = reader.list(list)
        let columns = nodes.compactMap { reader.text($0) }
        guard columns.count == nodes.count, !columns.isEmpty else { return nil }
        var seen: Set<String> = []
        for (column, node) in zip(columns, nodes) where !seen.insert(column).inserted {
            reader.fault(node, found: "a second '\(column)'", expected: "each name once")
        }
        let condition = section["when"].flatMap { ConditionSection.condition($0, &reader, &context) }
        let allowsMore = section["more"].flatMap { reader.flag($0) } ?? false
        return ColumnLayout(columns: columns, condition: condition, allowsMore: allowsMore)
    }
}

/// A single ASCII character.
enum ByteSection {
    static func byte(_ node: SettingsNode, _ reader: inout SettingsReader) -> UInt8? {
        reader.value(node, expected: "one ASCII character, or tab") { text in
            if text == "tab" { return UInt8(ascii: "\t") }
            let bytes = Array(text.utf8)
            guard bytes.count == 1, bytes[0] >= 0x20 || bytes[0] == UInt8(ascii: "\t"), bytes[0] < 0x7F else {
                return nil
            }
            return bytes[0]
        }
    }
}
