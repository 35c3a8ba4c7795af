/// Records whose fields stand at positions of a line.
public struct FixedWidthRecords: Hashable, Sendable {
    /// The types of lines; each begins with other bytes.
    public var types: [LineType]

    /// What the header or trailer says of the records.
    public var totals: [TrailerTotal]

    /// Records from their parts.
    public init(types: [LineType], totals: [TrailerTotal] = []) {
        self.types = types
        self.totals = totals
    }
}

/// Lines that begin with the same bytes.
public struct LineType: Hashable, Sendable {
    /// What a line of a type is.
    public enum Role: String, CaseIterable, Sendable {
        /// A line before the records; one a file.
        case header
        /// A record.
        case record
        /// A line behind the records; one a file.
        case trailer
        /// A line that means nothing to us.
        case skipped
    }

    /// The first bytes of the line.
    public var prefix: String

    /// What it is.
    public var role: Role

    /// How many bytes it has, its line end left aside; nil where that differs.
    public var length: Int?

    /// Its fields.
    public var fields: [FixedField]

    /// A type of lines.
    public init(prefix: String, role: Role, length: Int? = nil, fields: [FixedField] = []) {
        self.prefix = prefix
        self.role = role
        self.length = length
        self.fields = fields
    }
}

/// A field at a position of a line.
public struct FixedField: Hashable, Sendable {
    /// The name that the mapping uses.
    public var name: String

    /// The offset of its first byte.
    public var start: Int

    /// The offset behind its last byte.
    public var end: Int

    /// A field.
    public init(name: String, start: Int, end: Int) {
        self.name = name
        self.start = start
        self.end = end
    }
}

/// A number that the trailer or header states of the records; a file in which it differs is not trusted.
public struct TrailerTotal: Hashable, Sendable {
    /// What is counted or added.
    public enum Measure: Hashable, Sendable {
        /// The record lines.
        case records
        /// A field of the record lines, read as a duration.
        case duration(field: String, DurationForm)
        /// A field of the record lines, read as a whole number.
        case sum(field: String)
    }

    /// The field of the header or trailer that states it.
    public var field: String

    /// What is counted or added.
    public var measure: Measure

    /// A total.
    public init(field: String, measure: Measure) {
        self.field = field
        self.measure = measure
    }
}
