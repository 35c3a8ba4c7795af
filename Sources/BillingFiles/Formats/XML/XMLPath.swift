import XMLStream

/// The path of elements in a document, perhaps with an attribute at its end.
struct XMLPath: Hashable, Sendable {
    /// A step from an element to one in it.
    enum Step: Hashable, Sendable {
        /// An element of this name, in one of these namespaces; nil is none.
        case named(String, namespaces: Set<String?>)
        /// Any element.
        case any
        /// Any elements, or none.
        case anyDepth
    }

    /// An attribute.
    struct Attribute: Hashable, Sendable {
        let local: String
        let namespaces: Set<String?>
    }

    /// The steps from the root.
    var steps: [Step]

    /// The attribute of the last element, if one is meant.
    var attribute: Attribute?

    /// A path of elements.
    init(steps: [Step]) {
        self.steps = steps
    }

    /// Reads a path.
    ///
    /// - Parameters:
    ///   - namespaces: the URIs of the prefixes.
    ///   - base: what a path that does not begin with `/` begins at.
    /// - Returns: nil for a text that is none.
    init?(_ text: String, namespaces: [String: [String]], base: [Step]) {
        var rest = text[...]
        if rest.hasPrefix("/") {
            steps = []
            rest = rest.dropFirst()
        } else {
            steps = base
        }
        if rest == "." { return }
        var parts = rest.split(separator: "/", omittingEmptySubsequences: false)
        while parts.first == ".." {
            guard !text.hasPrefix("/"), steps.popLast() != nil else { return nil }
            parts.removeFirst()
        }
        for (index, part) in parts.enumerated() {
            if part.hasPrefix("@"), index == parts.count - 1 {
                guard let (local, uris) = Self.name(part.dropFirst(), namespaces, attribute: true) else { return nil }
                attribute = Attribute(local: local, namespaces: uris)
            } else if part == "*" {
                steps.append(.any)
            } else if part == "**" {
                guard index < parts.count - 1 else { return nil }
                steps.append(.anyDepth)
            } else {
                guard let (local, uris) = Self.name(part, namespaces, attribute: false) else { return nil }
                steps.append(.named(local, namespaces: uris))
            }
        }
        guard !steps.isEmpty else { return nil }
    }

    private static func name(
        _ text: Substring, _ namespaces: [String: [String]], attribute: Bool
    ) -> (String, Set<String?>)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard let local = parts.last, !local.isEmpty, parts.count <= 2, local.utf8.allSatisfy(isNameByte) else {
            return nil
        }
        if parts.count == 2 {
            guard let uris = namespaces[String(parts[0])] else { return nil }
            return (String(local), Set(uris))
        }
        // An attribute without a prefix is in no namespace, whatever the elements are in.
        guard !attribute, let uris = namespaces[""] else { return (String(local), [nil]) }
        return (String(local), Set(uris))
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte | 0x20)
            || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-") || byte == UInt8(ascii: ".")
    }

    /// Whether the element with these names from the root on is at the end of the path.
    func matches(_ names: ArraySlice<XMLName>) -> Bool { Self.matches(steps[...], names) }

    private static func matches(_ steps: ArraySlice<Step>, _ names: ArraySlice<XMLName>) -> Bool {
        guard let step = steps.first else { return names.isEmpty }
        let rest = steps.dropFirst()
        if step == .anyDepth {
            return (0...names.count).contains { matches(rest, names.dropFirst($0)) }
        }
        guard let name = names.first, Self.fits(step, name) else { return false }
        return matches(rest, names.dropFirst())
    }

    private static func fits(_ step: Step, _ name: XMLName) -> Bool {
        guard case .named(let local, let namespaces) = step else { return true }
        return local == name.local && namespaces.contains(name.namespace)
    }

    /// How many steps from the root on two paths have in common.
    func sharedSteps(with other: XMLPath) -> Int {
        zip(steps, other.steps).prefix { $0 == $1 && $0 != .anyDepth }.count
    }
}

extension XMLPath.Attribute {
    /// Whether an attribute has this name.
    func fits(_ name: XMLName) -> Bool { local == name.local && namespaces.contains(name.namespace) }
}
