/// A start tag of a schema document, with its names resolved.
struct SchemaTag {
    /// The name of the element.
    var name: XMLName

    /// The values of the attributes by their names.
    var attributes: [XMLName: String] = [:]

    /// The namespaces by their prefixes where the element stands; the default one has the prefix "".
    var namespaces: [String: String] = [:]

    /// The line where the tag ends, from 1.
    var line = 0

    /// The column behind the tag, in bytes from 1.
    var column = 0

    /// The value of an attribute without a namespace.
    subscript(attribute: String) -> String? { attributes[XMLName(attribute)] }

    /// The names that the value of an attribute lists, resolved; unknown prefixes are in no namespace.
    func names(_ attribute: String) -> [XMLName] {
        guard let value = self[attribute] else { return [] }
        return value.split(whereSeparator: \.isWhitespace).map { text in
            let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            return parts.count == 2
                ? XMLName(parts[1], in: namespaces[parts[0]] ?? "")
                : XMLName(parts[0], in: namespaces[""] ?? "")
        }
    }
}
