public import DelimitedText

/// How a delimited file is written: its dialect, its encoding, and what stands before its records.
public struct DelimitedForm: Sendable, Equatable {
    /// The bytes in which delimited files differ.
    public var dialect: Dialect
    /// The encoding.
    public var encoding: TextEncoding
    /// Whether a row with the names of the columns stands before the records.
    public var hasHeader: Bool
    /// How many lines stand before that row, or before the records.
    public var skippedLines: Int

    /// A form; without arguments that of native files.
    public init(
        dialect: Dialect = .native, encoding: TextEncoding = .utf8, hasHeader: Bool = true, skippedLines: Int = 0
    ) {
        self.dialect = dialect
        self.encoding = encoding
        self.hasHeader = hasHeader
        self.skippedLines = skippedLines
    }

    /// The form of native files.
    public static let native = DelimitedForm()
}
