/// Documents of an array that is written bit by bit, a line each.
struct SeparatedDocuments {
    private var isEmpty = true

    /// The next document with the separator before it.
    mutating func next(_ document: JSONValue) -> [UInt8] {
        defer { isEmpty = false }
        return Array((isEmpty ? "\n" : ",\n").utf8) + document.line.dropLast()
    }
}
