import Foundation
import TestSupport
import Testing

@testable import FileValidation

/// A pattern matches what it means as a set of texts, however deep its repetitions stand in each other.
///
/// Backtracking matchers give up some ways of a repetition that took nothing, and then find no match where there is one;
/// so the meaning itself is the judge here: from each place in a text a part of a pattern leads to a set of places.
@Suite("What patterns mean") struct PatternMeaningTests {
    private indirect enum Tree: Sendable {
        case one(String, Set<Character>, isInverted: Bool)
        case sequence([Tree])
        case choice([Tree])
        case repeated(Tree, String, least: Int, most: Int?)

        /// The pattern as it is written.
        var text: String {
            switch self {
            case .one(let text, _, _): text
            case .sequence(let trees): trees.map(\.text).joined()
            case .choice(let trees): "(" + trees.map(\.text).joined(separator: "|") + ")"
            case .repeated(let tree, let quantifier, _, _): "(?:\(tree.text))" + quantifier
            }
        }

        /// The places to which the pattern leads from some places.
        func ends(from places: Set<Int>, in text: [Character]) -> Set<Int> {
            switch self {
            case .one(_, let characters, let isInverted):
                return Set(
                    places.filter { $0 < text.count && characters.contains(text[$0]) != isInverted }.map { $0 + 1 })
            case .sequence(let trees): return trees.reduce(places) { $1.ends(from: $0, in: text) }
            case .choice(let trees): return trees.reduce(into: []) { $0.formUnion($1.ends(from: places, in: text)) }
            case .repeated(let tree, _, let least, let most):
                var current = places
                for _ in 0..<least { current = tree.ends(from: current, in: text) }
                var all = current
                // No way is longer than the text unless it goes in a circle.
                for _ in least..<(most ?? least + text.count + 1) {
                    current = tree.ends(from: current, in: text)
                    all.formUnion(current)
                }
                return all
            }
        }
    }

    private static let ones: [Tree] = [
        .one("a", ["a"], isInverted: false), .one("b", ["b"], isInverted: false), .one("é", ["é"], isInverted: false),
        .one("[ab]", ["a", "b"], isInverted: false), .one("[^a]", ["a"], isInverted: true),
        .one("[^é1]", ["é", "1"], isInverted: true), .one(".", [], isInverted: true),
        .one("\\d", ["1"], isInverted: false), .one("\\D", ["1"], isInverted: true),
    ]

    private static let quantifiers: [(String, Int, Int?)] = [
        ("*", 0, nil), ("+", 1, nil), ("?", 0, 1), ("{2}", 2, 2), ("{1,3}", 1, 3), ("{0,2}", 0, 2), ("{2,}", 2, nil),
        ("*?", 0, nil), ("+?", 1, nil), ("??", 0, 1), ("{0}", 0, 0),
    ]

    private static func tree(_ random: inout SplitMix64, depth: Int) -> Tree {
        switch random.below(depth == 0 ? 2 : 8) {
        case 0, 1: return random.pick(ones)
        case 2, 3: return .sequence((0..<random.below(4)).map { _ in tree(&random, depth: depth - 1) })
        case 4: return .choice((0..<random.number(1...3)).map { _ in tree(&random, depth: depth - 1) })
        default:
            let (text, least, most) = random.pick(quantifiers)
            return .repeated(tree(&random, depth: depth - 1), text, least: least, most: most)
        }
    }

    @Test func deeplyNestedPatterns() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        var matched = 0
        for _ in 0..<1500 {
            let tree = Self.tree(&random, depth: 6)
            var compiled = try Pattern(tree.text)
            for _ in 0..<8 {
                let text = (0..<random.below(9)).map { _ in random.pick(Array("aabé1 ")) }
                let expected = tree.ends(from: [0], in: text).contains(text.count)
                if expected { matched += 1 }
                let isMatch = compiled.matches(Array(String(text).utf8).span)
                mismatches.check(isMatch == expected, "/\(tree.text)/ on '\(String(text))': expected \(expected)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
        #expect(matched > 1000, "seed \(testSeed): \(matched)")
    }
}
