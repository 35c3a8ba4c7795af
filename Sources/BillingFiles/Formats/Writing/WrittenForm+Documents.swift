import DelimitedText

extension WrittenForm {
    /// Objects of JSON: the fields that have a place of their own in the record, and what tells the format.
    static func json(_ profile: FormatProfile, _ records: JSONRecords) -> Result<[WrittenForm], WritingRefusal> {
        let condition = records.condition
        let fields = all(
            profile.writing.columns, MappingPlan(profile).sources, profile.writing.fillings.keys.sorted(),
            condition?.fields ?? [])
        return WrittenJSON.make(records, names: fields, arrays: profile.writing.arrays).map { document in
            [
                WrittenForm(
                    kind: .json(document), columns: document.fields,
                    condition: condition?.restricted(to: Set(document.fields)))
            ]
        }
    }

    /// Rows of tables.
    static func tables(_ profile: FormatProfile, _ records: TableRecords) -> Result<[WrittenForm], WritingRefusal> {
        let sources = MappingPlan(profile).sources
        let fields = all(profile.writing.columns, sources, profile.writing.fillings.keys.sorted())
        return WrittenTables.make(records, fields: fields, sources: sources).map { tables in
            [WrittenForm(kind: .tables(tables), columns: fields, condition: nil)]
        }
    }

    /// Pairs of events: the fields of the beginning, and the time between the two.
    static func paired(_ records: DelimitedRecords, _ pairs: EventPairs) -> Result<[WrittenForm], WritingRefusal> {
        guard records.header == .none, let dialect = records.dialects.first else {
            return .failure(WritingRefusal("its events have a header row"))
        }
        return .success(
            records.layouts.map { layout in
                let conditions = (layout.condition.map { [$0] } ?? []) + [pairs.beginning]
                return WrittenForm(
                    kind: .delimited(records, dialect, hasHeader: false),
                    columns: layout.columns + [EventPairs.seconds],
                    condition: .all(conditions))
            })
    }

    private static func all(_ lists: [String]...) -> [String] {
        var names: [String] = []
        for name in lists.joined() where !names.contains(name) { names.append(name) }
        return names
    }
}

extension RecordCondition {
    /// The fields that are asked.
    fileprivate var fields: [String] {
        switch self {
        case .value(let name, .precedes(let other)): [name, other]
        case .value(let name, _): [name]
        case .all(let conditions), .any(let conditions): conditions.flatMap(\.fields)
        case .not(let condition): condition.fields
        }
    }

    /// What of it these fields tell; nil where they tell nothing.
    fileprivate func restricted(to names: Set<String>) -> RecordCondition? {
        if case .all(let conditions) = self {
            let known = conditions.compactMap { $0.restricted(to: names) }
            return known.isEmpty ? nil : .all(known)
        }
        return names.isSuperset(of: fields) ? self : nil
    }
}
