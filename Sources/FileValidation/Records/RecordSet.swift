/// Numbers of records, one bit each.
struct RecordSet: Sendable {
    private var words: [UInt64] = []

    /// Adds a record.
    mutating func insert(_ record: Int) {
        guard record >= 0 else { return }
        while words.count <= record / 64 { words.append(0) }
        words[record / 64] |= 1 << UInt64(record % 64)
    }

    /// Whether a record is one of them.
    func contains(_ record: Int) -> Bool {
        words.indices.contains(record / 64) && words[record / 64] & 1 << UInt64(record % 64) != 0
    }
}
