import Testing

@testable import DelimitedText

@Suite struct FieldTextTests {
    @Test(arguments: [
        ("", "", false),
        ("a", "a", false),
        (" \"a\"", " \"a\"", false),
        ("\"\"", "", true),
        ("\"a,b\"", "a,b", true),
        ("\"a\"\"b\"", "a\"b", true),
        ("\"\"\"\"", "\"", true),
        ("\"\"\"\"\"\"", "\"\"", true),
        // Not the text of a sound record, but not a trap either.
        ("\"", "", true),
        ("\"a", "a", true),
        ("\"a\"b", "ab", true),
    ])
    func value(raw: String, value: String, isQuoted: Bool) {
        let bytes = Array(raw.utf8)
        #expect(FieldText.value(of: bytes.span) == Array(value.utf8))
        #expect(FieldText.isQuoted(bytes.span) == isQuoted)
    }

    @Test func appendsBehindWhatIsThere() {
        var bytes = Array("x".utf8)
        FieldText.append(
            valueOf: Array("'a''b'".utf8).span, dialect: Dialect(quote: UInt8(ascii: "'")), to: &bytes)
        #expect(bytes == Array("xa'b".utf8))
    }
}
