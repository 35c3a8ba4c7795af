/// The records of some XML as CSV rows, and where they stood.
public struct XMLRows: Sendable {
    /// The rows, in the order of the shape's columns, each ended by LF; behind them bytes that may be read but have no
    /// meaning, at least `Block.padding`.
    public internal(set) var bytes: [UInt8] = []

    /// How many of `bytes` belong to the rows.
    public internal(set) var count = 0

    /// The offset of each record's start tag in the block.
    public internal(set) var recordOffsets: [UInt32] = []

    /// The offset in the block at which the content of each field begins, column by column for each record, and
    /// `XMLRows.absent` where an element is missing; empty if the rows were made without looking.
    public internal(set) var fieldOffsets: [UInt32] = []

    /// What was met besides the values of the columns.
    public internal(set) var remains = XMLRemains()

    /// Stands for the place of an element that is missing.
    public static let absent = UInt32.max

    /// No rows.
    public init() {}

    /// Empties the rows; their storage is left as it is.
    mutating func removeAll() {
        count = 0
        recordOffsets.removeAll(keepingCapacity: true)
        fieldOffsets.removeAll(keepingCapacity: true)
        remains = XMLRemains()
    }
}

/// What stands in XML and not in the rows made of it.
public struct XMLRemains: Hashable, Sendable {
    /// How many values of known columns lost white space around them, by column.
    public internal(set) var trimmed: [String: Int] = [:]

    /// How many elements there were that no column is for, by name.
    public internal(set) var furtherColumns: [String: Int] = [:]

    /// The names of `furtherColumns` in the order in which they came.
    public internal(set) var furtherOrder: [String] = []

    /// What no row can hold: comments, attributes, elements in values.
    public internal(set) var lost = ConversionLosses()

    /// Nothing.
    public init() {}

    /// Counts an element that no column is for.
    mutating func countFurther(_ name: String) {
        if furtherColumns[name] == nil { furtherOrder.append(name) }
        furtherColumns[name, default: 0] += 1
    }

    /// Adds all that another holds, which stood behind it.
    public mutating func add(_ other: XMLRemains) {
        trimmed.merge(other.trimmed, uniquingKeysWith: +)
        lost.add(other.lost)
        for name in other.furtherOrder where furtherColumns[name] == nil { furtherOrder.append(name) }
        furtherColumns.merge(other.furtherColumns, uniquingKeysWith: +)
    }
}
