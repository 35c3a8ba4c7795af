/// What the header or trailer of a file states of its records, and what these come to.
///
/// Blocks have parts of it, which are added in the order of the file.
public struct StatedTotals: Hashable, Sendable {
    /// A number of the header or trailer.
    public struct Statement: Hashable, Sendable {
        /// What the line says; nil where it is no number.
        public var number: Int64?
        /// The text of the line.
        public var text: String
        /// The physical line in its block, from 0.
        public var line: Int
        /// The byte column, from 1.
        public var column: Int
        /// The byte in its block.
        public var byteOffset: Int
    }

    /// What is stated, by the number of the total in the profile.
    public internal(set) var statements: [Int: [Statement]] = [:]

    /// What the records come to, by the number of the total; nil where a value could not be read or the sum does not fit.
    public internal(set) var sums: [Int: Int64?] = [:]

    /// How many header lines there were.
    public internal(set) var headers = 0

    /// How many trailer lines there were.
    public internal(set) var trailers = 0

    /// The rows of other tables that the records lead to, by the number of the table and their keys.
    var otherRows: [Int: [[UInt8]: [UInt8]]] = [:]

    /// Nothing stated, nothing counted.
    public init() {}

    /// Whether there is nothing to tell.
    public var isEmpty: Bool { statements.isEmpty && sums.isEmpty && headers == 0 && trailers == 0 }

    /// Adds a number to a sum; nil makes it unknown.
    mutating func add(_ number: Int64?, to total: Int) {
        guard let sum = sums[total, default: 0], let number else {
            sums[total] = .some(nil)
            return
        }
        let (added, overflow) = sum.addingReportingOverflow(number)
        sums[total] = .some(overflow ? nil : added)
    }

    /// Adds the part of another block.
    public mutating func add(_ other: StatedTotals) {
        statements.merge(other.statements, uniquingKeysWith: +)
        for (total, sum) in other.sums { add(sum, to: total) }
        for (table, rows) in other.otherRows {
            otherRows[table, default: [:]].merge(rows, uniquingKeysWith: { first, _ in first })
        }
        headers += other.headers
        trailers += other.trailers
    }
}
