/// Records that are objects of JSON: of one document, of an array, or of lines with a document each.
///
/// Paths are those of `XMLRecords` without attributes and namespaces: `a/b` is the member `b` of the object `a` in the
/// record, `../x` a member of the object around it, `/r/x` one from the outermost value on, and `/` that value itself. The
/// elements of an array stand at the path of the array. `~1` and `~0` stand for `/` and `~` in a name.
public struct JSONRecords: Hashable, Sendable {
    /// The absolute paths of the objects that are records.
    public var records: [String]

    /// What every record of the format has, so that formats of JSON can be told apart; nil tells nothing.
    public var condition: RecordCondition?

    /// Values that are looked up by a key; an entry is an object that holds both.
    public var tables: [XMLTable]

    /// What the document says of its records.
    public var totals: [XMLTotal]

    /// Records from their parts.
    public init(
        records: [String], condition: RecordCondition? = nil, tables: [XMLTable] = [], totals: [XMLTotal] = []
    ) {
        self.records = records
        self.condition = condition
        self.tables = tables
        self.totals = totals
    }

    /// The same as elements: members are elements, and so is each element of an array.
    var elements: XMLRecords {
        XMLRecords(records: records.map { XMLRecordElement($0) }, tables: tables, totals: totals)
    }

    /// The texts among its paths, and among those of values, that are no paths.
    public func pathFaults(sources: [String]) -> [String] {
        let plan = XMLRecordPlan(elements, sources: sources, syntax: .json)
        // By the time such a key is known, its table may be that of another object.
        let lost = sources.indices.filter { number in
            plan.elements.contains { element in
                guard case .lookup(let table, let slot) = element.places[number] else { return false }
                return plan.slots[slot].scope < min(plan.tables[table].scope, element.path.steps.count)
            }
        }
        return plan.faults + lost.map { sources[$0] }
    }
}
