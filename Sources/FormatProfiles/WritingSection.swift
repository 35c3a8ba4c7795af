import BillingFiles
import SettingsText

/// The section `write` of a profile: what files that are written in the format hold besides what the mapping gives.
enum WritingSection {
    static let keys = [
        "never", "columns", "values", "line-end", "arrays", "documents", "parts", "group", "split", "as",
    ]

    static func writing(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> FormatWriting {
        var writing = FormatWriting()
        guard let section = reader.mapping(node, keys: keys) else { return writing }
        if let never = section["never"] { writing.refusal = reader.text(never) }
        if let end = section["line-end"] {
            writing.endsLinesWithCRLF = reader.choice(end, ["lf": false, "crlf": true]) ?? false
        }
        if let documents = section["documents"] {
            writing.documents = DocumentsSection.documents(documents, parts: section["parts"], &reader)
        } else if let parts = section["parts"] {
            reader.fault(parts, found: "parts without documents", expected: "'documents' that name them")
        }
        if let form = section["as"] { writing.collects = reader.choice(form, ["direct-debits": true]) ?? false }
        if let group = section["group"] { writing.group = reader.text(group) }
        if let split = section["split"] {
            writing.splitsFromBehind = reader.choice(split, ["only": false, "last": true]) ?? false
        }
        for node in section["columns"].map({ reader.list($0) }) ?? [] {
            guard let name = reader.text(node) else { continue }
            if writing.columns.contains(name) {
                reader.fault(node, found: "a second '\(name)'", expected: "each name once")
            } else {
                writing.columns.append(name)
            }
        }
        for node in section["arrays"].map({ reader.list($0) }) ?? [] {
            guard let path = reader.text(node) else { continue }
            context.refer(to: path, at: node)
            writing.arrays.append(path)
        }
        for entry in section["values"].flatMap({ reader.entries($0) }) ?? [] {
            if writing.documents.isEmpty { context.fill(entry.key, at: entry.value) }
            writing.fillings[entry.key] = filling(entry.value, &reader, &context)
        }
        return writing
    }

    /// A text, the name of the field whose value it is too, or the question to whoever converts.
    private static func filling(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> FormatWriting.Filling? {
        guard case .mapping(let entries) = node.content else {
            return reader.value(node, expected: "a text, { same-as: FIELD } or { given: SENTENCE }") { $0 }
                .map { .constant($0) }
        }
        switch entries.first?.key {
        case "given": return given(node, &reader).map { .given($0) }
        case "of": return words(node, &reader, &context).map { .of($0) }
        case "text":
            guard let section = reader.mapping(node, keys: ["text"]), let text = reader.require(section, "text") else {
                return nil
            }
            return reader.text(text).map { .joined($0) }
        default:
            guard let section = reader.mapping(node, keys: ["same-as"]), let same = reader.require(section, "same-as"),
                let name = reader.text(same)
            else { return nil }
            context.refer(to: name, at: same)
            return .sameAs(name)
        }
    }

    /// Words for what a column of ours holds.
    private static func words(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> ColumnWords? {
        guard let section = reader.mapping(node, keys: ["of", "map", "otherwise"]),
            let column = reader.require(section, "of")
        else { return nil }
        let columns = context.kind.map { $0.columns + $0.optionalColumns } ?? []
        guard let name = reader.choice(column, columns.map { ($0, $0) }) else { return nil }
        var words = ColumnWords(column: name)
        for entry in section["map"].flatMap({ reader.entries($0) }) ?? [] {
            words.words[entry.key] = reader.text(entry.value)
        }
        words.otherwise = section["otherwise"].flatMap { reader.text($0) }
        return words
    }

    private static func given(_ node: SettingsNode, _ reader: inout SettingsReader) -> GivenValue? {
        guard let section = reader.mapping(node, keys: ["given", "form", "optional", "default"]),
            let sentence = reader.require(section, "given").flatMap({ reader.text($0) })
        else { return nil }
        var value = GivenValue(sentence)
        if let form = section["form"] {
            value.form = reader.choice(form, GivenValue.Form.allCases.map { ($0.rawValue, $0) }) ?? .text
        }
        if let flag = section["optional"] { value.isOptional = reader.flag(flag) ?? false }
        if let text = section["default"] {
            value.value = reader.value(text, expected: value.form.wording) { value.form.fits($0) ? $0 : nil }
        }
        return value
    }
}
