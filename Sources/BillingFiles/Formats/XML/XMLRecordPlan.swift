import XMLStream

/// Where the values of a profile's records are, as it is asked of a document.
///
/// Each value that any record needs has a slot, which belongs to an element around it, its scope: the value counts while
/// that element is open and is forgotten when the next one begins.
struct XMLRecordPlan: Sendable {
    /// Where a value is kept.
    struct Slot: Hashable, Sendable {
        var paths: [XMLPath]
        var choice: XMLSourceText.Choice
        /// How many steps from the root the scope is.
        var scope: Int
        /// The path of the scope.
        var scopePath: XMLPath
    }

    /// Where the value of a source is for the records of an element.
    enum Place: Hashable, Sendable {
        case name
        case position
        case slot(Int)
        case entry(table: Int, key: [UInt8])
        case lookup(table: Int, slot: Int)
        /// The record's element has no such value.
        case nothing
    }

    /// A table of one record element; tables in the record differ by it.
    struct Table: Hashable, Sendable {
        var entries: XMLPath
        var key: XMLPath
        var value: XMLPath
        var adds: Bool
        var scope: Int
        var scopePath: XMLPath
    }

    /// A record's element.
    struct Element: Sendable {
        var path: XMLPath
        var onlyWithoutRecords: Bool
        /// For each source of the mapping.
        var places: [Place]
        /// For each total that adds a value.
        var summed: [Place]
    }

    private(set) var slots: [Slot] = []
    private(set) var tables: [Table] = []
    private(set) var elements: [Element] = []
    let emptyRoots: [XMLPath]
    let completeAt: XMLPath?
    let totals: [(path: XMLPath, within: XMLPath?, measure: XMLTotal.Measure)]
    /// The paths that are none, for who checks a profile.
    private(set) var faults: [String] = []

    private let syntax: PathSyntax
    private let named: [XMLTable]

    /// A plan; without a `syntax` the paths are those of XML with the namespaces of the records.
    init(_ records: XMLRecords, sources: [String], syntax: PathSyntax? = nil) {
        let syntax = syntax ?? .xml(namespaces: records.namespaces)
        self.syntax = syntax
        named = records.tables
        func absolute(_ text: String, _ faults: inout [String]) -> XMLPath? {
            let path = syntax.path(text, base: [])
            if path == nil || !text.hasPrefix("/") { faults.append(text) }
            return path
        }
        var faults: [String] = []
        emptyRoots = records.emptyRoots.compactMap { absolute($0, &faults) }
        completeAt = records.completeAt.flatMap { absolute($0, &faults) }
        totals = records.totals.compactMap { total in
            absolute(total.path, &faults).map { ($0, total.within.flatMap { absolute($0, &faults) }, total.measure) }
        }
        for record in records.records {
            guard let path = absolute(record.path, &faults) else { continue }
            // What is in such a record and what is around it could not be told apart.
            if path.steps.contains(.anyDepth) { faults.append(record.path) }
            let element = Element(
                path: path, onlyWithoutRecords: record.onlyWithoutRecords, places: [], summed: [])
            elements.append(element)
        }
        self.faults = faults
        for index in elements.indices {
            let path = elements[index].path
            elements[index].places = sources.map { place(of: $0, in: path) }
            elements[index].summed = records.totals.map { total in
                if case .sum(let source) = total.measure { place(of: source, in: path) } else { .nothing }
            }
        }
    }

    private mutating func place(of source: String, in record: XMLPath) -> Place {
        switch XMLSourceText(source, tables: named) {
        case .name: return .name
        case .position: return .position
        case .path(let texts, let choice):
            guard let slot = slot(texts, choice, in: record, source) else { return .nothing }
            return .slot(slot)
        case .entry(let name, let key):
            guard let table = table(name, in: record, source) else { return .nothing }
            return .entry(table: table, key: Array(key.utf8))
        case .lookup(let name, .path(let texts, let choice)):
            guard let table = table(name, in: record, source),
                let slot = slot(texts, choice, in: record, source)
            else { return .nothing }
            return .lookup(table: table, slot: slot)
        case .lookup:
            if !faults.contains(source) { faults.append(source) }
            return .nothing
        }
    }

    private mutating func slot(
        _ texts: [String], _ choice: XMLSourceText.Choice, in record: XMLPath, _ source: String
    ) -> Int? {
        let paths = texts.compactMap { syntax.path($0, base: record.steps) }
        guard paths.count == texts.count else {
            if !faults.contains(source) { faults.append(source) }
            return nil
        }
        // A path from another root is that of the records of another element.
        let scopes = paths.compactMap { Self.scope(of: $0, record) }
        guard let (scope, scopePath) = scopes.min(by: { $0.0 < $1.0 }), scopes.count == paths.count else {
            return nil
        }
        let slot = Slot(paths: paths, choice: choice, scope: scope, scopePath: scopePath)
        if let known = slots.firstIndex(of: slot) { return known }
        slots.append(slot)
        return slots.count - 1
    }

    private mutating func table(_ name: String, in record: XMLPath, _ source: String) -> Int? {
        guard let table = named.first(where: { $0.name == name }),
            let entries = syntax.path(table.entries, base: record.steps),
            let key = syntax.path(table.key, base: entries.steps),
            let value = syntax.path(table.value, base: entries.steps)
        else {
            if !faults.contains(source) { faults.append(source) }
            return nil
        }
        guard let (scope, scopePath) = Self.scope(of: entries, record) else { return nil }
        let planned = Table(
            entries: entries, key: key, value: value, adds: table.adds, scope: scope, scopePath: scopePath)
        if let known = tables.firstIndex(of: planned) { return known }
        tables.append(planned)
        return tables.count - 1
    }

    /// The innermost element that is around both a value and its record.
    private static func scope(of path: XMLPath, _ record: XMLPath) -> (Int, XMLPath)? {
        let shared = path.sharedSteps(with: record)
        guard shared > 0 else { return nil }
        var scope = record
        scope.steps = Array(record.steps.prefix(shared))
        return (shared, scope)
    }
}

extension XMLRecords {
    /// The texts among its paths, and among those of values, that are no paths.
    public func pathFaults(sources: [String]) -> [String] {
        XMLRecordPlan(self, sources: sources).faults
    }
}
