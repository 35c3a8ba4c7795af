/// Turns fields into the bytes of records.
///
/// A field is quoted only where it holds a delimiter, a quote, a CR or an LF, and a quote within it is doubled: what
/// ``FieldScanner`` reads back is the same fields. The one text that RFC 4180 cannot carry is a record of no fields.
public struct FieldWriter: Sendable {
    /// The bytes that end a record.
    public enum LineEnding: Sendable {
        /// LF, the line end of the native files.
        case lf
        /// CR and LF.
        case crlf
    }

    /// The bytes that end a record.
    public var lineEnding: LineEnding
    /// The dialect of the records.
    public var dialect: Dialect

    /// A writer of records that end so.
    public init(lineEnding: LineEnding = .lf, dialect: Dialect = .native) {
        self.lineEnding = lineEnding
        self.dialect = dialect
    }

    /// Appends one field, without a delimiter.
    public func append(field: Span<UInt8>, to bytes: inout [UInt8]) {
        guard needsQuotes(field, dialect) else { return appendAll(field, to: &bytes) }
        bytes.append(dialect.quote)
        for offset in field.indices {
            let byte = field[offset]
            if byte == dialect.quote { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(dialect.quote)
    }

    /// Appends one field, without a delimiter.
    public func append(field: [UInt8], to bytes: inout [UInt8]) {
        append(field: field.span, to: &bytes)
    }

    /// Appends one field in UTF-8, without a delimiter.
    public func append(field: String, to bytes: inout [UInt8]) {
        withBytes(of: field) { append(field: $0, to: &bytes) }
    }

    /// Appends the delimiter between two fields.
    public func appendDelimiter(to bytes: inout [UInt8]) {
        bytes.append(dialect.delimiter)
    }

    /// Appends the line end of a record.
    public func appendLineEnd(to bytes: inout [UInt8]) {
        if lineEnding == .crlf { bytes.append(.carriageReturn) }
        bytes.append(.lineFeed)
    }

    /// Appends a record: its fields with delimiters between them, and the line end.
    public func appendRecord(_ fields: [[UInt8]], to bytes: inout [UInt8]) {
        for (ordinal, field) in fields.enumerated() {
            if ordinal > 0 { appendDelimiter(to: &bytes) }
            append(field: field, to: &bytes)
        }
        appendLineEnd(to: &bytes)
    }

    /// Appends a record in UTF-8: its fields with delimiters between them, and the line end.
    public func appendRecord(_ fields: [String], to bytes: inout [UInt8]) {
        for (ordinal, field) in fields.enumerated() {
            if ordinal > 0 { appendDelimiter(to: &bytes) }
            append(field: field, to: &bytes)
        }
        appendLineEnd(to: &bytes)
    }
}
