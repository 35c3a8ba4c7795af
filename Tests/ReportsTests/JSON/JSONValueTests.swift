import Foundation
import Reports
import TestSupport
import Testing

@Suite("JSON documents")
struct JSONValueTests {
    private func parsed(_ value: JSONValue) throws -> Any {
        try JSONSerialization.jsonObject(with: Data(value.bytes), options: [.fragmentsAllowed])
    }

    @Test("Random texts come back as they were, as values and as names")
    func texts() throws {
        var random = SplitMix64(seed: testSeed)
        let special = Array(
            "\"\\/\u{0}\u{1}\u{8}\u{9}\u{A}\u{C}\u{D}\u{1F}\u{7F}\u{80}\u{2028}\u{2029}\u{FFFF}é€😀".unicodeScalars)
        for round in 0..<5_000 {
            var text = ""
            for _ in 0..<Int(random.next() % 20) {
                let scalar = Unicode.Scalar(UInt32(random.next() % 0x11_0000))
                if random.next() % 2 == 0, let pick = special.randomElement(using: &random) {
                    text.unicodeScalars.append(pick)
                } else if let scalar {
                    text.unicodeScalars.append(scalar)
                }
            }
            let document = try parsed(.object([(text, .array([.string(text)]))])) as? [String: [String]]
            let (name, values) = try #require(document?.first, "seed \(testSeed), round \(round)")
            #expect(name.unicodeScalars.elementsEqual(text.unicodeScalars), "seed \(testSeed), round \(round)")
            #expect(
                values.first?.unicodeScalars.elementsEqual(text.unicodeScalars) == true,
                "seed \(testSeed), round \(round)")
        }
    }

    @Test("No control character stands in the text as such")
    func controls() {
        for byte in UInt8.min..<0x20 {
            let bytes = JSONValue.string(String(UnicodeScalar(byte))).bytes
            #expect(bytes.dropLast().allSatisfy { $0 >= 0x20 })
        }
        #expect(!JSONValue.string("\u{7F}").bytes.contains(0x7F))
    }

    @Test("Members keep their order, groups are indented, the text ends with a line end")
    func form() throws {
        let value = JSONValue.object([
            ("z", .integer(.min)), ("a", .array([.boolean(true), .boolean(false), .null, .array([]), .object([])])),
            ("n", .integer(.max)),
        ])
        #expect(
            String(decoding: value.bytes, as: UTF8.self) == """
                {
                  "z": -9223372036854775808,
                  "a": [
                    true,
                    false,
                    null,
                    [],
                    {}
                  ],
                  "n": 9223372036854775807
                }

                """)
        #expect(try parsed(.integer(-5)) as? Int == -5)
    }
}
