import ArrearsRecovery
import TestSupport
import Testing

/// How many messages a text takes, by the rules of 3GPP TS 23.038 and the sizes of split messages.
@Suite struct SMSLengthTests {
    private func length(_ text: String) -> String {
        let length = SMSLength(text)
        return "\(length.encoding.rawValue) \(length.units) \(length.segments)"
    }

    private func a(_ count: Int) -> String { String(repeating: "a", count: count) }

    @Test(arguments: [
        (0, "GSM-7 0 0"), (1, "GSM-7 1 1"), (160, "GSM-7 160 1"), (161, "GSM-7 161 2"), (306, "GSM-7 306 2"),
        (307, "GSM-7 307 3"), (459, "GSM-7 459 3"), (460, "GSM-7 460 4"),
    ])
    func plainTexts(count: Int, expected: String) { #expect(length(a(count)) == expected) }

    @Test(arguments: [
        (0, "UCS-2 1 1"), (69, "UCS-2 70 1"), (70, "UCS-2 71 2"), (133, "UCS-2 134 2"), (134, "UCS-2 135 3"),
    ])
    func oneCharacterMakesTheWholeTextLong(count: Int, expected: String) {
        #expect(length("È" + a(count)) == expected)
    }

    @Test(arguments: ["^", "{", "}", "\\", "[", "]", "~", "|", "€", "\u{0C}"])
    func someCharactersTakeTwo(character: String) {
        #expect(length(character) == "GSM-7 2 1")
        #expect(length(a(158) + character) == "GSM-7 160 1")
        #expect(length(a(159) + character) == "GSM-7 161 2")
        // An escape and its code stay in one part: with 152 before it, the 153rd place stays empty.
        #expect(length(a(152) + character + a(152)) == "GSM-7 306 3")
        #expect(length(a(151) + character + a(153)) == "GSM-7 306 2")
    }

    @Test func aCharacterBeyondTheFirstPlaneIsNotCut() {
        #expect(length("\u{1F600}") == "UCS-2 2 1")
        #expect(length(String(repeating: "\u{1F600}", count: 35)) == "UCS-2 70 1")
        // 33 in a part of 67, for a half of the 34th would not do.
        #expect(length(String(repeating: "\u{1F600}", count: 66)) == "UCS-2 132 2")
        #expect(length(String(repeating: "\u{1F600}", count: 67)) == "UCS-2 134 3")
    }

    @Test(arguments: ["à", "è", "é", "ì", "ò", "ù", "Ç", "É", "@", "£", "Δ", "\n", "\r", "¿"])
    func theseAreOfTheAlphabet(character: String) { #expect(length(character) == "GSM-7 1 1") }

    @Test(arguments: ["À", "È", "Ì", "Ò", "Ù", "ç", "’", "“", "–", "…", "\u{A0}", "\t", "e\u{300}", "я", "`", "°"])
    func theseAreNot(character: String) { #expect(SMSLength(character).encoding == .ucs2) }

    @Test func theAlphabetHas128CodesWithTheEscape() {
        let scalars = (0...0xFFFF).compactMap { Unicode.Scalar($0 as Int) }
        let sizes = scalars.map { SMSLength(String($0)) }.filter { $0.encoding == .gsm7 }.map(\.units)
        #expect(sizes.count { $0 == 1 } == 127)
        #expect(sizes.count { $0 == 2 } == 10)
    }

    @Test func segmentsAreThoseOfACountPieceByPiece() {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<10_000 {
            let alphabet: [String] = random.once(in: 2) ? ["a", "€", "è", "{"] : ["a", "È", "\u{1F600}"]
            let pieces = (0..<random.below(500)).map { _ in random.pick(alphabet) }
            let isLong = pieces.contains("È") || pieces.contains("\u{1F600}")
            let sizes = pieces.map { isLong ? $0.utf16.count : "€{".contains($0) ? 2 : 1 }
            let (single, part) = isLong ? (70, 67) : (160, 153)
            var parts: [Int] = sizes.isEmpty ? [] : [0]
            for size in sizes {
                if parts[parts.count - 1] + size > part { parts.append(0) }
                parts[parts.count - 1] += size
            }
            let expected = sizes.reduce(0, +) <= single ? min(1, sizes.count) : parts.count
            let text = pieces.joined()
            mismatches.check(SMSLength(text).segments == expected, text)
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }
}
