import Testing

@testable import BillingFiles

@Suite struct XMLTextTests {
    private func text(_ value: String) -> (written: String, isLossy: Bool) {
        var bytes: [UInt8] = []
        let isLossy = XMLText.append(Array(value.utf8).span, to: &bytes)
        return (String(decoding: bytes, as: UTF8.self), isLossy)
    }

    @Test(arguments: [
        ("", ""), ("plain", "plain"), ("a&b<c>d\"e'f", "a&amp;b&lt;c&gt;d\"e'f"), ("]]>", "]]&gt;"),
        ("\t\n", "\t\n"), ("\r\n", "&#13;\n"),
        ("Zoë 日本 \u{FFFD}\u{10FFFF}\u{7F}\u{85}", "Zoë 日本 \u{FFFD}\u{10FFFF}\u{7F}\u{85}"),
        ("\u{FFFC}\u{FEFF}", "\u{FFFC}\u{FEFF}"),
    ])
    func whatXMLCarries(value: String, written: String) {
        #expect(text(value) == (written, false))
    }

    @Test func whatXMLCannotCarry() {
        for code in (0...0x1F).filter({ ![9, 10, 13].contains($0) }) + [0xFFFE, 0xFFFF] {
            let character = Unicode.Scalar(UInt32(code)).map(String.init) ?? ""
            #expect(text("a\(character)b") == ("a\u{FFFD}b", true), "U+\(String(code, radix: 16))")
            #expect(XMLText.attribute("a\(character)") == nil)
        }
    }

    @Test func attributes() {
        #expect(
            XMLText.attribute("a\"b'<&>\t\n\r ë") == Array("a&quot;b'&lt;&amp;&gt;&#9;&#10;&#13; ë".utf8))
    }

    @Test(arguments: ["a", "_a", "é", "a1.-_·", "日本", "charge_id", "columns"])
    func namesOfElements(name: String) {
        #expect(XMLElementName.isUsable(name))
    }

    @Test(arguments: [
        "", "column", "1a", "-a", ".a", "a b", "a:b", ":a", "a,b", "xml", "XMLa", "xMl", "a\u{0}", "a\n", "\u{D7}",
        "a\u{37E}",
        "a\u{2190}",
    ])
    func noNamesOfElements(name: String) {
        #expect(!XMLElementName.isUsable(name))
    }

    @Test func theLengthOfNames() {
        #expect(XMLElementName.isUsable(String(repeating: "a", count: 1024)))
        #expect(!XMLElementName.isUsable(String(repeating: "a", count: 1025)))
        let tags = XMLRecordTags(
            kind: .events, columns: NativeColumns.events + [String(repeating: "b", count: 1025), "c"])
        #expect(tags.lostColumns == [5])
        #expect(tags.fields == [0, 1, 2, 3, 4, 6])
    }
}
