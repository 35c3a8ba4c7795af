import BillingFiles
import SettingsText

/// The section `tables` of a profile: a file with several tables, the rows of one of which are records.
enum TablesSection {
    static func records(_ node: SettingsNode, _ reader: inout SettingsReader) -> TableRecords? {
        let keys = ["begins", "delimiter", "records", "first-column", "escapes", "look-up"]
        guard let section = reader.mapping(node, keys: keys),
            let mark = reader.require(section, "begins").flatMap({ node in
                reader.value(node, expected: "a text") { $0.isEmpty ? nil : $0 }
            }),
            let delimiter = reader.require(section, "delimiter").flatMap({ ByteSection.byte($0, &reader) }),
            let table = reader.require(section, "records").flatMap({ reader.text($0) }),
            let first = reader.require(section, "first-column").flatMap({ reader.text($0) })
        else { return nil }
        var records = TableRecords(mark: mark, delimiter: delimiter, table: table, firstColumn: first)
        for entry in section["escapes"].flatMap({ reader.entries($0) }) ?? [] {
            records.escapes[entry.key] = reader.value(entry.value, expected: "a text") { $0 }
        }
        for entry in section["look-up"].flatMap({ reader.entries($0) }) ?? [] {
            guard let lookUp = reader.mapping(entry.value, keys: ["table", "key", "of"]),
                let table = reader.require(lookUp, "table").flatMap({ reader.text($0) }),
                let key = reader.require(lookUp, "key").flatMap({ reader.text($0) }),
                let of = reader.require(lookUp, "of").flatMap({ reader.text($0) })
            else { continue }
            records.lookUps.append(.init(name: entry.key, table: table, key: key, source: of))
        }
        return records
    }
}
