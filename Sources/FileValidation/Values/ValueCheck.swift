/// Judges the values of one column, and reads them for the rules that compare them with others.
///
/// Called once for every value of a file: a check allocates nothing.
protocol ValueCheck: Sendable {
    /// What is wrong with a value, which has its quotes taken off.
    ///
    /// `cell` takes what the value means as a number, for instance a day; it is ``Cell/absent`` before.
    mutating func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults
}

/// What a value means as a number, for the rules that compare values.
enum Cell {
    /// The value is empty, or its record was not judged.
    static let absent = Int64.min
    /// The value cannot be read.
    static let unreadable = Int64.min + 1

    /// Whether a cell holds a value.
    @inline(__always)
    static func isPresent(_ cell: Int64) -> Bool { cell > unreadable }
}
