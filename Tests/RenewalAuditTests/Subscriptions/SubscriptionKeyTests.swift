import Testing

@testable import RenewalAudit

@Suite("SubscriptionKey")
struct SubscriptionKeyTests {
    @Test("is the same wherever the id stands in its buffer, the last byte included", arguments: 0...40)
    func placement(length: Int) {
        let identifier = (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + 3) }
        let expected = SubscriptionKey(bytes: identifier)
        for before in 0...3 {
            for after in 0...20 {
                // What stands around the id must not leak into the key.
                let buffer =
                    [UInt8](repeating: 0xAA, count: before) + identifier + [UInt8](repeating: 0x55, count: after)
                let key = unsafe buffer.withUnsafeBufferPointer { bytes in
                    guard let base = bytes.baseAddress else { return SubscriptionKey.empty }
                    return unsafe SubscriptionKey(base + before, length: length, readable: length + after)
                }
                #expect(key == expected, "\(length) bytes with \(before) before and \(after) behind")
            }
        }
    }

    @Test("holds the first 16 bytes, the first one lowest")
    func layout() {
        let key = SubscriptionKey(bytes: Array("ABCDEFGHIJKLMNOPQRS".utf8))
        #expect(key.low == 0x4847_4645_4443_4241)
        #expect(key.high == 0x504F_4E4D_4C4B_4A49)
        #expect(key == SubscriptionKey(bytes: Array("ABCDEFGHIJKLMNOP".utf8)))
        #expect(key != SubscriptionKey(bytes: Array("ABCDEFGHIJKLMNO".utf8)))
    }
}
