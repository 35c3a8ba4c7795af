/// Reads regular expressions: what XML Schema and ECMAScript share, with ASCII for `\d`, `\w` and `\s`.
///
/// `^` may begin and `$` end the pattern or an alternative of it; they say what holds anyway, for a pattern is matched
/// against the whole value. What cannot be matched in linear time (references, look-around) or has different meanings in
/// different dialects is refused, never read as something else.
struct PatternParser {
    /// How often at most a counted repetition repeats.
    static let mostRepetitions = 1000
    private static let deepestGroup = 64

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var depth = 0

    private init(_ pattern: String) {
        scalars = Array(pattern.unicodeScalars)
    }

    /// The tree of a pattern.
    static func parse(_ pattern: String) throws(PatternFault) -> PatternNode {
        var parser = PatternParser(pattern)
        let node = try parser.choice()
        if parser.index < parser.scalars.count { throw PatternFault(found: "a ')' that closes nothing") }
        return node
    }

    private var next: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

    private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
        guard next == scalar else { return false }
        index += 1
        return true
    }

    private mutating func choice() throws(PatternFault) -> PatternNode {
        var alternatives = [try sequence()]
        while take("|") { alternatives.append(try sequence()) }
        return alternatives.count == 1 ? alternatives[0] : .choice(alternatives)
    }

    private mutating func sequence() throws(PatternFault) -> PatternNode {
        var nodes: [PatternNode] = []
        if depth == 0 { _ = take("^") }
        while let scalar = next, scalar != "|", scalar != ")" {
            if scalar == "$", depth == 0, index + 1 == scalars.count || scalars[index + 1] == "|" {
                index += 1
                break
            }
            let atom = try atom()
            nodes.append(try quantified(atom))
        }
        return nodes.count == 1 ? nodes[0] : nodes.isEmpty ? .empty : .sequence(nodes)
    }

    private mutating func atom() throws(PatternFault) -> PatternNode {
        guard let scalar = next else { throw PatternFault(found: "an end where a character should stand") }
        index += 1
        switch scalar {
        case "(": return try group()
        case "[": return .set(try characterClass())
        case ".": return .set(PatternSet.inverted([0x0A...0x0A, 0x0D...0x0D]))
        case "\\": return .set(try escape(inClass: false))
        case "^", "$": throw PatternFault(found: "'\(scalar)' inside the pattern")
        case "*", "+", "?": throw PatternFault(found: "'\(scalar)' with nothing to repeat")
        case "{", "}", "]": throw PatternFault(found: "'\(scalar)' without a backslash before it")
        default: return .set([scalar.value...scalar.value])
        }
    }

    private mutating func group() throws(PatternFault) -> PatternNode {
        if take("?") {
            guard take(":") else { throw PatternFault(found: "a group that begins with '(?' and not with '(?:'") }
        }
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.deepestGroup else {
            throw PatternFault(found: "more than \(Self.deepestGroup) groups in each other")
        }
        let node = try choice()
        guard take(")") else { throw PatternFault(found: "a group that is not closed") }
        return node
    }

    private mutating func quantified(_ atom: PatternNode) throws(PatternFault) -> PatternNode {
        var node = atom
        let bounds: (least: Int, most: Int?)
        switch next {
        case "*": bounds = (0, nil)
        case "+": bounds = (1, nil)
        case "?": bounds = (0, 1)
        case "{": bounds = try counts()
        default: return node
        }
        if next != nil, scalars[index] != "{" { index += 1 } else { index += countsLength }
        node = .repeated(node, least: bounds.least, most: bounds.most)
        // A lazy quantifier chooses another way to the same answer.
        _ = take("?")
        if let scalar = next, ["*", "+", "?", "{"].contains(scalar) {
            throw PatternFault(found: "'\(scalar)' behind a quantifier")
        }
        return node
    }

    /// How many scalars the counts at the index have, braces included.
    private var countsLength: Int {
        var end = index
        while end < scalars.count, scalars[end] != "}" { end += 1 }
        return end + 1 - index
    }

    private func counts() throws(PatternFault) -> (least: Int, most: Int?) {
        var end = index + 1
        while end < scalars.count, scalars[end] != "}" { end += 1 }
        guard end < scalars.count else { throw PatternFault(found: "a '{' that is not closed") }
        let parts = scalars[(index + 1)..<end].split(separator: ",", omittingEmptySubsequences: false).map {
            String(String.UnicodeScalarView($0))
        }
        let isSound = parts.allSatisfy { $0.utf8.count <= 6 && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        guard isSound, parts.count <= 2, let least = Int(parts[0]) else {
            throw PatternFault(found: "a repetition that is none of {n}, {n,} and {n,m}")
        }
        let most = parts.count == 1 ? least : parts[1].isEmpty ? nil : Int(parts[1])
        guard max(least, most ?? 0) <= Self.mostRepetitions, most ?? least >= least else {
            throw PatternFault(found: "a repetition of more than \(Self.mostRepetitions) times, or of none")
        }
        return (least, most)
    }

    private mutating func characterClass() throws(PatternFault) -> [ClosedRange<UInt32>] {
        let isInverted = take("^")
        var ranges: [ClosedRange<UInt32>] = []
        var isFirst = true
        while true {
            guard let scalar = next else { throw PatternFault(found: "a '[' that is not closed") }
            index += 1
            if scalar == "]" {
                guard !isFirst else { throw PatternFault(found: "an empty '[]'") }
                break
            }
            isFirst = false
            if scalar == "[" { throw PatternFault(found: "a '[' in a class without a backslash before it") }
            let low = scalar == "\\" ? try escape(inClass: true) : [scalar.value...scalar.value]
            guard next == "-", index + 1 < scalars.count, scalars[index + 1] != "]" else {
                ranges += low
                continue
            }
            index += 1
            guard let end = next else { throw PatternFault(found: "a '[' that is not closed") }
            index += 1
            if end == "[" { throw PatternFault(found: "a class taken from a class") }
            let high = end == "\\" ? try escape(inClass: true) : [end.value...end.value]
            guard low.count == 1, high.count == 1, let first = low[0].single, let last = high[0].single, first <= last
            else { throw PatternFault(found: "a range of characters that is none") }
            ranges.append(first...last)
        }
        let sorted = PatternSet.normalised(ranges)
        return isInverted ? PatternSet.inverted(sorted) : sorted
    }

    private mutating func escape(inClass: Bool) throws(PatternFault) -> [ClosedRange<UInt32>] {
        guard let scalar = next else { throw PatternFault(found: "a backslash at the end") }
        index += 1
        switch scalar {
        case "d": return PatternSet.digits
        case "D": return PatternSet.inverted(PatternSet.digits)
        case "w": return PatternSet.word
        case "W": return PatternSet.inverted(PatternSet.word)
        case "s": return PatternSet.space
        case "S": return PatternSet.inverted(PatternSet.space)
        case "t": return [0x09...0x09]
        case "n": return [0x0A...0x0A]
        case "r": return [0x0D...0x0D]
        case "f": return [0x0C...0x0C]
        case "v": return [0x0B...0x0B]
        case "x": return try hexadecimal(2)
        case "u": return try hexadecimal(4)
        default:
            // Letters and digits have meanings elsewhere; signs stand for themselves.
            guard scalar.isASCII, !scalar.properties.isAlphabetic, !("0"..."9").contains(scalar) else {
                throw PatternFault(found: "'\\\(scalar)'")
            }
            return [scalar.value...scalar.value]
        }
    }

    private mutating func hexadecimal(_ count: Int) throws(PatternFault) -> [ClosedRange<UInt32>] {
        let digits = scalars[index..<min(index + count, scalars.count)]
        guard digits.count == count, digits.allSatisfy(\.properties.isASCIIHexDigit),
            let value = UInt32(String(String.UnicodeScalarView(digits)), radix: 16), Unicode.Scalar(value) != nil
        else { throw PatternFault(found: "an escape of a character that is none") }
        index += count
        return [value...value]
    }
}

extension ClosedRange<UInt32> {
    fileprivate var single: UInt32? { lowerBound == upperBound ? lowerBound : nil }
}
