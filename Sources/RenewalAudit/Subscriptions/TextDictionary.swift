// This file holds unsafe code: the texts of millions of rows are compared a word at a time.

/// Texts that recur in a column (offers, payment methods), each kept once and known by a number.
public struct TextDictionary: Sendable {
    private struct Text {
        let key: SubscriptionKey
        let hash: UInt64
        let range: Range<Int>
    }

    private var texts: [Text] = []

    /// The bytes of all texts, one behind the other: a text that two threads read has no count of references.
    private var bytes: [UInt8] = []

    /// The numbers of the texts plus 1, each near the place of its hash; 0 where there is none.
    ///
    /// At most half are taken.
    private var slots: [UInt32] = Array(repeating: 0, count: 16)

    /// New in every process, so that no file can be made whose texts all collide.
    ///
    /// No output depends on it.
    private let hash = SubscriptionHash()

    /// How many texts there are.
    public var count: Int { texts.count }

    /// The number of the text of `length` bytes at `start`, a new one if it was never met.
    ///
    /// So many bytes as `readable` says may be read there.
    mutating func number(of start: UnsafePointer<UInt8>, length: Int, readable: Int) -> UInt32 {
        let key = unsafe SubscriptionKey(start, length: length, readable: readable)
        let hash = unsafe hash(key, length: length, bytes: start)
        var slot = self.slot(hash)
        while slots[slot] != 0 {
            let number = slots[slot] - 1
            if unsafe isText(number, key, start, length: length) { return number }
            slot = (slot + 1) & (slots.count - 1)
        }
        let number = UInt32(truncatingIfNeeded: texts.count)
        slots[slot] = number + 1
        texts.append(Text(key: key, hash: hash, range: bytes.count..<(bytes.count + length)))
        unsafe bytes.append(contentsOf: UnsafeBufferPointer(start: start, count: length))
        if texts.count * 2 > slots.count { grow() }
        return number
    }

    /// The numbers here of all texts of another dictionary, by their numbers there.
    mutating func numbers(ofAll other: TextDictionary) -> [UInt32] {
        unsafe other.bytes.withUnsafeBufferPointer { bytes in
            guard let base = bytes.baseAddress else { return other.texts.map { _ in numberOfEmptyText() } }
            return other.texts.map { text in
                unsafe number(
                    of: base + text.range.lowerBound, length: text.range.count,
                    readable: bytes.count - text.range.lowerBound)
            }
        }
    }

    /// The text that a number stands for; empty for a number never given.
    func bytes(_ number: UInt32) -> [UInt8] {
        guard Int(number) < texts.count else { return [] }
        let range = texts[Int(number)].range
        return unsafe bytes.withUnsafeBufferPointer { unsafe Array($0[range]) }
    }

    /// Lends the text that a number stands for; an empty one for a number never given.
    func withBytes(_ number: UInt32, _ body: (Span<UInt8>) -> Void) {
        let range = Int(number) < texts.count ? texts[Int(number)].range : 0..<0
        body(bytes.span.extracting(range))
    }

    /// The text that a number stands for; empty for a number never given.
    public subscript(number: UInt32) -> String { String(decoding: bytes(number), as: UTF8.self) }

    private func slot(_ hash: UInt64) -> Int { Int(truncatingIfNeeded: hash) & (slots.count - 1) }

    private func isText(
        _ number: UInt32, _ key: SubscriptionKey, _ start: UnsafePointer<UInt8>, length: Int
    ) -> Bool {
        let text = texts[Int(number)]
        guard text.key == key, text.range.count == length else { return false }
        for index in stride(from: SubscriptionKey.capacity, to: length, by: 1)
        where unsafe bytes[text.range.lowerBound + index] != start[index] {
            return false
        }
        return true
    }

    private mutating func numberOfEmptyText() -> UInt32 {
        unsafe withUnsafePointer(to: UInt8(0)) { unsafe number(of: $0, length: 0, readable: 1) }
    }

    private mutating func grow() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for (number, text) in texts.enumerated() {
            var slot = slot(text.hash)
            while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
            slots[slot] = UInt32(truncatingIfNeeded: number) + 1
        }
    }
}
