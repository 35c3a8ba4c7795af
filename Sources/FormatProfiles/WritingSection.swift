import BillingFiles
import SettingsText

/// The section `write` of a profile: what files that are written in the format hold besides what the mapping gives.
enum WritingSection {
    static let keys = ["never", "columns", "values", "line-end"]

    static func writing(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> FormatWriting {
        var writing = FormatWriting()
        guard let section = reader.mapping(node, keys: keys) else { return writing }
        if let never = section["never"] { writing.refusal = reader.text(never) }
        if let end = section["line-end"] {
            writing.endsLinesWithCRLF = reader.choice(end, ["lf": false, "crlf": true]) ?? false
        }
        for node in section["columns"].map({ reader.list($0) }) ?? [] {
            guard let name = reader.text(node) else { continue }
            if writing.columns.contains(name) {
                reader.fault(node, found: "a second '\(name)'", expected: "each name once")
            } else {
                writing.columns.append(name)
            }
        }
        for entry in section["values"].flatMap({ reader.entries($0) }) ?? [] {
            context.fill(entry.key, at: entry.value)
            writing.fillings[entry.key] = filling(entry.value, &reader, &context)
        }
        return writing
    }

    /// A text, or the name of the field whose value it is too.
    private static func filling(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> FormatWriting.Filling? {
        guard case .mapping = node.content else {
            return reader.value(node, expected: "a text, or { same-as: FIELD }") { $0 }.map { .constant($0) }
        }
        guard let section = reader.mapping(node, keys: ["same-as"]), let same = reader.require(section, "same-as"),
            let name = reader.text(same)
        else { return nil }
        context.refer(to: name, at: same)
        return .sameAs(name)
    }
}
