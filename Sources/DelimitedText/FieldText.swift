/// The value of a field, from its raw text.
public enum FieldText {
    /// Whether raw text is that of a quoted field.
    public static func isQuoted(_ raw: Span<UInt8>, dialect: Dialect = .native) -> Bool {
        guard dialect.hasQuotes else { return false }
        let start = dialect.allowsBlanksBeforeQuote ? firstBehindBlanks(raw) : 0
        return start < raw.count && raw[start] == dialect.quote
    }

    /// The value of a field: its raw text, or what stands between its quotes with doubled quotes made single.
    ///
    /// The raw text is that of a sound record. Of any other text that starts with a quote, the first byte is left out,
    /// and of each further quote the byte behind it is kept if it is a quote too.
    public static func value(of raw: Span<UInt8>, dialect: Dialect = .native) -> [UInt8] {
        var value: [UInt8] = []
        append(valueOf: raw, dialect: dialect, to: &value)
        return value
    }

    /// Appends the value of a field to bytes that the caller owns.
    public static func append(valueOf raw: Span<UInt8>, dialect: Dialect = .native, to bytes: inout [UInt8]) {
        guard isQuoted(raw, dialect: dialect) else {
            let escape = dialect.hasQuotes ? nil : dialect.escape
            var isEscaped = false
            for offset in raw.indices {
                isEscaped = raw[offset] == escape && !isEscaped
                if !isEscaped { bytes.append(raw[offset]) }
            }
            return
        }
        var offset = (dialect.allowsBlanksBeforeQuote ? firstBehindBlanks(raw) : 0) + 1
        while offset < raw.count {
            if raw[offset] == dialect.quote { offset += 1 }
            if offset < raw.count { bytes.append(raw[offset]) }
            offset += 1
        }
    }

    private static func firstBehindBlanks(_ raw: Span<UInt8>) -> Int {
        var start = 0
        while start < raw.count, raw[start] == UInt8(ascii: " ") { start += 1 }
        return start
    }
}
