import BillingFiles
import SettingsText

/// The section `json` of a profile: which objects are records, and what tells the format.
enum JSONSection {
    static func records(
        _ node: SettingsNode, _ reader: inout SettingsReader, _ context: inout ProfileContext
    ) -> JSONRecords? {
        guard let section = reader.mapping(node, keys: ["records", "when", "tables", "totals"]),
            let list = reader.require(section, "records")
        else { return nil }
        let paths = XMLSection.texts(list, &reader)
        guard !paths.isEmpty else { return nil }
        var records = JSONRecords(records: paths)
        records.condition = section["when"].flatMap { ConditionSection.condition($0, &reader, &context) }
        if let node = section["tables"] {
            records.tables = (reader.entries(node) ?? []).compactMap { XMLSection.table($0.key, $0.value, &reader) }
        }
        if let node = section["totals"] {
            records.totals = reader.list(node).compactMap { XMLSection.total($0, &reader) }
        }
        for path in records.pathFaults(sources: []) {
            reader.fault(
                node, found: "'\(path)'", expected: "a path from the outermost value on, such as / or /list/records")
        }
        return records
    }
}
