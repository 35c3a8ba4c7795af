/// The value of a field, from its raw text.
public enum FieldText {
    /// Whether raw text is that of a quoted field.
    public static func isQuoted(_ raw: Span<UInt8>, dialect: Dialect = .native) -> Bool {
        !raw.isEmpty && raw[0] == dialect.quote
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
            for offset in raw.indices { bytes.append(raw[offset]) }
            return
        }
        var offset = 1
        while offset < raw.count {
            if raw[offset] == dialect.quote { offset += 1 }
            if offset < raw.count { bytes.append(raw[offset]) }
            offset += 1
        }
    }
}
