/// What the records of a native XML file look like: the root element, the record element, and the column that each
/// element in a record fills.
public struct XMLRecordShape: Hashable, Sendable {
    /// The kind of the file, which names the root and the record element.
    public let kind: NativeKind

    /// The names of the columns, in the order in which rows are made; those of the kind first.
    public let columns: [String]

    /// How many of the columns are the kind's own.
    public let knownColumns: Int

    /// The shape of files of a kind, with some further columns behind its own.
    public init(_ kind: NativeKind, further: [String] = []) {
        self.kind = kind
        columns = kind.columns + further
        knownColumns = kind.columns.count
    }

    /// The shape in which an audit reads files of a kind: a subscription's calendar and earlier ids, and the
    /// charge that a refund undoes, are columns of their own, in which nothing but text may stand.
    public static func ofAudit(_ kind: NativeKind) -> XMLRecordShape {
        let further =
            switch kind {
            case .subscriptions: [NativeColumns.calendar, NativeColumns.previousIdentifiers]
            case .charges: [NativeColumns.refersTo]
            case .events, .usage, .results: [String]()
            }
        return XMLRecordShape(
            kind: kind, columns: kind.columns + further, knownColumns: kind.columns.count + further.count)
    }

    private init(kind: NativeKind, columns: [String], knownColumns: Int) {
        self.kind = kind
        self.columns = columns
        self.knownColumns = knownColumns
    }

    /// The name of the root element.
    var root: String { kind.rootElement }

    /// The name of the record element.
    var record: String { kind.recordElement }

    /// Whether white space around the values of a column is no part of them: true of the kind's own columns but the
    /// free text of an offer's name.
    func trims(_ column: Int) -> Bool { column < knownColumns && columns[column] != "offer" }
}

extension XMLRecordShape {
    /// Whether the end of a record can be told by its tag: an event has an element of its own name.
    var hasDistinctRecords: Bool { !columns.contains(record) }
}
