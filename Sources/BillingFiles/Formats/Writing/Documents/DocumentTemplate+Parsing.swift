import XMLStream

/// What is wrong with a template.
struct TemplateFault: Error, Hashable {
    var reason: String
}

extension DocumentTemplate {
    /// Reads a template: elements, attributes and texts, without entities, comments and instructions.
    static func parse(_ text: String) throws(TemplateFault) -> DocumentTemplate {
        var parser = TemplateParser(Array(text.utf8))
        parser.skipBlanks()
        let root = try parser.element(path: [], chain: [], namespaces: [:])
        parser.skipBlanks()
        guard parser.isAtEnd else { throw TemplateFault(reason: "something stands behind its root element") }
        return DocumentTemplate(root: root, elements: parser.elements, nodes: parser.nodes)
    }
}

/// Reads a template from front to back.
private struct TemplateParser {
    private let bytes: [UInt8]
    private var at = 0
    private var elementCount = 0
    private(set) var elements: [TemplateElement] = []
    private(set) var nodes: [TemplateNode] = []

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    var isAtEnd: Bool { at >= bytes.count }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    mutating func skipBlanks() { while at < bytes.count, Self.isBlank(bytes[at]) { at += 1 } }

    private mutating func expect(_ text: String) throws(TemplateFault) {
        guard bytes[at...].starts(with: text.utf8) else {
            let near = String(decoding: bytes[at...].prefix(30), as: UTF8.self)
            throw TemplateFault(reason: "'\(text)' is expected before '\(near)'")
        }
        at += text.utf8.count
    }

    private mutating func name() throws(TemplateFault) -> String {
        let start = at
        while at < bytes.count, Self.isNameByte(bytes[at]) { at += 1 }
        guard at > start else {
            throw TemplateFault(
                reason: "a name is expected before '\(String(decoding: bytes[at...].prefix(30), as: UTF8.self))'")
        }
        return String(decoding: bytes[start..<at], as: UTF8.self)
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (0x30...0x3A).contains(byte) || (0x61...0x7A).contains(byte | 0x20) || byte == 0x5F
            || byte == 0x2D || byte == 0x2E
    }

    private mutating func text(until end: UInt8) throws(TemplateFault) -> [UInt8] {
        let start = at
        while at < bytes.count, bytes[at] != end {
            guard bytes[at] != UInt8(ascii: "&") else {
                throw TemplateFault(reason: "'&' stands in it, and entities are not read")
            }
            at += 1
        }
        guard at < bytes.count else { throw TemplateFault(reason: "it ends too early") }
        return Array(bytes[start..<at])
    }

    mutating func element(
        path: [XMLName], chain: [Int], namespaces: [String: String]
    ) throws(TemplateFault) -> TemplateElement {
        guard path.count < 64 else { throw TemplateFault(reason: "its elements are nested deeper than 64") }
        try expect("<")
        let tag = try name()
        var declarations: [UInt8] = []
        var known = namespaces
        var written: [(name: String, value: [UInt8])] = []
        skipBlanks()
        while at < bytes.count, Self.isNameByte(bytes[at]) {
            let attribute = try name()
            try expect("=\"")
            let value = try text(until: UInt8(ascii: "\""))
            try expect("\"")
            skipBlanks()
            if attribute == "xmlns" || attribute.hasPrefix("xmlns:") {
                let prefix = attribute == "xmlns" ? "" : String(attribute.dropFirst(6))
                known[prefix] = String(decoding: value, as: UTF8.self)
                declarations += " \(attribute)=\"".utf8 + value + "\"".utf8
            } else {
                written.append((attribute, value))
            }
        }
        let number = elementCount
        elementCount += 1
        let path = path + [try Self.qualified(tag, known, isAttribute: false)]
        let chain = chain + [number]
        var attributes: [Int] = []
        for (name, value) in written {
            attributes.append(nodes.count)
            let name = try Self.qualified(name, known, isAttribute: true)
            nodes.append(
                TemplateNode(path: path, chain: chain, attribute: name, content: try Self.content(value)))
        }
        var children: [TemplateElement] = []
        var text: Int?
        if at < bytes.count, bytes[at] == UInt8(ascii: "/") {
            try expect("/>")
            text = nodes.count
            nodes.append(TemplateNode(path: path, chain: chain, attribute: nil, content: .literal([])))
        } else {
            try expect(">")
            let start = at
            skipBlanks()
            if bytes[at...].starts(with: "</".utf8) || at >= bytes.count || bytes[at] != UInt8(ascii: "<") {
                at = start
                text = nodes.count
                let value = try self.text(until: UInt8(ascii: "<"))
                nodes.append(
                    TemplateNode(path: path, chain: chain, attribute: nil, content: try Self.content(value)))
            } else {
                while at < bytes.count, !bytes[at...].starts(with: "</".utf8) {
                    children.append(try element(path: path, chain: chain, namespaces: known))
                    skipBlanks()
                }
            }
            try expect("</\(tag)>")
        }
        let element = TemplateElement(
            number: number, path: path, chain: chain, declarations: declarations, attributes: attributes, text: text,
            children: children)
        elements.append(element)
        return element
    }

    private static func qualified(
        _ written: String, _ namespaces: [String: String], isAttribute: Bool
    ) throws(TemplateFault) -> XMLName {
        guard let colon = written.firstIndex(of: ":") else {
            return XMLName(local: written, namespace: isAttribute ? nil : namespaces[""], written: written)
        }
        guard let space = namespaces[String(written[..<colon])] else {
            throw TemplateFault(reason: "the prefix of '\(written)' is not declared")
        }
        return XMLName(local: String(written[written.index(after: colon)...]), namespace: space, written: written)
    }

    /// What a text is: always the same, or with one hole in it.
    private static func content(_ text: [UInt8]) throws(TemplateFault) -> TemplateContent {
        guard let open = text.firstIndex(of: UInt8(ascii: "{")) else { return .literal(text) }
        let rest = text[(open + 1)...]
        guard let close = rest.firstIndex(of: UInt8(ascii: "}")), !rest[close...].contains(UInt8(ascii: "{")) else {
            throw TemplateFault(reason: "'\(String(decoding: text, as: UTF8.self))' is no text with one hole in it")
        }
        let hole = TemplateHole(String(decoding: rest[..<close], as: UTF8.self))
        return .hole(Array(text[..<open]), hole, Array(rest[(close + 1)...]))
    }
}

extension TemplateHole {
    /// Reads what stands between the braces.
    fileprivate init(_ text: String) {
        self.init()
        let words = text.split(separator: " ")
        for (index, word) in words.enumerated() {
            switch word {
            case "required": isRequired = true
            case "needed": isNeeded = true
            case "unsigned": isUnsigned = true
            case "cents": isInCents = true
            case "ascii": isASCII = true
            case "line-number": isLineNumber = true
            case "currency-code": isCurrency = true
            case "digits": isDigits = true
            case "count": source = .count
            case "hash": source = .hash
            case "sum", "tax", "gross", "same":
                let path = words[(index + 1)...].joined(separator: " ")
                if word == "same" {
                    source = .same(path)
                    return
                }
                source = word == "sum" ? .sum(path) : word == "tax" ? .tax(path) : .gross(path)
                return
            default:
                if let count = Int(word) { mostCharacters = count } else { source = .named(String(word)) }
            }
        }
    }
}
