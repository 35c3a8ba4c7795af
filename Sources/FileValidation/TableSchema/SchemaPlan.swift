import BillingFiles

/// How the rows of a file are judged by a table schema, and what is wrong with its columns.
struct SchemaPlan {
    /// The plan; columns that the schema does not know are not judged.
    private(set) var plan: TablePlan
    /// What is wrong with the columns.
    private(set) var findings: [InputFinding] = []

    private let names: [String]

    init(_ schema: TableSchema, _ header: HeaderFindings) {
        names = header.names
        plan = TablePlan(columns: header.names.map { TablePlan.Column(name: $0) })
        findings = Self.columnFindings(schema, header)
        for field in schema.fields {
            guard let column = names.firstIndex(of: field.name) else { continue }
            plan.columns[column].check = .field(field.check)
            plan.columns[column].wording = field.wording
            plan.columns[column].isSelfDelimiting = field.isSelfDelimiting
            if field.isUnique, schema.primaryKey != [field.name] { add([field.name], .duplicateValue) }
        }
        if !schema.primaryKey.isEmpty { add(schema.primaryKey, .duplicateKey) }
        for key in schema.uniqueKeys { add(key, .duplicateKey) }
    }

    /// Adds a foreign key with the keys that it may lead to.
    mutating func add(_ key: TableSchema.ForeignKey, _ keys: ReferencedKeys) {
        let fields = key.fields.compactMap { names.firstIndex(of: $0) }
        guard fields.count == key.fields.count, !fields.isEmpty else { return }
        let target = key.referencedFields.joined(separator: ", ") + (key.resource.isEmpty ? "" : " in \(key.resource)")
        plan.rules.append(UnknownReference(fields: fields, keys: keys, target: target))
    }

    private mutating func add(_ columns: [String], _ rule: InputRule) {
        let fields = columns.compactMap { names.firstIndex(of: $0) }
        // A column that is not there is told as such.
        guard fields.count == columns.count else { return }
        plan.uniqueKeys.append(UniqueKey(fields: fields, rule: rule, countsEmpty: rule == .duplicateKey))
    }

    private static func columnFindings(_ schema: TableSchema, _ header: HeaderFindings) -> [InputFinding] {
        let wanted = schema.fields.map(\.name)
        var findings: [InputFinding] = []
        switch schema.match {
        case .exact, .equal, .subset: findings += header.missing(wanted, known: wanted)
        case .superset: break
        case .partial:
            if !wanted.contains(where: header.names.contains) { findings += header.missing(wanted, known: wanted) }
        }
        let misspelt = findings.compactMap { $0.extent > 0 ? $0.place.byteOffset : nil }
        for (column, name) in header.names.enumerated() where !wanted.contains(name) {
            guard schema.match == .exact || schema.match == .equal || schema.match == .superset else { break }
            let finding = header.finding(
                .unknownColumn, column, found: "a column that the schema does not have",
                expected: "one of \(VisibleText.of(wanted.joined(separator: ", ").utf8, limit: 400))")
            // A misspelt name was told as the column that it should be.
            if !misspelt.contains(finding.place.byteOffset) { findings.append(finding) }
        }
        if schema.match == .exact {
            let both = wanted.filter(header.names.contains)
            let present = header.names.enumerated().filter { wanted.contains($0.element) }
            for (column, expected) in zip(present, both) where column.element != expected {
                findings.append(
                    header.finding(
                        .misplacedColumn, column.offset, found: VisibleText.of(column.element.utf8),
                        expected: "\(VisibleText.of(expected.utf8)) in this place"))
                break
            }
        }
        return findings
    }
}
