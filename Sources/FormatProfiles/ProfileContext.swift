import BillingFiles
import SettingsText

/// What the sections of a profile have in common while it is read.
struct ProfileContext {
    /// What the records become, once that is known.
    var kind: NativeKind?

    /// How points in time without an offset of their own are meant.
    var zone = TimeSection.Zone()

    /// The foreign fields that are named, with where.
    private(set) var references: [(name: String, node: SettingsNode)] = []

    /// Notes that a foreign field is named.
    mutating func refer(to name: String, at node: SettingsNode) { references.append((name, node)) }

    /// The fields that are filled when the format is written, with where.
    private var fillings: [(name: String, node: SettingsNode)] = []

    /// Notes that a foreign field is filled: one of the records, or of a header or trailer.
    mutating func fill(_ name: String, at node: SettingsNode) { fillings.append((name, node)) }

    /// Names that no layout has are slips of the pen.
    func check(_ layout: RecordLayout, _ reader: inout SettingsReader) {
        var named: Set<String> = []
        switch layout {
        case .delimited(let records):
            // Where a header row names the columns, nobody knows them all.
            guard !records.layouts.isEmpty else { return }
            for layout in records.layouts { named.formUnion(layout.columns) }
            named.formUnion(records.optionalColumns)
            if records.pairs != nil { named.insert(EventPairs.seconds) }
        case .fixedWidth(let records):
            for type in records.types where type.role == .record { named.formUnion(type.fields.map(\.name)) }
        // The columns of the tables stand in the file.
        case .tables: return
        case .xml(let records): return checkPaths(&reader) { records.pathFaults(sources: [$0]).isEmpty }
        case .json(let records): return checkPaths(&reader) { records.pathFaults(sources: [$0]).isEmpty }
        }
        var filled = named
        if case .fixedWidth(let records) = layout {
            for type in records.types { filled.formUnion(type.fields.map(\.name)) }
        }
        let unknown = references.filter { !named.contains($0.name) } + fillings.filter { !filled.contains($0.name) }
        for (name, node) in unknown {
            let near = NearWord.nearest(to: name, in: named.sorted())
            reader.fault(
                node, found: "the field '\(name)'", expected: "a field of a layout",
                remedy: near.map { "did you mean '\($0)'?" } ?? "")
        }
    }

    /// Texts that are no paths are slips of the pen.
    private func checkPaths(_ reader: inout SettingsReader, _ isPath: (String) -> Bool) {
        for (name, node) in references + fillings where !isPath(name) {
            reader.fault(
                node, found: "'\(name)'",
                expected: "a path such as a/b, ../c, /root/d, a/@e, first(a/b), sum(a/b), name() or table['key']",
                remedy: "a prefix must stand under 'namespaces', and a table under 'tables'")
        }
    }
}
