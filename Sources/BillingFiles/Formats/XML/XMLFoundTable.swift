import XMLStream

/// The entries of a table that were met so far.
struct XMLFoundTable: Sendable {
    private let choice: XMLSourceText.Choice
    private var entries: [(key: [UInt8], value: XMLFoundValue)] = []
    private var key: [UInt8] = []
    private var value: (text: [UInt8], offset: UInt64)?

    init(adds: Bool) {
        choice = adds ? .sum : .only
    }

    /// Forgets all entries.
    mutating func clear() { if !entries.isEmpty { entries.removeAll(keepingCapacity: true) } }

    mutating func beginEntry() {
        key.removeAll(keepingCapacity: true)
        value = nil
    }

    mutating func key(_ text: ArraySlice<UInt8>) { key(text.span) }

    mutating func value(_ text: ArraySlice<UInt8>, at offset: UInt64) { value = (Array(text), offset) }

    mutating func key(_ text: Span<UInt8>) {
        key.removeAll(keepingCapacity: true)
        key.append(copying: text)
    }

    mutating func value(_ text: Span<UInt8>, at offset: UInt64) { value = (text.bytesCopy, offset) }

    mutating func endEntry() {
        guard let value else { return }
        self.value = nil
        if let known = entries.firstIndex(where: { $0.key == key }) {
            entries[known].value.take(value.text[...], at: value.offset, choice)
        } else {
            var found = XMLFoundValue()
            found.take(value.text[...], at: value.offset, choice)
            entries.append((key, found))
        }
    }

    /// The value of a key.
    subscript(_ key: ArraySlice<UInt8>) -> XMLFoundValue? {
        entries.first { $0.key.elementsEqual(key) }?.value
    }
}
