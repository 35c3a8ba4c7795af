import BillingFiles
import SettingsText

/// The section `xml` of a profile: which elements are records, and where values stand that are looked up.
enum XMLSection {
    static let keys = ["namespaces", "records", "empty-roots", "tables", "complete-at", "totals", "doctype"]

    static func records(_ node: SettingsNode, _ reader: inout SettingsReader) -> XMLRecords? {
        guard let section = reader.mapping(node, keys: keys), let list = reader.require(section, "records") else {
            return nil
        }
        let elements = reader.list(list).compactMap { element($0, &reader) }
        guard !elements.isEmpty else { return nil }
        var records = XMLRecords(records: elements)
        if let node = section["namespaces"] {
            for entry in reader.entries(node) ?? [] {
                let uris = texts(entry.value, &reader)
                records.namespaces[entry.key == "default" ? "" : entry.key] = uris
            }
        }
        if let node = section["empty-roots"] { records.emptyRoots = texts(node, &reader) }
        if let node = section["tables"] {
            records.tables = (reader.entries(node) ?? []).compactMap { table($0.key, $0.value, &reader) }
        }
        records.completeAt = section["complete-at"].flatMap { reader.text($0) }
        if let node = section["totals"] { records.totals = reader.list(node).compactMap { total($0, &reader) } }
        if let node = section["doctype"] {
            records.mayHaveDoctype = reader.choice(node, ["passed-over": true, "refused": false]) ?? false
        }
        for path in records.pathFaults(sources: []) {
            reader.fault(
                node, found: "'\(path)'", expected: "a path from the root on, such as /root/list/record",
                remedy: "a prefix must stand under 'namespaces'")
        }
        return records
    }

    /// A text or a list of texts.
    static func texts(_ node: SettingsNode, _ reader: inout SettingsReader) -> [String] {
        if case .list = node.content { return reader.list(node).compactMap { reader.text($0) } }
        return reader.text(node).map { [$0] } ?? []
    }

    private static func element(_ node: SettingsNode, _ reader: inout SettingsReader) -> XMLRecordElement? {
        if case .text = node.content { return reader.text(node).map { XMLRecordElement($0) } }
        guard let section = reader.mapping(node, keys: ["element", "only-without-records"]),
            let path = reader.require(section, "element").flatMap({ reader.text($0) })
        else { return nil }
        let only = section["only-without-records"].flatMap { reader.flag($0) } ?? false
        return XMLRecordElement(path, onlyWithoutRecords: only)
    }

    static func table(_ name: String, _ node: SettingsNode, _ reader: inout SettingsReader) -> XMLTable? {
        guard let section = reader.mapping(node, keys: ["each", "key", "value", "add"]),
            let entries = reader.require(section, "each").flatMap({ reader.text($0) }),
            let key = reader.require(section, "key").flatMap({ reader.text($0) }),
            let value = reader.require(section, "value").flatMap({ reader.text($0) })
        else { return nil }
        let adds = section["add"].flatMap { reader.flag($0) } ?? false
        return XMLTable(name: name, entries: entries, key: key, value: value, adds: adds)
    }

    static func total(_ node: SettingsNode, _ reader: inout SettingsReader) -> XMLTotal? {
        guard let section = reader.mapping(node, keys: ["stated", "records", "sum", "within"]),
            let path = reader.require(section, "stated").flatMap({ reader.text($0) })
        else { return nil }
        let within = section["within"].flatMap { reader.text($0) }
        switch (section["records"], section["sum"]) {
        case (nil, let sum?): return reader.text(sum).map { XMLTotal(path: path, measure: .sum($0), within: within) }
        case (let node?, nil):
            return reader.choice(node, ["true": XMLTotal(path: path, measure: .records, within: within)])
        default:
            reader.fault(node, found: "no one measure", expected: "one of 'records: true' and 'sum'")
            return nil
        }
    }
}
