import BillingFiles
import DelimitedText

/// The plan for a file, made of its header, and what is wrong with the header.
struct PlannedTable {
    /// The plan; nil when nobody can tell what the file is.
    private(set) var plan: TablePlan?
    /// What is wrong with the header.
    private(set) var findings: [InputFinding] = []
    /// What the file was taken for.
    private(set) var format: String?
    /// Whether a file without a record is a lost one.
    private(set) var needsRecords = false

    init(
        _ settings: DelimitedSettings, _ form: DelimitedForm, _ values: ValueForms, _ header: BlockSequence.Header,
        _ references: [ReferencedKeys?], file: String
    ) {
        let judged = HeaderFindings(
            header, file: file, dialect: form.dialect,
            names: header.isAbsent ? Self.names(settings.definition, count: header.names.count) : nil)
        if header.hasByteOrderMark, form.encoding == .utf8 {
            findings.append(
                InputFinding(
                    rule: .byteOrderMark,
                    place: Place(file: file, line: 1, record: 0, column: 1, field: nil, byteOffset: 0),
                    found: "the byte order mark of UTF-8", expected: "no mark", extent: 3))
        }
        findings += judged.doubtfulNames()
        switch settings.definition {
        case .native(let kind): planNative(kind, judged, settings, values, file: file)
        case .schema(let schema):
            var planned = SchemaPlan(schema, judged)
            for (key, keys) in zip(schema.foreignKeys, references) {
                if let keys { planned.add(key, keys) }
            }
            (plan, format) = (planned.plan, "table-schema")
            findings += planned.findings
        }
        plan?.dialect = form.dialect
        plan?.isRecoded = form.encoding != .utf8
    }

    /// The names of the columns of a file without a header row: those of the definition, in order.
    private static func names(_ definition: TableDefinition, count: Int) -> [String] {
        let (known, width): ([String], Int) =
            switch definition {
            // Further columns may stand behind those of the kind.
            case .native(let kind): (kind?.columns ?? [], max(count, kind?.columns.count ?? 0))
            // Where the schema's fields are the columns, a first row with one too many is no table with one more.
            case .schema(let schema):
                (schema.fields.map(\.name), schema.match == .exact || count == 0 ? schema.fields.count : count)
            }
        return (0..<width).map { known.indices.contains($0) ? known[$0] : "column \($0 + 1)" }
    }

    private mutating func planNative(
        _ named: NativeKind?, _ header: HeaderFindings, _ settings: DelimitedSettings, _ values: ValueForms,
        file: String
    ) {
        guard let nearest = NativeKind.nearest(to: header.names) else { return }
        // A file with half of a kind's columns is one of that kind with faults; with fewer it is something else.
        guard let kind = named ?? (nearest.missing.count * 2 <= nearest.kind.columns.count ? nearest.kind : nil) else {
            let list = header.names.map { VisibleText.of($0.utf8) }.joined(separator: ", ")
            findings.append(
                InputFinding(
                    rule: .unknownLayout, place: header.places.place(of: 0, name: nil),
                    found: "the columns \(VisibleText.of(list.utf8, limit: 400))",
                    expected: "those of a native file; nearest is \(nearest.kind.rawValue), without "
                        + nearest.missing.joined(separator: ", ")))
            return
        }
        let known = kind.columns + kind.optionalColumns
        findings += header.missing(kind.columns, known: known)
        findings += header.misspelt(kind.optionalColumns, known: known)
        format = "native-\(kind.rawValue)"
        needsRecords = kind != .events
        plan = NativePlan.make(
            kind, names: header.names, today: settings.today, lines: settings.lines, forms: values)
    }
}
