/// Records that are elements of an XML document.
///
/// A value's place is a path. `a/b` is an element in the record, `@c` an attribute of it, `a/@c` one of an element in it,
/// `../x` an element of the element around it, and `/r/x` one from the root on. `*` stands for any name, `**` for any
/// elements in between. `name()` is the name of the record's element. `first(a/b)` is the first of several,
/// `sum(a/b)` adds amounts; without either, several are a finding, because nobody can tell which is meant.
/// `t['k']` and `t[a/b]` look a key up in a table.
public struct XMLRecords: Hashable, Sendable {
    /// The URIs that a prefix of the paths stands for, any of them; the empty prefix is that of names without one, which
    /// otherwise are in no namespace.
    public var namespaces: [String: [String]]

    /// The elements that are records.
    public var records: [XMLRecordElement]

    /// The roots of documents of the format that hold no records, as absolute paths.
    public var emptyRoots: [String]

    /// Values that are looked up by a key.
    public var tables: [XMLTable]

    /// The element at whose end its records are complete, as an absolute path; nil when no record needs a value that
    /// stands behind it.
    public var completeAt: String?

    /// What the document says of its records.
    public var totals: [XMLTotal]

    /// Whether a DOCTYPE without declarations is passed over; what it names is never loaded.
    public var mayHaveDoctype: Bool

    /// Records from their parts.
    public init(
        namespaces: [String: [String]] = [:], records: [XMLRecordElement], emptyRoots: [String] = [],
        tables: [XMLTable] = [], completeAt: String? = nil, totals: [XMLTotal] = [], mayHaveDoctype: Bool = false
    ) {
        self.namespaces = namespaces
        self.records = records
        self.emptyRoots = emptyRoots
        self.tables = tables
        self.completeAt = completeAt
        self.totals = totals
        self.mayHaveDoctype = mayHaveDoctype
    }
}

/// An element that is a record.
public struct XMLRecordElement: Hashable, Sendable {
    /// The absolute path of the element.
    public var path: String

    /// Whether it is one only if no other record stands in it.
    public var onlyWithoutRecords: Bool

    /// An element.
    public init(_ path: String, onlyWithoutRecords: Bool = false) {
        self.path = path
        self.onlyWithoutRecords = onlyWithoutRecords
    }
}

/// Values with keys: each entry is an element that holds both.
public struct XMLTable: Hashable, Sendable {
    /// The name in the paths of values.
    public var name: String

    /// The path of an entry, absolute or from the record.
    public var entries: String

    /// The path of the key, from the entry.
    public var key: String

    /// The path of the value, from the entry.
    public var value: String

    /// Whether the values of equal keys are added; else two different ones are a finding.
    public var adds: Bool

    /// A table.
    public init(name: String, entries: String, key: String, value: String, adds: Bool = false) {
        self.name = name
        self.entries = entries
        self.key = key
        self.value = value
        self.adds = adds
    }
}

/// A number that the document states of its records; a document in which it differs is not trusted.
public struct XMLTotal: Hashable, Sendable {
    /// What the number states.
    public enum Measure: Hashable, Sendable {
        /// How many records there are, those that are left out among them.
        case records
        /// The sum of a value of the records, by its path.
        case sum(String)
    }

    /// The absolute path of the number.
    public var path: String

    /// What it states.
    public var measure: Measure

    /// The element within which the records are counted, as an absolute path; nil for the document.
    public var within: String?

    /// A total.
    public init(path: String, measure: Measure, within: String? = nil) {
        self.path = path
        self.measure = measure
        self.within = within
    }
}
