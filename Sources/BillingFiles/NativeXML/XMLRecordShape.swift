/// What the records of a native XML file look like: the root element, the record element, and the column that each
/// element in a record fills.
public struct XMLRecordShape: Hashable, Sendable {
    /// The name of the root element.
    public let root: String

    /// The name of the record element.
    public let record: String

    /// The names of the columns, in the order in which rows are made; the known ones first.
    public let columns: [String]

    /// How many of the columns are known: white space around their values means nothing.
    public let knownColumns: Int

    /// A shape with some further columns behind the known ones.
    public init(root: String, record: String, known: [String], further: [String] = []) {
        self.root = root
        self.record = record
        columns = known + further
        knownColumns = known.count
    }

    /// Whether white space around the values of a column is no part of them: true of all known columns but the free
    /// text of an offer's name.
    func trims(_ column: Int) -> Bool { column < knownColumns && columns[column] != "offer" }
}

extension XMLRecordShape {
    /// Charges files.
    public static let charges = XMLRecordShape(root: "charges", record: "charge", known: NativeColumns.charges)

    /// Subscriptions files.
    public static let subscriptions = XMLRecordShape(
        root: "subscriptions", record: "subscription", known: NativeColumns.subscriptions)

    /// The shapes of all native files.
    static let known = [charges, subscriptions]
}
