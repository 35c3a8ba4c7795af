public import SettingsText

extension TableSchema {
    /// What a schema may say as a whole; what only describes is read over.
    private static let keys = [
        "fields", "missingValues", "primaryKey", "uniqueKeys", "foreignKeys", "fieldsMatch",
    ]

    /// Reads a schema.
    ///
    /// - Throws: `SettingsRefusal` with every fault: what is no table schema, and what of one is not supported. Nothing
    ///   that a schema demands is left out in silence.
    public static func read(_ bytes: [UInt8], file: String) throws(SettingsRefusal) -> TableSchema {
        let root = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let schema = read(root, &reader)
        return try reader.result(schema)
    }

    private static func read(_ root: SettingsNode, _ reader: inout SettingsReader) -> TableSchema? {
        guard let mapping = reader.described(root, keys: keys), let list = reader.require(mapping, "fields") else {
            return nil
        }
        let missing = mapping["missingValues"].map { reader.words($0) } ?? [""]
        var fields: [Field] = []
        for node in reader.list(list) {
            guard let field = Field.read(node, missing: missing, &reader) else { continue }
            if fields.contains(where: { $0.name == field.name }) {
                reader.fault(node, found: "a second field named '\(field.name)'", expected: "each name once")
            }
            fields.append(field)
        }
        if fields.isEmpty, reader.faults.isEmpty { reader.fault(list, found: "no field", expected: "fields") }
        let names = fields.map(\.name)
        let match =
            mapping["fieldsMatch"].flatMap { node in
                // The second version of the standard has a list of one word.
                if case .list(let nodes) = node.content, let only = nodes.first, nodes.count == 1 {
                    return reader.match(only)
                }
                return reader.match(node)
            } ?? .exact
        let primaryKey = mapping["primaryKey"].map { reader.columns($0, of: names) } ?? []
        let uniqueKeys = mapping["uniqueKeys"].map { node in
            reader.list(node).map { reader.columns($0, of: names) }
        }
        let foreignKeys = mapping["foreignKeys"].map { node in
            reader.list(node).compactMap { ForeignKey.read($0, of: names, &reader) }
        }
        return TableSchema(
            fields: fields, match: match, primaryKey: primaryKey, uniqueKeys: uniqueKeys ?? [],
            foreignKeys: foreignKeys ?? [])
    }
}

extension TableSchema.ForeignKey {
    fileprivate static func read(
        _ node: SettingsNode, of names: [String], _ reader: inout SettingsReader
    ) -> TableSchema.ForeignKey? {
        guard let mapping = reader.described(node, keys: ["fields", "reference"]),
            let fields = reader.require(mapping, "fields"), let target = reader.require(mapping, "reference"),
            let reference = reader.described(target, keys: ["resource", "fields"]),
            let others = reader.require(reference, "fields")
        else { return nil }
        let own = reader.columns(fields, of: names)
        var resource = ""
        // Empty for the file itself.
        if case .text(let name)? = reference["resource"]?.content { resource = name }
        let referenced = reader.columns(others, of: resource.isEmpty ? names : nil)
        if own.count != referenced.count {
            reader.fault(others, found: "\(referenced.count) fields", expected: "\(own.count), as the key has")
        }
        return TableSchema.ForeignKey(fields: own, resource: resource, referencedFields: referenced)
    }
}

extension SettingsReader {
    /// The keys of a value that may have others which only describe; one with nearly the name of a known one is a fault.
    mutating func described(_ node: SettingsNode, keys: [String]) -> SettingsMapping? {
        guard let entries = entries(node) else { return nil }
        var known = keys
        for entry in entries where !keys.contains(entry.key) {
            if NearWord.nearest(to: entry.key, in: keys) == nil { known.append(entry.key) }
        }
        return mapping(node, keys: known)
    }

    /// A list of texts, which may be empty.
    mutating func words(_ node: SettingsNode) -> [String] {
        list(node).compactMap { node in
            if case .text(let text) = node.content { return text }
            if case .empty = node.content { return "" }
            fault(node, expected: "a text")
            return nil
        }
    }

    /// One column or several; each among some names, where these are known.
    mutating func columns(_ node: SettingsNode, of names: [String]?) -> [String] {
        let nodes: [SettingsNode] = if case .list(let list) = node.content { list } else { [node] }
        let columns = nodes.compactMap { node -> String? in
            guard let name = text(node) else { return nil }
            if let names, !names.contains(name) {
                fault(
                    node, expected: "a field of the schema",
                    remedy: NearWord.nearest(to: name, in: names).map { "did you mean '\($0)'?" } ?? "")
            }
            return name
        }
        if nodes.isEmpty { fault(node, found: "an empty list", expected: "names of fields") }
        return columns
    }

    fileprivate mutating func match(_ node: SettingsNode) -> TableSchema.Match? {
        choice(
            node,
            ["exact": .exact, "equal": .equal, "subset": .subset, "superset": .superset, "partial": .partial])
    }
}
