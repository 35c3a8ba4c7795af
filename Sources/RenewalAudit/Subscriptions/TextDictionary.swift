/// Texts that recur in a column (offers, payment methods), each kept once and known by a number.
public struct TextDictionary: Sendable {
    /// The texts in the order in which they were first met.
    public private(set) var texts: [[UInt8]] = []

    /// The numbers of the texts with the same hash.
    private var numbersByHash: [UInt64: [UInt32]] = [:]

    /// New in every process, so that no file can be made whose texts all collide.
    ///
    /// No output depends on it.
    private let seed: UInt64

    init() {
        var generator = SystemRandomNumberGenerator()
        seed = generator.next() | 1
    }

    /// The number of the text in `range` of `bytes`, a new one if it was never met.
    mutating func number(of bytes: Span<UInt8>, in range: Range<Int>) -> UInt32 {
        var hash = seed
        for index in range { hash = (hash ^ UInt64(bytes[index])) &* seed ^ hash >> 29 }
        if let candidates = numbersByHash[hash] {
            for number in candidates where Self.isSame(texts[Int(number)], bytes, range) { return number }
        }
        let number = UInt32(truncatingIfNeeded: texts.count)
        var text: [UInt8] = []
        for index in range { text.append(bytes[index]) }
        texts.append(text)
        numbersByHash[hash, default: []].append(number)
        return number
    }

    private static func isSame(_ text: [UInt8], _ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        guard text.count == range.count else { return false }
        for index in text.indices where text[index] != bytes[range.lowerBound + index] { return false }
        return true
    }

    /// The text that a number stands for; empty for a number never given.
    public subscript(number: UInt32) -> String {
        Int(number) < texts.count ? String(decoding: texts[Int(number)], as: UTF8.self) : ""
    }
}
