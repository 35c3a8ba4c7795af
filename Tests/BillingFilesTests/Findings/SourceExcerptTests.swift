import Testing

@testable import BillingFiles

/// The line around a place, with what is meant marked; `[` and `]` in the texts stand for the mark.
@Suite("Excerpts of files") struct SourceExcerptTests {
    private func excerpt(_ marked: String, startsFile: Bool = true) -> SourceExcerpt? {
        let bytes = Array(marked.utf8)
        let open = bytes.firstIndex(of: UInt8(ascii: "[")) ?? 0
        let close = bytes.firstIndex(of: UInt8(ascii: "]")) ?? bytes.count
        let text = bytes.filter { $0 != UInt8(ascii: "[") && $0 != UInt8(ascii: "]") }
        return SourceExcerpt(bytes: text.span, offset: open, extent: close - open - 1, startsFile: startsFile)
    }

    /// The excerpt with the mark put back.
    private func shown(_ marked: String, startsFile: Bool = true) -> String? {
        guard let excerpt = excerpt(marked, startsFile: startsFile) else { return nil }
        var text = Array(excerpt.text)
        text.insert("[", at: min(excerpt.before, text.count))
        text.insert("]", at: min(excerpt.before + excerpt.marked + 1, text.count))
        return String(text)
    }

    @Test(
        arguments: [
            ("a,[b],c\n", "a,[b],c"), ("x\na,[bb],c\ny", "a,[bb],c"), ("x\r\na,[b]\r\ny", "a,[b]"),
            ("é,[ü],c\n", "é,[ü],c"), ("a,[\u{1B}b],c", "a,[\\u{1B}b],c"), ("[a]", "[a]"), ("a,[]\n", "a,[]"),
            ("\u{FEFF}[a],b\n", "[a],b"),
        ])
    func theMeantPartIsMarked(marked: String, expected: String) {
        #expect(shown(marked) == expected)
    }

    @Test func longLinesAreCutOnBothSides() throws {
        let lead = String(repeating: "x", count: 300)
        let excerpt = try #require(self.excerpt("\(lead)[word]\(lead)\n"))
        #expect(excerpt.text.hasPrefix("...xxx") && excerpt.text.hasSuffix("xxx..."))
        #expect(excerpt.text.count < 140)
        #expect(excerpt.scalarColumn == 301)
    }

    @Test func aLineWhoseBeginningIsNotSeenHasNoColumn() throws {
        #expect(try #require(self.excerpt("aaa[b]", startsFile: false)).scalarColumn == nil)
        #expect(try #require(self.excerpt("x\naaa[b]", startsFile: false)).scalarColumn == 4)
    }

    @Test func columnsCountScalars() throws {
        #expect(try #require(self.excerpt("éé,[b]\n")).scalarColumn == 4)
    }

    @Test func whatIsNoTextIsNotShown() {
        let bytes: [UInt8] = [0x61, 0xFF, 0x2C, 0x62, 0x0A]
        #expect(SourceExcerpt(bytes: bytes.span, offset: 3, extent: 1, startsFile: true) == nil)
        #expect(SourceExcerpt(bytes: bytes.span, offset: 9, extent: 1, startsFile: true) == nil)
        #expect(SourceExcerpt(bytes: bytes.span, offset: 5, extent: 0, startsFile: true) != nil)
    }
}
