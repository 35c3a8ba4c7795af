public import DelimitedText

/// Records whose fields stand between delimiters.
public struct DelimitedRecords: Hashable, Sendable {
    /// Whether a row with the names of the columns stands before the records.
    public enum Header: Hashable, Sendable {
        /// Never; a layout names the columns.
        case none
        /// Always.
        case firstRow
        /// The first row is one if it holds the names of all columns that are needed; else a layout names the columns.
        case ifPresent
        /// The first row is one if it begins with this text, which is no part of the first name.
        case marked(String)
    }

    /// The dialects in which the format is written; a file is read in the one in which it fits.
    public var dialects: [Dialect]

    /// Whether a row with the names of the columns stands before the records.
    public var header: Header

    /// How many lines stand before that row, or before the records.
    public var skippedLines: Int

    /// The known layouts of records without names.
    public var layouts: [ColumnLayout]

    /// Columns that the mapping uses and a file with a header row may lack.
    public var optionalColumns: Set<String>

    /// Lines that begin with one of these texts are no records; each with its reason.
    public var skippedPrefixes: [SkippedPrefix]

    /// Whether those who write the format leave out the end of the last line, so that it does not tell a whole file.
    public var maySkipLastLineEnd: Bool

    /// How records that are events are joined; nil where each record is a whole one.
    public var pairs: EventPairs?

    /// Records from their parts.
    public init(
        dialects: [Dialect] = [.native], header: Header = .none, skippedLines: Int = 0, layouts: [ColumnLayout] = [],
        optionalColumns: Set<String> = [], skippedPrefixes: [SkippedPrefix] = [],
        maySkipLastLineEnd: Bool = false
    ) {
        self.dialects = dialects
        self.header = header
        self.skippedLines = skippedLines
        self.layouts = layouts
        self.optionalColumns = optionalColumns
        self.skippedPrefixes = skippedPrefixes
        self.maySkipLastLineEnd = maySkipLastLineEnd
    }
}

/// The columns of records without names.
public struct ColumnLayout: Hashable, Sendable {
    /// The names that the mapping uses, in the order of the fields.
    public var columns: [String]

    /// What every record of the layout has, so that layouts of as many columns can be told apart.
    public var condition: RecordCondition?

    /// Whether records may have further fields behind these.
    public var allowsMore: Bool

    /// A layout.
    public init(columns: [String], condition: RecordCondition? = nil, allowsMore: Bool = false) {
        self.columns = columns
        self.condition = condition
        self.allowsMore = allowsMore
    }
}

/// The beginning of lines that are no records.
public struct SkippedPrefix: Hashable, Sendable {
    /// The first bytes of the line; empty for a blank line.
    public var prefix: String

    /// The reason in a few words.
    public var reason: String

    /// A beginning with its reason.
    public init(prefix: String, reason: String) {
        self.prefix = prefix
        self.reason = reason
    }
}
