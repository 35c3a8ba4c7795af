import XMLStream

/// The columns that a native XML file has besides the known ones, as far as its beginning tells.
public enum XMLFurtherColumns {
    /// How many there may be.
    public static let limit = 10_000

    /// How many bytes of the beginning are looked at: some hundred records.
    public static let lookAhead = 64 << 10

    /// The names of the columns in the order in which they come; none when the bytes are no native file's.
    public static func names(inBeginning bytes: [UInt8]) -> [String] {
        let parser = XMLPushParser(blankTextDepth: 3)
        parser.feed(bytes.span)
        guard let root = parser.events.list.first(where: { $0.kind == .startElement }),
            let kind = NativeKind(rootElement: parser.name(root.name).local)
        else { return [] }
        var builder = XMLRecordBuilder(shape: XMLRecordShape(kind))
        parser.withEvents { builder.take($0, of: parser) }
        return Array(builder.takeRows().rows.remains.furtherOrder.prefix(limit))
    }
}

extension NativeKind {
    /// The kind of an XML document that begins with these bytes; nil when it is none or its root is farther away.
    package init?(documentBeginning bytes: [UInt8]) {
        let parser = XMLPushParser(blankTextDepth: 3)
        parser.feed(bytes.span)
        guard let root = parser.events.list.first(where: { $0.kind == .startElement }) else { return nil }
        let name = parser.name(root.name)
        guard name.namespace == nil, let kind = NativeKind(rootElement: name.local) else { return nil }
        self = kind
    }
}
