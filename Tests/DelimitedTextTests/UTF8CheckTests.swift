import TestSupport
import Testing

@testable import DelimitedText

@Suite struct UTF8CheckTests {
    static let cases: [([UInt8], Int?)] = [
        ([], nil),
        ([0x00, 0x7F], nil),
        ([0xC2, 0x80, 0xDF, 0xBF], nil),
        ([0xE0, 0xA0, 0x80, 0xED, 0x9F, 0xBF, 0xEE, 0x80, 0x80, 0xEF, 0xBF, 0xBF], nil),
        ([0xF0, 0x90, 0x80, 0x80, 0xF4, 0x8F, 0xBF, 0xBF], nil),
        // Continuation without a lead, and leads without their continuation.
        ([0x61, 0x80], 1),
        ([0xC3], 0), ([0xC3, 0x41], 0), ([0xE2, 0x82], 0), ([0xE2, 0x82, 0x41], 0), ([0xF0, 0x9F, 0x98], 0),
        // Overlong forms, surrogates, above U+10FFFF, bytes that are never used.
        ([0xC0, 0xAF], 0), ([0xC1, 0xBF], 0), ([0xE0, 0x9F, 0xBF], 0), ([0xF0, 0x8F, 0xBF, 0xBF], 0),
        ([0xED, 0xA0, 0x80], 0), ([0xED, 0xBF, 0xBF], 0), ([0xF4, 0x90, 0x80, 0x80], 0),
        ([0xF5, 0x80, 0x80, 0x80], 0),
        ([0xFE], 0), ([0xFF], 0),
        // Behind and within words of eight ASCII bytes.
        ([UInt8](repeating: 0x61, count: 16) + [0xFF], 16),
        ([UInt8](repeating: 0x61, count: 13) + [0xC3, 0xA9, 0xE9], 15),
    ]

    @Test(arguments: cases) func firstInvalidByte(bytes: [UInt8], expected: Int?) {
        #expect(UTF8Check.firstInvalidByte(in: bytes.span) == expected)
    }

    /// The standard library's decoder accepts the same texts.
    @Test func agreesWithStandardLibrary() {
        let seed: UInt64 = 0x0F8
        var generator = SplitMix64(seed: seed)
        let interesting: [UInt8] = [
            0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED, 0xEF, 0xF0, 0xF3, 0xF4,
        ]
        for _ in 0..<20_000 {
            let bytes = (0..<1 + generator.below(6)).map { _ in interesting[generator.below(interesting.count)] }
            let isValid = String(validating: bytes, as: UTF8.self) != nil
            #expect((UTF8Check.firstInvalidByte(in: bytes.span) == nil) == isValid, "seed \(seed): \(bytes)")
        }
    }
}
