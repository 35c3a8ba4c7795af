import BillingFiles
import TestSupport
import Testing

@Suite("Bytes of files made fit to be shown")
struct VisibleTextTests {
    @Test(
        "Text stays, what a terminal obeys or nobody sees is spelled out",
        arguments: [
            ("", ""), ("abc", "abc"), ("è una prova €😀", "è una prova €😀"), ("a\tb", "a\\u{9}b"),
            ("a\nb\r", "a\\u{A}b\\u{D}"), ("\u{1B}[31mred\u{7}", "\\u{1B}[31mred\\u{7}"), ("\u{0}", "\\u{0}"),
            ("\u{7F}\u{9B}", "\\u{7F}\\u{9B}"), ("a\u{202E}b\u{2066}c", "a\\u{202E}b\\u{2066}c"),
            ("a\u{200B}b\u{FEFF}", "a\\u{200B}b\\u{FEFF}"), ("a\u{2028}b\u{2029}", "a\\u{2028}b\\u{2029}"),
            ("\u{E000}", "\\u{E000}"), ("\u{E0041}", "\\u{E0041}"), ("\u{AD}", "\\u{AD}"), ("a b", "a b"),
            ("\\u{1B}", "\\u{1B}"),
        ])
    func shown(text: String, visible: String) {
        #expect(VisibleText.of(text.utf8) == visible)
    }

    @Test(
        "Bytes that are no text are one replacement each or a few together, never lost",
        arguments: [
            ([0x61, 0xFF, 0x62], "a\\u{FFFD}b"), ([0xC3], "\\u{FFFD}"), ([0xE2, 0x82, 0x61], "\\u{FFFD}a"),
            ([0xC0, 0xAF], "\\u{FFFD}\\u{FFFD}"),
        ] as [([UInt8], String)])
    func badBytes(bytes: [UInt8], visible: String) {
        #expect(VisibleText.of(bytes) == visible)
    }

    @Test("Sixty characters at most, and three points where there are more", arguments: [59, 60, 61, 1000])
    func length(count: Int) {
        for character in ["x", "é", "😀"] {
            let shown = VisibleText.of(String(repeating: character, count: count).utf8)
            let isWhole = count < VisibleText.limit || count == VisibleText.limit
            #expect(shown == String(repeating: character, count: min(count, 60)) + (isWhole ? "" : "..."))
        }
    }

    @Test("Random bytes give printable text")
    func random() {
        var random = SplitMix64(seed: testSeed)
        for round in 0..<20_000 {
            let bytes = (0..<random.below(80)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            let shown = VisibleText.of(bytes)
            let isPrintable = shown.unicodeScalars.allSatisfy { scalar in
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator, .unassigned, .privateUse: false
                default: true
                }
            }
            #expect(isPrintable, "\(bytes), seed \(testSeed), round \(round)")
        }
    }
}
