/// The two bytes in which delimited files differ.
///
/// Everything else is fixed: LF or CRLF ends a record, and a quote within a quoted field is doubled (RFC 4180).
public struct Dialect: Sendable, Hashable {
    /// The byte between two fields of a record.
    public var delimiter: UInt8
    /// The byte that opens and closes a quoted field.
    public var quote: UInt8

    /// A dialect of the two bytes; they are usable if ``isUnambiguous``.
    public init(delimiter: UInt8 = UInt8(ascii: ","), quote: UInt8 = UInt8(ascii: "\"")) {
        self.delimiter = delimiter
        self.quote = quote
    }

    /// The dialect of the native files: comma and double quote.
    public static let native = Dialect()

    /// Whether the two bytes differ from each other, from NUL, CR and LF, and are ASCII.
    ///
    /// A file read in any other dialect gives fields without a meaning, though never an access out of bounds.
    public var isUnambiguous: Bool {
        let reserved: [UInt8] = [0, .carriageReturn, .lineFeed]
        return delimiter != quote && delimiter < 0x80 && quote < 0x80
            && !reserved.contains(delimiter) && !reserved.contains(quote)
    }
}

extension UInt8 {
    static let lineFeed = UInt8(ascii: "\n")
    static let carriageReturn = UInt8(ascii: "\r")
}
