/// The records of a block as CSV rows of our columns, and where they stood: what is made of XML and of foreign formats.
public struct RecordRows: Sendable {
    /// The rows, in the order of the columns, each ended by LF; behind them bytes that may be read but have no meaning,
    /// at least `Block.padding`.
    public internal(set) var bytes: [UInt8] = []

    /// How many of `bytes` belong to the rows.
    public internal(set) var count = 0

    /// The offset of each record's first byte in the block.
    public internal(set) var recordOffsets: [UInt32] = []

    /// The offset in the block at which the value of each field begins, column by column for each record, and
    /// `RecordRows.absent` where there is none; empty if the rows were made without looking.
    public internal(set) var fieldOffsets: [UInt32] = []

    /// The values that a profile has no meaning for, in the order of the records; their rows hold them as they stand.
    public internal(set) var unmapped: [UnmappedValue] = []

    /// What was met besides the values of the columns.
    public internal(set) var remains = RecordRemains()

    /// Stands for the place of a value that is missing.
    public static let absent = UInt32.max

    /// No rows.
    public init() {}

    /// Empties the rows; their storage is left as it is.
    mutating func removeAll() {
        count = 0
        recordOffsets.removeAll(keepingCapacity: true)
        fieldOffsets.removeAll(keepingCapacity: true)
        unmapped.removeAll(keepingCapacity: true)
        remains = RecordRemains()
    }
}

/// A value that a profile has no meaning for.
public struct UnmappedValue: Hashable, Sendable {
    /// The row.
    public var record: UInt32

    /// The column of ours.
    public var column: Int

    /// What the profile expects.
    public var expected: String
}

/// What stands in a foreign file or in XML and not in the rows made of it.
public struct RecordRemains: Hashable, Sendable {
    /// How many values of known columns lost white space around them, by column.
    public internal(set) var trimmed: [String: Int] = [:]

    /// How many elements or foreign values there were that no column is for, by name.
    public internal(set) var furtherColumns: [String: Int] = [:]

    /// The names of `furtherColumns` in the order in which they came.
    public internal(set) var furtherOrder: [String] = []

    /// How many records were left out, by reason.
    public internal(set) var skipped: [String: Int] = [:]

    /// How many amounts and durations were rounded, by column.
    public internal(set) var rounded: [String: Int] = [:]

    /// How many values a profile had no meaning for, by column; counted where the rows are copies.
    public internal(set) var meaningless: [String: Int] = [:]

    /// What no row can hold: comments, attributes, elements in values.
    public internal(set) var lost = ConversionLosses()

    /// Nothing.
    public init() {}

    /// Counts an element that no column is for.
    mutating func countFurther(_ name: String, count: Int = 1) {
        if furtherColumns[name] == nil { furtherOrder.append(name) }
        furtherColumns[name, default: 0] += count
    }

    /// Adds all that another holds, which stood behind it.
    public mutating func add(_ other: RecordRemains) {
        trimmed.merge(other.trimmed, uniquingKeysWith: +)
        skipped.merge(other.skipped, uniquingKeysWith: +)
        rounded.merge(other.rounded, uniquingKeysWith: +)
        meaningless.merge(other.meaningless, uniquingKeysWith: +)
        lost.add(other.lost)
        for name in other.furtherOrder where furtherColumns[name] == nil { furtherOrder.append(name) }
        furtherColumns.merge(other.furtherColumns, uniquingKeysWith: +)
    }
}
