/// Takes the words of a closed list; a cell is the word's place in it.
struct WordCheck: ValueCheck {
    private let words: KeyTable

    /// A check for words, of which no two are equal.
    init(_ words: [String]) {
        var table = KeyTable(seed: 0)
        for word in words { table.insert(Array(word.utf8).span) }
        self.words = table
    }

    func judge(_ value: Span<UInt8>, _ cell: inout Int64) -> ValueFaults {
        guard let index = words.index(of: value) else {
            cell = value.isEmpty ? Cell.absent : Cell.unreadable
            return value.isEmpty ? .missing : .unknownWord
        }
        cell = Int64(index)
        return []
    }
}
