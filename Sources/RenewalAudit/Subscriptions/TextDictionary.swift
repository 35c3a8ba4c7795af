/// Texts that recur in a column (offers, payment methods), each kept once and known by a number.
public struct TextDictionary: Sendable {
    /// The texts in the order in which they were first met.
    public private(set) var texts: [[UInt8]] = []

    private var numbers: [[UInt8]: UInt32] = [:]

    /// The number last given, which is the next row's more often than not.
    private var latest: UInt32 = 0

    init() {}

    /// The number of a text, a new one if it was never met.
    mutating func number(of text: [UInt8]) -> UInt32 {
        if Int(latest) < texts.count, texts[Int(latest)] == text { return latest }
        if let known = numbers[text] {
            latest = known
            return known
        }
        latest = UInt32(truncatingIfNeeded: texts.count)
        texts.append(text)
        numbers[text] = latest
        return latest
    }

    /// The text that a number stands for; empty for a number never given.
    public subscript(number: UInt32) -> String {
        Int(number) < texts.count ? String(decoding: texts[Int(number)], as: UTF8.self) : ""
    }
}
