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

    init(_ settings: DelimitedSettings, _ header: BlockSequence.Header, file: String) {
        let judged = HeaderFindings(header, file: file, dialect: settings.dialect)
        if header.hasByteOrderMark {
            findings.append(
                InputFinding(
                    rule: .byteOrderMark,
                    place: Place(file: file, line: 1, record: 0, column: 1, field: nil, byteOffset: 0),
                    found: "the byte order mark of UTF-8", expected: "no mark", extent: 3))
        }
        findings += judged.doubtfulNames()
        switch settings.definition {
        case .native(let kind): planNative(kind, judged, settings, file: file)
        }
        plan?.dialect = settings.dialect
    }

    private mutating func planNative(
        _ named: NativeKind?, _ header: HeaderFindings, _ settings: DelimitedSettings, file: String
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
        plan = NativePlan.make(kind, names: header.names, today: settings.today)
    }
}
