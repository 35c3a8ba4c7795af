import XMLStream

/// Documents of JSON as they are written: an array of records, and a tree of members in each.
final class WrittenJSON: Sendable {
    /// A value of a record: that of a field, or an object or array with others in their order.
    struct Node: Sendable {
        /// The field; nil where the value holds others.
        var field: String?
        /// What stands around the values that it holds.
        var brackets = (opening: [UInt8](), closing: [UInt8]())
        /// These values, and what stands before and behind each of them.
        var children: [(beginning: [UInt8], node: Node, ending: [UInt8])] = []

        /// An array with this value as its one element.
        var asElement: Node {
            Node(brackets: (Array("[".utf8), Array("]".utf8)), children: [([], self, [])])
        }
    }

    /// The names of the members that lead to the array of the records, ready to be written.
    let around: [[UInt8]]

    /// A record.
    let record: Node

    /// The fields that the tree has a place for.
    let fields: [String]

    /// The profile's view of its records, by which what was written is read again.
    let records: JSONRecords

    /// The document of a profile's records, or why it cannot be written.
    ///
    /// - Parameters:
    ///   - names: the fields that are wanted, in their order; those without a place of their own in the record are left
    ///     out.
    ///   - arrays: the paths of the members that are arrays with one element.
    static func make(_ records: JSONRecords, names: [String], arrays: [String]) -> Result<WrittenJSON, WritingRefusal> {
        guard records.records.count == 1, let path = records.records.first, records.totals.isEmpty else {
            return .failure(
                WritingRefusal("its documents hold more around their records than the columns of ours tell"))
        }
        guard let around = steps(String(path.dropFirst())), path.hasPrefix("/") else {
            return .failure(WritingRefusal("its records are not objects of one place"))
        }
        // Of two fields that cannot both be written the first one is: its way comes first, too.
        var places: [Place] = []
        for place in names.compactMap({ Place($0, records.tables) }) where places.allSatisfy({ $0.bears(place) }) {
            places.append(place)
        }
        let record = node(places, depth: 0, path: [], arrays: Set(arrays))
        return .success(WrittenJSON(records, around: around, record, fields: places.map(\.field)))
    }

    private init(_ records: JSONRecords, around: [String], _ record: Node, fields: [String]) {
        self.records = records
        self.around = around.map(Self.member)
        self.record = record
        self.fields = fields
    }

    /// Where a field stands in a record.
    private struct Place {
        var steps: [String]
        var field: String
        /// The key of the table's entry that holds the value; nil where the member itself does.
        var key: String?
        /// The names of the key and the value in the entry.
        var names = (key: "", value: "")

        /// The place of a field; nil where it has none of its own.
        init?(_ field: String, _ tables: [XMLTable]) {
            self.field = field
            switch XMLSourceText(field, tables: tables) {
            case .path(let paths, _):
                guard paths.count == 1, let steps = WrittenJSON.steps(paths[0]), !steps.isEmpty else { return nil }
                self.steps = steps
            case .entry(let name, let key):
                guard let table = tables.first(where: { $0.name == name }),
                    let steps = WrittenJSON.steps(table.entries), !steps.isEmpty,
                    let keys = WrittenJSON.steps(table.key), keys.count == 1,
                    let values = WrittenJSON.steps(table.value), values.count == 1, keys != values
                else { return nil }
                self.steps = steps
                self.key = key
                names = (keys[0], values[0])
            case .name, .position, .lookup: return nil
            }
        }

        /// Whether another can be written beside it: neither is the object in which the other stands.
        func bears(_ other: Place) -> Bool {
            if key != nil, other.key != nil, steps == other.steps { return names == other.names && key != other.key }
            return !steps.starts(with: other.steps) && !other.steps.starts(with: steps)
        }
    }

    /// The names of a path from the record; nil where it does not lead to one place in it.
    private static func steps(_ path: String) -> [String]? {
        if path.isEmpty { return [] }
        guard !path.hasPrefix("/"), let read = XMLPath(json: path, base: []) else { return nil }
        var names: [String] = []
        for step in read.steps {
            guard case .named(let name, _) = step else { return nil }
            names.append(name)
        }
        return path.split(separator: "/", omittingEmptySubsequences: false).contains("..") ? nil : names
    }

    /// The tree of the places behind some steps.
    private static func node(_ places: [Place], depth: Int, path: [String], arrays: Set<String>) -> Node {
        var node = Node()
        if let first = places.first, first.steps.count == depth, first.key == nil {
            node.field = first.field
        } else if let first = places.first, first.steps.count == depth {
            node.brackets = (Array("[".utf8), Array("]".utf8))
            node.children = places.map { place in
                let key = member(place.names.key) + text(place.key ?? "") + [UInt8(ascii: ",")]
                return (
                    [UInt8(ascii: "{")] + key + member(place.names.value), Node(field: place.field),
                    [UInt8(ascii: "}")]
                )
            }
            return node
        } else {
            node.brackets = (Array("{".utf8), Array("}".utf8))
            var names: [String] = []
            for place in places where !names.contains(place.steps[depth]) { names.append(place.steps[depth]) }
            node.children = names.map { name in
                let inner = places.filter { $0.steps[depth] == name }
                return (member(name), self.node(inner, depth: depth + 1, path: path + [name], arrays: arrays), [])
            }
        }
        return arrays.contains(path.map(JSONPointer.escaped).joined(separator: "/")) ? node.asElement : node
    }

    /// A name with its colon.
    private static func member(_ name: String) -> [UInt8] { text(name) + [UInt8(ascii: ":")] }

    private static func text(_ text: String) -> [UInt8] {
        var row = RowText(reusing: [])
        let bytes = Array(text.utf8)
        row.append(json: bytes.span)
        return Array(row.bytes[..<row.count])
    }

    /// What stands in front of the first record.
    var prologue: [UInt8] { around.flatMap { [UInt8(ascii: "{")] + $0 } + [UInt8(ascii: "[")] }

    /// What stands behind the last record.
    var epilogue: [UInt8] {
        Array("\n]".utf8) + around.map { _ in UInt8(ascii: "}") } + [UInt8(ascii: "\n")]
    }

    /// What stands before each record; the comma is left out before the first one.
    static let separator = Array(",\n".utf8)
}

extension RowText {
    /// Appends a text of JSON with its quotes.
    mutating func append(json text: Span<UInt8>) {
        append(UInt8(ascii: "\""))
        for index in text.indices {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                append(UInt8(ascii: "\\"))
                append(byte)
            case 0..<0x20:
                let digits = Array("0123456789abcdef".utf8)
                for byte in "\\u00".utf8 { append(byte) }
                append(digits[Int(byte >> 4)])
                append(digits[Int(byte & 15)])
            default: append(byte)
            }
        }
        append(UInt8(ascii: "\""))
    }
}
