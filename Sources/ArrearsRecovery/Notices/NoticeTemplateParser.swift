/// Takes a template apart.
struct NoticeTemplateParser {
    private typealias Part = NoticeTemplate.Part
    private typealias Place = NoticeTemplate.Place

    private let scalars: [Unicode.Scalar]
    private var index = 0
    private var line = 1
    private var column = 1

    /// A section that is open, with what stands in it so far.
    private struct Open {
        let tag: NoticeTag
        let isInverted: Bool
        let place: Place
        var parts: [Part] = []
    }

    /// How deep sections may stand in each other; every step of reading them goes as deep.
    private static let depth = 16

    /// A parser of a template.
    init(_ source: String) { scalars = Array(source.unicodeScalars) }

    /// The parts of the template.
    mutating func parts() throws(NoticeTemplate.Fault) -> [NoticeTemplate.Part] {
        var parts: [Part] = []
        var open: [Open] = []
        while index < scalars.count {
            let place = here
            let part: Part?
            if startsTag {
                part = try tag(at: place, &open)
            } else {
                part = .text(literal(), place: place)
            }
            guard let part else { continue }
            if open.isEmpty { parts.append(part) } else { open[open.count - 1].parts.append(part) }
        }
        if let unclosed = open.last {
            throw fault(unclosed.place, "the section '\(unclosed.tag.rawValue)' has no end")
        }
        return parts
    }

    private var here: Place { Place(line: line, column: column) }

    private var startsTag: Bool { starts("{{") }

    private func starts(_ text: String) -> Bool {
        scalars[index...].starts(with: text.unicodeScalars)
    }

    private mutating func advance() -> Unicode.Scalar {
        let scalar = scalars[index]
        index += 1
        (line, column) = scalar == "\n" ? (line + 1, 1) : (line, column + 1)
        return scalar
    }

    /// The text up to the next tag.
    private mutating func literal() -> String {
        var text = String.UnicodeScalarView()
        repeat { text.append(advance()) } while index < scalars.count && !startsTag
        return String(text)
    }

    /// What a tag is; nil for one that opens or closes a section and for a comment.
    private mutating func tag(at place: Place, _ open: inout [Open]) throws(NoticeTemplate.Fault) -> Part? {
        let isTriple = starts("{{{")
        for _ in 0..<(isTriple ? 3 : 2) { _ = advance() }
        var content = String.UnicodeScalarView()
        while index < scalars.count, !starts("}}") { content.append(advance()) }
        guard index < scalars.count, !isTriple || starts("}}}") else { throw fault(place, "a tag has no end") }
        for _ in 0..<(isTriple ? 3 : 2) { _ = advance() }
        var name = Self.trimmed(content)
        let mark = name.unicodeScalars.first
        if mark == "!", !isTriple { return nil }
        if let mark, "#^/".unicodeScalars.contains(mark), !isTriple {
            name = Self.trimmed(String.UnicodeScalarView(name.unicodeScalars.dropFirst()))
            return try section(mark, name, at: place, &open)
        }
        let tag = try known(name, at: place, open)
        guard !tag.isSectionOnly else {
            throw fault(place, "'\(name)' is no text: write {{#\(name)}}...{{/\(name)}}")
        }
        return .tag(tag)
    }

    private func section(
        _ mark: Unicode.Scalar, _ name: String, at place: Place, _ open: inout [Open]
    ) throws(NoticeTemplate.Fault) -> Part? {
        guard mark == "/" else {
            let tag = try known(name, at: place, open)
            guard open.count < Self.depth else { throw fault(place, "more than \(Self.depth) sections in each other") }
            guard tag != .arrears || !open.contains(where: { $0.tag == .arrears }) else {
                throw fault(place, "the list 'arrears' within itself")
            }
            open.append(Open(tag: tag, isInverted: mark == "^", place: place))
            return nil
        }
        guard let last = open.popLast() else { throw fault(place, "'\(name)' ends here and never began") }
        guard last.tag.rawValue == name else {
            throw fault(place, "'\(name)' ends here, but '\(last.tag.rawValue)' is open")
        }
        return .section(last.tag, isInverted: last.isInverted, last.parts)
    }

    private func known(_ name: String, at place: Place, _ open: [Open]) throws(NoticeTemplate.Fault) -> NoticeTag {
        guard let tag = NoticeTag(rawValue: name) else {
            let names = NoticeTag.allCases.map(\.rawValue).joined(separator: ", ")
            throw NoticeTemplate.Fault(
                isUnknownTag: true, place: place, message: "the tag '\(name)' is not known; the tags are \(names)")
        }
        guard !tag.isOfList || open.contains(where: { $0.tag == .arrears && !$0.isInverted }) else {
            throw fault(place, "'\(name)' has a meaning within {{#arrears}}...{{/arrears}} alone")
        }
        return tag
    }

    private func fault(_ place: Place, _ message: String) -> NoticeTemplate.Fault {
        NoticeTemplate.Fault(isUnknownTag: false, place: place, message: message)
    }

    private static func trimmed(_ scalars: String.UnicodeScalarView) -> String {
        let isSpace = { (scalar: Unicode.Scalar) in scalar.properties.isWhitespace }
        let rest = scalars.drop(while: isSpace)
        return String(String.UnicodeScalarView(rest.reversed().drop(while: isSpace).reversed()))
    }
}
