import BillingFiles
import SettingsText

/// The section `fixed-width` of a profile.
enum FixedWidthSection {
    /// No line is longer.
    private static let positions = 0...65_536

    static func records(_ node: SettingsNode, _ reader: inout SettingsReader) -> FixedWidthRecords? {
        guard let section = reader.mapping(node, keys: ["lines", "totals"]),
            let lines = reader.require(section, "lines")
        else { return nil }
        let types = reader.list(lines).compactMap { type($0, &reader) }
        if !types.contains(where: { $0.role == .record }) {
            reader.fault(lines, found: "no lines that are records", expected: "a type with 'role: record'")
        }
        var records = FixedWidthRecords(types: types)
        for total in section["totals"].map({ reader.list($0) }) ?? [] {
            if let total = self.total(total, types, &reader) { records.totals.append(total) }
        }
        return records
    }

    private static func type(_ node: SettingsNode, _ reader: inout SettingsReader) -> LineType? {
        guard let section = reader.mapping(node, keys: ["prefix", "role", "length", "fields"]) else { return nil }
        let prefix = section["prefix"].flatMap { reader.text($0) } ?? ""
        let role = reader.require(section, "role").flatMap { node in
            reader.choice(node, LineType.Role.allCases.map { ($0.rawValue, $0) })
        }
        let length = section["length"].flatMap { reader.integer($0, in: positions) }
        var fields: [FixedField] = []
        for entry in section["fields"].flatMap({ reader.entries($0) }) ?? [] {
            let nodes = reader.list(entry.value)
            let ends = nodes.compactMap { reader.integer($0, in: positions) }
            guard ends.count == 2, nodes.count == 2, ends[0] < ends[1], ends[1] <= length ?? ends[1] else {
                reader.fault(
                    entry.value, expected: "[start, end] within the line: offsets from 0, the end not included")
                continue
            }
            fields.append(FixedField(name: entry.key, start: ends[0], end: ends[1]))
        }
        return role.map { LineType(prefix: prefix, role: $0, length: length, fields: fields) }
    }

    private static func total(
        _ node: SettingsNode, _ types: [LineType], _ reader: inout SettingsReader
    ) -> TrailerTotal? {
        guard let section = reader.mapping(node, keys: ["field", "of", "as"]),
            let fieldNode = reader.require(section, "field"), let field = reader.text(fieldNode),
            let ofNode = reader.require(section, "of"), let of = reader.text(ofNode)
        else { return nil }
        let stating = types.filter { $0.role == .header || $0.role == .trailer }
        if !stating.contains(where: { $0.fields.contains { $0.name == field } }) {
            reader.fault(fieldNode, expected: "a field of a header or trailer")
        }
        if of == "records" { return TrailerTotal(field: field, measure: .records) }
        if !types.contains(where: { $0.role == .record && $0.fields.contains { $0.name == of } }) {
            reader.fault(ofNode, expected: "'records', or a field of the records")
        }
        guard let form = section["as"] else { return TrailerTotal(field: field, measure: .sum(field: of)) }
        return reader.choice(form, DurationForm.allCases.map { ($0.rawValue, $0) })
            .map { TrailerTotal(field: field, measure: .duration(field: of, $0)) }
    }
}
