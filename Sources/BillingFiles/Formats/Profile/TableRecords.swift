/// Records that are rows of one of several tables in a file.
///
/// A line that begins with a mark names a table and its columns; the lines up to the next are its rows. Fields are named by
/// their column, and those of a row that is looked up in another table by the name of the look-up: `invoice.status`.
public struct TableRecords: Hashable, Sendable {
    /// What a line that begins a table begins with.
    public var mark: String

    /// The byte between fields, and between the names of columns.
    public var delimiter: UInt8

    /// The table whose rows are records.
    public var table: String

    /// The first column of every table, which tells the format.
    public var firstColumn: String

    /// Texts that stand for others in values.
    public var escapes: [String: String]

    /// Rows of other tables that records lead to.
    public var lookUps: [LookUp]

    /// How a record leads to a row of another table.
    public struct LookUp: Hashable, Sendable {
        /// The name in the names of fields.
        public var name: String
        /// The table.
        public var table: String
        /// Its column with the key.
        public var key: String
        /// The column of the records that holds the key.
        public var source: String

        /// A look-up.
        public init(name: String, table: String, key: String, source: String) {
            self.name = name
            self.table = table
            self.key = key
            self.source = source
        }
    }

    /// Records from their parts.
    public init(
        mark: String, delimiter: UInt8, table: String, firstColumn: String, escapes: [String: String] = [:],
        lookUps: [LookUp] = []
    ) {
        self.mark = mark
        self.delimiter = delimiter
        self.table = table
        self.firstColumn = firstColumn
        self.escapes = escapes
        self.lookUps = lookUps
    }
}
