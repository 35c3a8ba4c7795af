/// Judges records by what their format does not know: whether a customer allows that they are collected.
public struct RecordJudge: Sendable {
    /// What becomes of a record.
    public enum Verdict: Sendable {
        /// It is written.
        case written
        /// It is not, for a value of a column; `expected` says what could be.
        case refused(column: String, expected: String)
        /// It is written if no record with one of these keys was before it.
        case writtenOnce([Key])
    }

    /// What only one record may have.
    public struct Key: Sendable {
        let bytes: [UInt8]
        let column: String
        let expected: String

        /// A key; `column` and `expected` are told of the record that has it, too.
        public init(_ bytes: [UInt8], column: String, expected: String) {
            (self.bytes, self.column, self.expected) = (bytes, column, expected)
        }
    }

    /// The columns whose values are asked for.
    public let columns: [String]

    let verdict: @Sendable ([[UInt8]]) -> Verdict

    /// A judge that sees the values of some columns, empty where there are none.
    public init(columns: [String], verdict: @escaping @Sendable ([[UInt8]]) -> Verdict) {
        self.columns = columns
        self.verdict = verdict
    }
}
