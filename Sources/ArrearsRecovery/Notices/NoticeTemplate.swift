/// The text of a notice with tags for what differs from customer to customer.
///
/// The syntax is a small part of Mustache: `{{tag}}` stands for a text, `{{#tag}}...{{/tag}}` for a part that is there
/// when the tag has a value (once for each entry of a list), `{{^tag}}...{{/tag}}` for one that is there when it has
/// none, `{{! }}` for a comment. Nothing is escaped, for a notice is no HTML. A tag that is not known is a fault and
/// never an empty place in a text that goes to a customer.
public struct NoticeTemplate: Hashable, Sendable {
    /// A part of a template.
    enum Part: Hashable, Sendable {
        case text(String, place: Place)
        case tag(NoticeTag)
        case section(NoticeTag, isInverted: Bool, [Part])
    }

    /// A place in a template: line and column, from 1.
    public struct Place: Hashable, Sendable {
        /// The line.
        public let line: Int
        /// The column in Unicode scalars.
        public let column: Int
    }

    /// What is wrong in a template and where.
    public struct Fault: Error, Hashable, Sendable {
        /// Whether a tag is not known; else the structure is wrong.
        public let isUnknownTag: Bool
        /// Where.
        public let place: Place
        /// What is wrong, in words.
        public let message: String
    }

    /// The template as it was written.
    public let source: String

    let parts: [Part]

    /// Reads a template.
    ///
    /// - Throws: The first fault in it.
    public init(_ source: String) throws(Fault) {
        self.source = source
        var parser = NoticeTemplateParser(source)
        parts = try parser.parts()
    }

    /// A built-in template, which the tests hold to be sound; a fault in one would leave its text without tags.
    init(builtIn source: String) {
        self.source = source
        var parser = NoticeTemplateParser(source)
        parts = (try? parser.parts()) ?? [.text(source, place: Place(line: 1, column: 1))]
    }
}

extension NoticeTemplate {
    /// The text for a customer.
    func text(_ facts: NoticeFacts) -> String {
        var text = ""
        Self.write(parts, facts, entry: nil, to: &text)
        return text
    }

    private static func write(_ parts: [Part], _ facts: NoticeFacts, entry: Int?, to text: inout String) {
        for part in parts {
            switch part {
            case .text(let words, _): text += words
            case .tag(let tag): text += facts.text(tag, entry: entry)
            case .section(.arrears, let isInverted, let parts):
                // Every notice has arrears, so what is there without them never is.
                guard !isInverted else { continue }
                for entry in facts.instalments.indices { write(parts, facts, entry: entry, to: &text) }
            case .section(let tag, let isInverted, let parts):
                if facts.has(tag, entry: entry) != isInverted { write(parts, facts, entry: entry, to: &text) }
            }
        }
    }

    /// Every tag that stands in the template, within sections too.
    public var tags: Set<NoticeTag> {
        func tags(_ parts: [Part]) -> Set<NoticeTag> {
            parts.reduce(into: []) { found, part in
                switch part {
                case .text: break
                case .tag(let tag): found.insert(tag)
                case .section(let tag, _, let parts): found.formUnion(tags(parts).union([tag]))
                }
            }
        }
        return tags(parts)
    }

    /// The texts between the tags, with the places where they begin.
    var literals: [(text: String, place: Place)] {
        func literals(_ parts: [Part]) -> [(text: String, place: Place)] {
            parts.flatMap { part -> [(text: String, place: Place)] in
                switch part {
                case .text(let text, let place): [(text, place)]
                case .tag: []
                case .section(_, _, let parts): literals(parts)
                }
            }
        }
        return literals(parts)
    }
}
