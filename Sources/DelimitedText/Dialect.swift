/// In what delimited files differ.
///
/// Everything else is fixed: LF or CRLF ends a record, and a quote within a quoted field is doubled (RFC 4180).
public struct Dialect: Sendable, Hashable {
    /// The byte between two fields of a record.
    public var delimiter: UInt8
    /// The byte that opens and closes a quoted field.
    public var quote: UInt8
    /// Whether fields may stand in quotes; else the quote is a byte like any other.
    public var hasQuotes = true
    /// The byte that takes the meaning away from the one behind it, where there are no quotes; nil for none.
    ///
    /// It takes it away from a delimiter and from itself; the end of a line is one in any case.
    public var escape: UInt8?
    /// Whether blanks may stand before an opening quote; they are then no part of the field.
    public var allowsBlanksBeforeQuote = false

    /// A dialect of the two bytes; they are usable if ``isUnambiguous``.
    public init(delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")) {
        self.delimiter = delimiter
        self.quote = quote
    }

    /// The dialect of the native files: comma and double quote.
    public static let native = Dialect()

    /// A dialect without quotes.
    public static func unquoted(delimiter: UInt8, escape: UInt8? = nil) -> Dialect {
        var dialect = Dialect(delimiter: delimiter)
        dialect.hasQuotes = false
        dialect.escape = escape
        return dialect
    }

    /// Whether the two bytes differ from each other, from NUL, CR and LF, and are ASCII.
    ///
    /// A file read in any other dialect gives fields without a meaning, though never an access out of bounds.
    public var isUnambiguous: Bool {
        let reserved: [UInt8] = [0, .carriageReturn, .lineFeed]
        return delimiter != quote && delimiter < 0x80 && quote < 0x80
            && !reserved.contains(delimiter) && !reserved.contains(quote)
    }

    /// Whether the two bytes are all in which the dialect differs, so that many bytes may be looked at at once.
    var isPlain: Bool { isUnambiguous && hasQuotes && escape == nil && !allowsBlanksBeforeQuote }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}
