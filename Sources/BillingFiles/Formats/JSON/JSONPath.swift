import XMLStream

/// How the paths of a profile are written.
enum PathSyntax: Hashable, Sendable {
    /// With attributes, and prefixes that stand for these namespaces.
    case xml(namespaces: [String: [String]])
    /// With names of members, which may hold anything.
    case json

    /// The path of a text, nil for one that is none.
    ///
    /// One that does not begin with `/` begins at `base`.
    func path(_ text: String, base: [XMLPath.Step]) -> XMLPath? {
        switch self {
        case .xml(let namespaces): XMLPath(text, namespaces: namespaces, base: base)
        case .json: XMLPath(json: text, base: base)
        }
    }
}

extension XMLPath {
    /// The outermost value of JSON, which has no name.
    static let jsonRoot = Step.named("", namespaces: [nil])

    /// Reads a path of members.
    init?(json text: String, base: [Step]) {
        guard !text.isEmpty else { return nil }
        var rest = text[...]
        if rest.hasPrefix("/") {
            self.init(steps: [Self.jsonRoot])
            rest = rest.dropFirst()
            if rest.isEmpty { return }
        } else {
            self.init(steps: base)
        }
        if rest == "." { return }
        var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        while parts.first == ".." {
            guard !text.hasPrefix("/"), steps.popLast() != nil else { return nil }
            parts.removeFirst()
        }
        for (index, part) in parts.enumerated() {
            switch part {
            case "", ".", "..": return nil
            case "*": steps.append(.any)
            case "**":
                guard index < parts.count - 1 else { return nil }
                steps.append(.anyDepth)
            default:
                guard let name = Self.memberName(part) else { return nil }
                steps.append(.named(name, namespaces: [nil]))
            }
        }
        guard !steps.isEmpty else { return nil }
    }

    /// A name in which `~1` stands for `/` and `~0` for `~`; nil where `~` stands before anything else.
    private static func memberName(_ text: Substring) -> String? {
        var (name, isEscape) = ("", false)
        for character in text {
            if isEscape {
                guard character == "0" || character == "1" else { return nil }
                name.append(character == "0" ? "~" : "/")
                isEscape = false
            } else if character == "~" {
                isEscape = true
            } else {
                name.append(character)
            }
        }
        return isEscape ? nil : name
    }
}
