/// The tags of a native file's records, in canonical form: what stands before, between and behind their values.
struct XMLRecordTags: Sendable {
    /// The column of each element of a record, as its field in the rows that are read.
    let fields: [Int]

    /// The bytes before each value, and at last those behind the last one.
    let pieces: [[UInt8]]

    /// The bytes before the first record.
    let prologue: [UInt8]

    /// The bytes behind the last record.
    let epilogue: [UInt8]

    /// The columns whose names XML cannot carry; they have no element.
    let lostColumns: [Int]

    /// The tags of records with these columns.
    init(kind: NativeKind, columns: [String]) {
        prologue = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<\(kind.rootElement)>\n".utf8)
        epilogue = Array("</\(kind.rootElement)>\n".utf8)
        var fields: [Int] = []
        var pieces: [[UInt8]] = []
        var piece = Array("  <\(kind.recordElement)>\n".utf8)
        let places = Dictionary(zip(columns, columns.indices), uniquingKeysWith: { first, _ in first })
        for column in kind.canonicalOrder(of: columns) {
            guard let tags = Self.tags(column), let field = places[column] else { continue }
            piece += Array("    ".utf8) + tags.start
            pieces.append(piece)
            fields.append(field)
            piece = tags.end + Array("\n".utf8)
        }
        piece += Array("  </\(kind.recordElement)>\n".utf8)
        pieces.append(piece)
        self.fields = fields
        self.pieces = pieces
        let written = Set(fields)
        lostColumns = columns.indices.filter { !written.contains($0) }
    }

    /// How many bytes the tags of a record have.
    var length: Int { pieces.reduce(0) { $0 + $1.count } }

    /// The tags around the value of a column, nil when XML cannot carry its name.
    ///
    /// A column whose name is no name of XML is a `column` element that has it in an attribute.
    static func tags(_ column: String) -> (start: [UInt8], end: [UInt8])? {
        if XMLElementName.isUsable(column) { return (Array("<\(column)>".utf8), Array("</\(column)>".utf8)) }
        guard column.utf8.count <= XMLElementName.maximumLength, let name = XMLText.attribute(column) else {
            return nil
        }
        return (Array("<column name=\"".utf8) + name + Array("\">".utf8), Array("</column>".utf8))
    }
}
