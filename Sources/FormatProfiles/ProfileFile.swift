public import BillingFiles
public import SettingsText

/// Reads a format profile from YAML or JSON; `docs/profiles.md` has every key.
public enum ProfileFile {
    static let keys = [
        "name", "title", "record", "source", "quirks", "encoding", "zone", "delimited", "fixed-width", "xml", "json",
        "tables", "skip", "fields", "write",
    ]

    /// Reads a profile.
    ///
    /// - Throws: A `SettingsRefusal` with everything that is wrong in it.
    public static func read(_ bytes: [UInt8], file: String) throws(SettingsRefusal) -> FormatProfile {
        let document = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let profile = profile(document, &reader)
        return try reader.result(profile)
    }

    private static func profile(_ document: SettingsNode, _ reader: inout SettingsReader) -> FormatProfile? {
        guard let root = reader.mapping(document, keys: keys) else { return nil }
        let name = reader.require(root, "name").flatMap { node in
            reader.value(node, expected: "a name of small letters, digits, '.' and '-'") { isName($0) ? $0 : nil }
        }
        let kind = reader.require(root, "record").flatMap { node in
            reader.choice(node, NativeKind.allCases.map { ($0.rawValue, $0) })
        }
        var context = ProfileContext()
        context.kind = kind
        if let zone = root["zone"] { context.zone = TimeSection.zone(zone, &reader) }
        let encoding =
            root["encoding"].map { node in
                reader.choice(node, [TextEncoding.utf8, .latin1, .windows1252].map { ($0.rawValue, $0) })
            } ?? .utf8
        let layout = layout(root, &reader, &context)
        let skips = root["skip"].map { SkipSection.rules($0, &reader, &context) } ?? []
        let fields = reader.require(root, "fields").map { FieldSection.mappings($0, &reader, &context) } ?? []
        let writing = root["write"].map { WritingSection.writing($0, &reader, &context) }
        if let layout { context.check(layout, &reader) }
        guard let name, let kind, let encoding, let layout else { return nil }
        var profile = FormatProfile(
            name: name, title: root["title"].flatMap { reader.text($0) } ?? name, kind: kind, layout: layout,
            fields: fields, skips: skips, encoding: encoding,
            source: root["source"].flatMap { reader.text($0) } ?? "",
            quirks: (root["quirks"].map { reader.list($0) } ?? []).compactMap { reader.text($0) })
        profile.writing = writing ?? FormatWriting()
        return profile
    }

    private static func layout(
        _ root: SettingsMapping, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> RecordLayout? {
        let layouts = ["delimited", "fixed-width", "xml", "json", "tables"].filter { root[$0] != nil }
        guard layouts.count == 1, let node = root[layouts[0]] else {
            reader.fault(
                root.node, found: layouts.isEmpty ? "no layout" : layouts.joined(separator: " and "),
                expected: "one of the keys 'delimited', 'fixed-width', 'xml', 'json' and 'tables'")
            return nil
        }
        switch layouts[0] {
        case "delimited": return DelimitedSection.records(node, &reader, &context).map { .delimited($0) }
        case "fixed-width": return FixedWidthSection.records(node, &reader).map { .fixedWidth($0) }
        case "tables": return TablesSection.records(node, &reader).map { .tables($0) }
        case "json": return JSONSection.records(node, &reader, &context).map { .json($0) }
        default: return XMLSection.records(node, &reader).map { .xml($0) }
        }
    }

    private static func isName(_ text: String) -> Bool {
        let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
        guard let first = text.utf8.first, first != UInt8(ascii: "-"), first != UInt8(ascii: ".") else { return false }
        return text.utf8.allSatisfy {
            letters.contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
    }
}
