/// Texts, each kept once, with a number for each: 0, 1, 2 in the order in which they came.
///
/// What is found is compared byte by byte: two texts are never taken for one.
struct KeyTable: Sendable {
    private let seed: UInt64
    /// The number of a text plus one in the lower half of a word, the upper half of its hash in the upper one.
    private var slots: [UInt64]
    private var starts: [UInt64] = [0]
    private var bytes: [UInt8] = []

    /// An empty table; where texts come from strangers, the seed is one that they cannot know.
    init(seed: UInt64) {
        self.seed = seed
        slots = Array(repeating: 0, count: 16)
    }

    /// How many texts there are.
    var count: Int { starts.count - 1 }

    /// The number of a text; nil if it is not there.
    @inline(__always)
    func index(of text: Span<UInt8>) -> Int? { index(of: text, hash: KeyHash.of(text, seed: seed)) }

    /// Adds a text unless it is there, and returns its number.
    @discardableResult
    mutating func insert(_ text: Span<UInt8>) -> (index: Int, isNew: Bool) {
        let hash = KeyHash.of(text, seed: seed)
        if let index = index(of: text, hash: hash) { return (index, false) }
        // Half full at most. 2^32 texts do not fit a machine's memory; beyond that nothing more would be told apart.
        if count * 2 >= slots.count { grow() }
        let index = count
        for offset in text.indices { bytes.append(text[offset]) }
        starts.append(UInt64(bytes.count))
        place(hash, index: index)
        return (index, true)
    }

    /// A text by its number.
    func text(_ index: Int) -> ArraySlice<UInt8> { bytes[Int(starts[index])..<Int(starts[index + 1])] }

    @inline(__always)
    private func index(of text: Span<UInt8>, hash: UInt64) -> Int? {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while true {
            let slot = slots[place]
            if slot == 0 { return nil }
            if slot >> 32 == hash >> 32 {
                let index = Int(slot & 0xFFFF_FFFF) - 1
                if isEqual(text, index) { return index }
            }
            place = (place + 1) & mask
        }
    }

    @inline(__always)
    private func isEqual(_ text: Span<UInt8>, _ index: Int) -> Bool {
        let start = Int(starts[index])
        guard Int(starts[index + 1]) - start == text.count else { return false }
        for offset in text.indices where bytes[start + offset] != text[offset] { return false }
        return true
    }

    private mutating func place(_ hash: UInt64, index: Int) {
        let mask = slots.count - 1
        var place = Int(truncatingIfNeeded: hash) & mask
        while slots[place] != 0 { place = (place + 1) & mask }
        slots[place] = (hash >> 32) << 32 | UInt64(index + 1)
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        let kept = bytes
        for index in 0..<count {
            let text = kept.span.extracting(Int(starts[index])..<Int(starts[index + 1]))
            place(KeyHash.of(text, seed: seed), index: index)
        }
    }
}
