/// XML documents of flat records as they are written: elements around the records, and a tree of elements in each.
final class WrittenDocument: Sendable {
    /// An element of a record.
    final class Element: Sendable {
        let name: [UInt8]
        /// The field whose value is the text; nil where the element holds others or attributes alone.
        let field: String?
        let attributes: [(name: [UInt8], field: String)]
        let children: [Element]

        init(_ name: String, _ paths: [(steps: ArraySlice<Substring>, field: String)]) {
            self.name = Array(name.utf8)
            field = paths.first { $0.steps.isEmpty }?.field
            attributes = paths.compactMap { path in
                guard path.steps.count == 1, let step = path.steps.first, step.hasPrefix("@") else { return nil }
                return (Array(step.dropFirst().utf8), path.field)
            }
            var names: [Substring] = []
            for case let path in paths
            where path.steps.first.map({ !$0.hasPrefix("@") && !names.contains($0) }) ?? false {
                names.append(path.steps[path.steps.startIndex])
            }
            children = names.map { name in
                Element(
                    String(name),
                    paths.filter { $0.steps.first == name }.map { ($0.steps.dropFirst(), $0.field) })
            }
        }

        /// Whether the element holds a text of its own beside other elements, in which it would be lost.
        var isMixed: Bool { field != nil && !children.isEmpty || children.contains(where: \.isMixed) }
    }

    /// The elements around the records, the root first.
    let around: [[UInt8]]

    /// The namespaces that the root declares.
    let declarations: [UInt8]

    /// The element of a record.
    let record: Element

    /// The document of a profile's records, or why it cannot be written.
    static func make(_ records: XMLRecords, fields: [String]) -> Result<WrittenDocument, WritingRefusal> {
        guard records.records.count == 1, let element = records.records.first, !element.onlyWithoutRecords,
            records.tables.isEmpty, records.completeAt == nil, records.totals.isEmpty
        else {
            return .failure(
                WritingRefusal("its documents hold more around their records than the columns of ours tell"))
        }
        let path = element.path.split(separator: "/", omittingEmptySubsequences: false)
        guard path.count >= 3, path[0].isEmpty, path.dropFirst().allSatisfy(isName) else {
            return .failure(WritingRefusal("its records are not elements of one name in elements of one name"))
        }
        var paths: [(steps: ArraySlice<Substring>, field: String)] = []
        for field in fields {
            let steps = field.split(separator: "/", omittingEmptySubsequences: false)
            let isSimple =
                steps.dropLast().allSatisfy(isName)
                && steps.last.map { isName($0.hasPrefix("@") ? $0.dropFirst() : $0) } ?? false
            guard isSimple else {
                return .failure(
                    WritingRefusal("a value of its records is not in them, or not in one place: '\(field)'"))
            }
            paths.append((steps[...], field))
        }
        let record = Element(String(path[path.count - 1]), paths)
        guard !record.isMixed else {
            return .failure(WritingRefusal("an element of its records holds a text and elements beside it"))
        }
        return .success(WrittenDocument(records, around: path.dropFirst().dropLast(), record))
    }

    private init(_ records: XMLRecords, around: ArraySlice<Substring>, _ record: Element) {
        self.around = around.map { Array($0.utf8) }
        self.record = record
        var declarations: [UInt8] = []
        for (prefix, uris) in records.namespaces.sorted(by: { $0.key < $1.key }) {
            guard let uri = uris.first, let value = XMLText.attribute(uri) else { continue }
            declarations += (prefix.isEmpty ? " xmlns=\"" : " xmlns:\(prefix)=\"").utf8 + value + "\"".utf8
        }
        self.declarations = declarations
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, first >= 0x80 || (0x61...0x7A).contains(first | 0x20) || first == 0x5F else {
            return false
        }
        return text.utf8.allSatisfy {
            $0 >= 0x80 || (0x61...0x7A).contains($0 | 0x20) || (0x30...0x3A).contains($0) || $0 == 0x5F || $0 == 0x2D
                || $0 == 0x2E
        }
    }

    /// What stands in front of the first record.
    var prologue: [UInt8] {
        var bytes = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
        for (depth, name) in around.enumerated() {
            bytes +=
                Self.blanks(depth) + [UInt8(ascii: "<")] + name + (depth == 0 ? declarations : []) + Array(">\n".utf8)
        }
        return bytes
    }

    /// What stands behind the last record.
    var epilogue: [UInt8] {
        var bytes: [UInt8] = []
        for (depth, name) in around.enumerated().reversed() {
            bytes += Self.blanks(depth) + Array("</".utf8) + name + Array(">\n".utf8)
        }
        return bytes
    }

    private static func blanks(_ depth: Int) -> [UInt8] { Array(repeating: UInt8(ascii: " "), count: 2 * depth) }
}
