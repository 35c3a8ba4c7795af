import Foundation
import TestSupport
import Testing

@testable import FileValidation

@Suite("Patterns") struct PatternTests {
    private func matches(_ pattern: String, _ text: String) throws -> Bool {
        var compiled = try Pattern(pattern)
        return compiled.matches(Array(text.utf8).span)
    }

    @Test(arguments: [
        ("C[0-9]{10}", "C0123456789", true), ("C[0-9]{10}", "C012345678", false), ("C[0-9]{10}", "xC0123456789", false),
        ("^a|b$", "a", true), ("^a|b$", "b", true), ("^a|b$", "ab", false), ("", "", true), ("", "a", false),
        ("a*", "", true), ("(a|b)*c", "ababc", true), ("[^a-c]+", "xyz", true), ("[^a-c]+", "xbz", false),
        ("\\d{2,3}", "1", false), ("\\d{2,3}", "123", true), ("\\d{2,}", "12345", true), ("a{0}", "", true),
        (".", "\u{1F600}", true), (".", "ab", false), ("[ä-ü]", "ö", true), ("[ä-ü]", "a", false), (".", "\n", false),
        ("\\w+\\s\\S", "ab c", true), ("a\\.b", "a.b", true), ("a\\.b", "axb", false), ("[\\-x]", "-", true),
        ("[a-]", "-", true), ("\\u00e4", "ä", true), ("(?:ab)?c", "c", true), ("a+?b", "aab", true),
        ("[\u{800}-\u{10FFFF}]", "\u{FFFF}", true), ("[\u{800}-\u{10FFFF}]", "\u{7FF}", false),
        ("(a*)*", "aaaa", true), ("((a{0,3}){0,3}){0,3}", String(repeating: "a", count: 27), true),
    ])
    func judges(pattern: String, text: String, isMatch: Bool) throws {
        #expect(try matches(pattern, text) == isMatch)
    }

    @Test(arguments: [
        "(", ")", "[", "[]", "a**", "*a", "a{2", "a{3,2}", "a{1001}", "(?=a)", "(?!a)", "(?<n>a)", "\\1", "\\b",
        "\\p{L}",
        "a^b", "a$b", "[a-z-[b]]", "[z-a]", "\\", "\\x1", "{", "]", "(a{1000}){1000}", "\\ud800", "[[a]]",
    ])
    func refuses(pattern: String) {
        #expect(throws: PatternFault.self) { try Pattern(pattern) }
    }

    /// What takes a backtracking matcher longer than the age of the universe.
    @Test func takesLinearTime() throws {
        let text = String(repeating: "a", count: 20_000)
        #expect(try matches("(a|aa)*b", text) == false)
        #expect(try matches("(a*)*(a*)*(a*)*b", text) == false)
        // More states than are kept.
        #expect(try matches("(a|b)*a(a|b){12}", String(repeating: "ab", count: 1000) + "a"))
    }

    @Test func agreesWithFoundation() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<400 {
            let pattern = Self.random(&random, depth: 2)
            let oracle = try NSRegularExpression(pattern: "\\A(?:\(pattern))\\z")
            var compiled = try Pattern(pattern)
            for _ in 0..<8 {
                let text = String((0..<random.below(8)).map { _ in random.pick(Array("abcé1 ")) })
                let range = NSRange(text.startIndex..., in: text)
                let expected = oracle.firstMatch(in: text, range: range) != nil
                mismatches.check(compiled.matches(Array(text.utf8).span) == expected, "/\(pattern)/ on '\(text)'")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    private static func random(_ random: inout SplitMix64, depth: Int) -> String {
        switch random.below(depth == 0 ? 3 : 8) {
        case 0: return random.pick(["a", "b", "c", "é", "1", " "])
        case 1: return random.pick(["[ab]", "[^a]", "[a-c1]", "[^é1]", ".", "[é]"])
        case 2: return random.pick(["\\d", "\\D", "a", "b"])
        case 3: return (0..<random.below(4)).map { _ in Self.random(&random, depth: depth - 1) }.joined()
        case 4:
            return "("
                + (0..<random.number(1...3)).map { _ in Self.random(&random, depth: depth - 1) }
                .joined(separator: "|") + ")"
        default:
            let inner = Self.random(&random, depth: depth - 1)
            return "(?:\(inner))" + random.pick(["*", "+", "?", "{2}", "{1,3}", "{0,2}", "{2,}", "*?"])
        }
    }
}
