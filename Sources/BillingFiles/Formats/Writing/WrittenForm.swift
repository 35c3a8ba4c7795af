import DelimitedText

/// How the fields of a record become bytes of a file.
struct WrittenForm: Sendable {
    /// How records are written.
    enum Kind: Sendable {
        /// Fields between delimiters; the names stand in front where there is a header row.
        case delimited(DelimitedRecords, Dialect, hasHeader: Bool)
        /// Fields at positions of lines of a type, its number given.
        case fixedWidth(FixedWidthRecords, type: Int)
        /// Elements of an XML document.
        case document(WrittenDocument)
        /// Objects of a JSON document.
        case json(WrittenJSON)
        /// Rows of a table, and of those that they lead to.
        case tables(WrittenTables)
        /// Parts of XML documents that are put together once all records are there.
        case documents(DocumentPlan)
    }

    /// How records are written.
    let kind: Kind

    /// The names of the fields of a record, in their order.
    let columns: [String]

    /// What every record has, so that the layout is known by it; nil where a header row tells.
    let condition: RecordCondition?

    /// Whether a record is a pair of events, one that begins it and one that ends it.
    var isPaired: Bool {
        guard case .delimited(let records, _, _) = kind else { return false }
        return records.pairs != nil
    }

    /// The forms in which files of a profile can be written, the fullest first, or why there is none.
    static func all(of profile: FormatProfile) -> Result<[WrittenForm], WritingRefusal> {
        switch profile.layout {
        case .delimited(let records): delimited(profile, records)
        case .fixedWidth(let records): fixedWidth(records)
        case .xml(let records): document(profile, records)
        case .json(let records): json(profile, records)
        case .tables(let records): tables(profile, records)
        }
    }

    private static func delimited(
        _ profile: FormatProfile, _ records: DelimitedRecords
    ) -> Result<[WrittenForm], WritingRefusal> {
        if let pairs = records.pairs { return paired(records, pairs) }
        guard let dialect = records.dialects.first else { return .failure(WritingRefusal("it has no delimiter")) }
        // A stable order: of layouts with as many columns the first one counts.
        let fullest = records.layouts.enumerated()
            .sorted { ($1.element.columns.count, $0.offset) < ($0.element.columns.count, $1.offset) }.map(\.element)
        guard records.header == .none else {
            let known = profile.writing.columns.isEmpty ? fullest.first?.columns ?? [] : profile.writing.columns
            let used = MappingPlan(profile).sources + profile.writing.fillings.keys.sorted()
            var columns = known
            for name in used where !columns.contains(name) { columns.append(name) }
            return .success([
                WrittenForm(kind: .delimited(records, dialect, hasHeader: true), columns: columns, condition: nil)
            ])
        }
        return .success(
            fullest.map {
                WrittenForm(
                    kind: .delimited(records, dialect, hasHeader: false), columns: $0.columns, condition: $0.condition)
            })
    }

    private static func document(
        _ profile: FormatProfile, _ records: XMLRecords
    ) -> Result<[WrittenForm], WritingRefusal> {
        guard profile.writing.documents.isEmpty else {
            return DocumentPlan.make(profile, records).map { plan in
                [WrittenForm(kind: .documents(plan), columns: plan.available, condition: nil)]
            }
        }
        var fields = profile.writing.columns
        for name in MappingPlan(profile).sources + profile.writing.fillings.keys.sorted() where !fields.contains(name) {
            fields.append(name)
        }
        return WrittenDocument.make(records, fields: fields).map { document in
            [WrittenForm(kind: .document(document), columns: fields, condition: nil)]
        }
    }

    private static func fixedWidth(_ records: FixedWidthRecords) -> Result<[WrittenForm], WritingRefusal> {
        for total in records.totals {
            for type in records.types
            where type.role == .header && type.fields.contains(where: { $0.name == total.field }) {
                return .failure(
                    WritingRefusal("its header states totals (\(total.field)), known only behind the records"))
            }
        }
        let types = records.types.indices.filter { records.types[$0].role == .record }
        return .success(
            types.map { type in
                WrittenForm(
                    kind: .fixedWidth(records, type: type), columns: records.types[type].fields.map(\.name),
                    condition: nil)
            })
    }
}
