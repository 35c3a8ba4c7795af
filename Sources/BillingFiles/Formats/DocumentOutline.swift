import XMLStream

/// What the beginning of an unknown document of XML or JSON holds: the element that repeats, and the values in and around it.
public struct DocumentOutline: Sendable {
    /// A value of the records.
    public struct Leaf: Sendable {
        /// Its path from the record.
        public let path: String
        /// Its values, an empty one for each record without it.
        public let values: [String]
    }

    /// The path of the element that repeats.
    public let record: String

    /// The namespaces of the paths by their prefixes.
    public let namespaces: [(prefix: String, uri: String)]

    /// Whether the document is JSON.
    public let isJSON: Bool

    /// The values, in the order in which they came.
    public let leaves: [Leaf]

    /// The outline of a document that begins so; nil for one in which nothing is found.
    public init?(beginning: [UInt8]) {
        var notes = OutlineNotes()
        isJSON = JSONOpening.isJSON(beginning)
        if isJSON {
            var scanner = JSONScanner()
            scanner.feed(beginning.span, to: &notes)
        } else {
            guard ForeignFile.rootName(beginning) != nil else { return nil }
            notes.take(xml: beginning)
        }
        guard let record = notes.record else { return nil }
        namespaces = notes.prefixes
        self.record = "/" + (isJSON ? record.dropFirst() : record[...]).joined(separator: "/")
        leaves = notes.leaves(of: record)
        guard !leaves.isEmpty else { return nil }
    }
}

/// Notes the elements of a document and their values by their paths; those of JSON begin with an empty name.
private struct OutlineNotes: JSONTaker {
    private struct Note {
        var count = 0
        var values: [String] = []
        var hasElements = false
    }

    private(set) var prefixes: [(prefix: String, uri: String)] = []
    private var notes: [[String]: Note] = [:]
    private var order: [[String]] = []
    private var path: [String] = []
    private var arrays: [Bool] = []
    private var member = ""
    private var texts: [String] = []

    private mutating func note(_ path: [String], _ change: (inout Note) -> Void) {
        if notes[path] == nil { order.append(path) }
        change(&notes[path, default: Note()])
    }

    private mutating func begin(_ name: String) {
        if !path.isEmpty { note(path) { $0.hasElements = true } }
        path.append(name)
        note(path) { $0.count += 1 }
    }

    // MARK: JSON

    private var memberName: String { member.replacing("~", with: "~0").replacing("/", with: "~1") }

    mutating func begin(isArray: Bool, at offset: UInt64) {
        if arrays.isEmpty { member = "" }
        arrays.append(isArray)
        if isArray {
            // The elements stand at the path of the array, whose name goes on for each.
            path.append(memberName)
        } else if arrays.dropLast().last == true, let name = path.popLast() {
            begin(name)
        } else {
            begin(memberName)
        }
    }

    mutating func end(isArray: Bool, at offset: UInt64) {
        arrays.removeLast()
        if isArray || arrays.last != true { path.removeLast() }
    }

    mutating func name(_ text: [UInt8], at offset: UInt64) { member = String(decoding: text, as: UTF8.self) }

    mutating func scalar(_ text: [UInt8], _ kind: JSONScanner.Scalar, at offset: UInt64) {
        guard kind != .null, arrays.last == false else { return }
        note(path) { $0.hasElements = true }
        note(path + [memberName]) { note in
            note.count += 1
            note.values.append(String(decoding: text, as: UTF8.self))
        }
    }

    // MARK: XML

    private mutating func written(_ name: XMLName) -> String {
        guard let uri = name.namespace else { return name.local }
        if let known = prefixes.first(where: { $0.uri == uri }) { return known.prefix + ":" + name.local }
        prefixes.append(("n\(prefixes.count + 1)", uri))
        return "n\(prefixes.count):" + name.local
    }

    mutating func take(xml beginning: [UInt8]) {
        let parser = XMLPushParser(allowsDoctype: true)
        for start in stride(from: 0, to: beginning.count, by: 4096) where !parser.hasStopped {
            parser.feed(beginning.span.extracting(start..<min(start + 4096, beginning.count)))
            let events = parser.events
            for event in events.list { take(event, events, parser) }
        }
    }

    private mutating func take(_ event: XMLEvents.Event, _ events: borrowing XMLEvents, _ parser: XMLPushParser) {
        switch event.kind {
        case .startElement:
            begin(written(parser.name(event.name)))
            texts.append("")
        case .attribute:
            let name = parser.name(event.name)
            guard name.namespace == nil, path.count > 1 else { return }
            let value = String(decoding: events.text(of: event), as: UTF8.self)
            note(path) { $0.hasElements = true }
            note(path + ["@" + name.local]) { note in
                note.count += 1
                note.values.append(value)
            }
        case .text:
            if let last = texts.indices.last { texts[last] += String(decoding: events.text(of: event), as: UTF8.self) }
        case .endElement:
            let text = texts.popLast() ?? ""
            let value = String(text.drop(while: \.isWhitespace).reversed().drop(while: \.isWhitespace).reversed())
            if !value.isEmpty { note(path) { $0.values.append(value) } }
            if !path.isEmpty { path.removeLast() }
        case .comment, .processingInstruction: break
        }
    }

    // MARK: What came of it

    /// The path of the element that repeats: the outermost of those that hold others, and of these the most frequent.
    var record: [String]? {
        let holding = order.filter { notes[$0]?.hasElements == true }
        let repeated = holding.filter { notes[$0]?.count ?? 0 > 1 }
        return (repeated.isEmpty ? holding : repeated).min { one, other in
            (one.count, -(notes[one]?.count ?? 0)) < (other.count, -(notes[other]?.count ?? 0))
        }
    }

    /// The values in a record, and those of the elements around it.
    func leaves(of record: [String]) -> [DocumentOutline.Leaf] {
        let records = notes[record]?.count ?? 0
        return order.compactMap { path in
            guard let note = notes[path], !note.values.isEmpty else { return nil }
            let relative: String
            if path.starts(with: record), path.count > record.count {
                relative = path[record.count...].joined(separator: "/")
            } else if let last = path.last, record.starts(with: path.dropLast()), path.count <= record.count {
                relative = String(repeating: "../", count: record.count - path.count + 1) + last
            } else {
                return nil
            }
            let missing = max(0, records - note.values.count)
            return DocumentOutline.Leaf(path: relative, values: note.values + Array(repeating: "", count: missing))
        }
    }
}
