import TestSupport
import Testing

@testable import BillingFiles

/// What a text of JSON holds, told piece by piece.
@Suite struct JSONScannerTests {
    /// Writes down what it is told.
    struct Notes: JSONTaker {
        var lines: [String] = []

        mutating func begin(isArray: Bool, at offset: UInt64) { lines.append("\(offset)\(isArray ? "[" : "{")") }
        mutating func end(isArray: Bool, at offset: UInt64) { lines.append("\(offset)\(isArray ? "]" : "}")") }
        mutating func name(_ text: [UInt8], at offset: UInt64) {
            lines.append("\(offset)\(String(decoding: text, as: UTF8.self)):")
        }
        mutating func scalar(_ text: [UInt8], _ kind: JSONScanner.Scalar, at offset: UInt64) {
            lines.append("\(offset)\(kind)=\(String(decoding: text, as: UTF8.self))")
        }
    }

    static func scan(_ bytes: [UInt8], piece: Int = 3) -> (notes: [String], fault: JSONFault?) {
        var scanner = JSONScanner(mostTextBytes: 1000)
        var notes = Notes()
        for start in stride(from: 0, to: bytes.count, by: piece) {
            scanner.feed(bytes[start..<min(start + piece, bytes.count)].span, to: &notes)
        }
        scanner.finish(&notes)
        return (notes.lines, scanner.fault)
    }

    @Test(arguments: [1, 2, 7, 1000])
    func everythingIsToldWithItsPlace(piece: Int) {
        let text = #" {"a" : [1.50,-2e3,"x\u00e9\"\ud83d\ude00\n",true,null], "":{}}"#
        let scanned = Self.scan(Array(text.utf8), piece: piece)
        #expect(scanned.fault == nil)
        #expect(
            scanned.notes == [
                "1{", "2a:", "8[", "9number=1.50", "14number=-2e3", "20string=xé\"😀\n", "45truth=true", "50null=null",
                "55]", "57:", "60{", "62}", "63}",
            ])
    }

    @Test(arguments: ["{}", "[]", "1", "\"\"", "\u{FEFF}[0]", "{}\n{}\n", "[1]\r\n\r\n[2]", "-0.0E+1", "\t[ ]\n"])
    func isJSON(text: String) { #expect(Self.scan(Array(text.utf8)).fault == nil) }

    @Test(arguments: [
        "", " ", "{", "[", "[1", "[1,", "[1,]", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,", "{\"a\":1,}", "{a:1}",
        "{1:1}",
        "]", "[}", "{]", "[1}", "[1 2]", "{\"a\" 1}", "[01]", "[1.]", "[.5]", "[+1]", "[1e]", "[-]", "[nul]", "[NaN]",
        "[True]", "['a']", "[\"\\x\"]", "[\"\\u12g4\"]", "[\"\\ud83d\"]", "[\"\\ud83dx\"]", "[\"\\ude00\"]",
        "[\"\\ud83d\\n\"]", "[\"a\tb\"]", "[\"a\nb\"]", "\"", "\"\\", "\"\\u00", "{} {}", "{},{}", "[1]x", "//\n{}",
        "[0x1]", "[\u{0}]",
    ])
    func isNoJSON(text: String) {
        let fault = Self.scan(Array(text.utf8)).fault
        #expect(fault?.rule == .notWellFormed, "\(text)")
        #expect((fault?.offset ?? .max) <= UInt64(text.utf8.count))
    }

    @Test func bytesThatAreNoUTF8AreTold() {
        let fault = Self.scan(Array("[\"a".utf8) + [0xC3, 0x28] + Array("\"]".utf8)).fault
        #expect(fault?.rule == .invalidUTF8)
        #expect(fault?.offset == 1)
    }

    @Test func depthAndLengthAreLimited() {
        let deep = Array(repeating: UInt8(ascii: "["), count: 128)
        let ends = Array(repeating: UInt8(ascii: "]"), count: 128)
        #expect(Self.scan(deep + ends).fault == nil)
        let deeper = Self.scan(Array(repeating: UInt8(ascii: "["), count: 1_000_000), piece: 4096).fault
        #expect(deeper?.rule == .jsonLimit)
        #expect(deeper?.offset == 128)
        for text in [String(repeating: "x", count: 2000), String(repeating: "\\n", count: 2000)] {
            #expect(Self.scan(Array("[\"\(text)\"]".utf8)).fault?.rule == .jsonLimit)
        }
        #expect(Self.scan(Array(repeating: UInt8(ascii: "1"), count: 2000)).fault?.rule == .jsonLimit)
    }

    /// A random value, with all that JSON allows.
    static func random(_ depth: Int, _ numbers: inout SplitMix64) -> String {
        let blank = [" ", "", "\n", "\t"].randomElement(using: &numbers) ?? ""
        switch Int.random(in: 0..<(depth > 4 ? 4 : 6), using: &numbers) {
        case 0: return blank + "\(Int.random(in: -1000...1000, using: &numbers)).5e-1"
        case 1: return "\"a\\u00e9\\\\€\"" + blank
        case 2: return "null"
        case 3: return "true"
        case 4:
            let items = (0..<Int.random(in: 0..<4, using: &numbers)).map { _ in random(depth + 1, &numbers) }
            return "[\(blank)\(items.joined(separator: ","))\(blank)]"
        default:
            let items = (0..<Int.random(in: 0..<4, using: &numbers)).map { "\"n\($0)\":" + random(depth + 1, &numbers) }
            return "{\(blank)\(items.joined(separator: ",\(blank)"))}"
        }
    }

    @Test func piecesOfAnyLengthTellTheSameAndACutIsTold() {
        let seed = testSeed
        var numbers = SplitMix64(seed: seed)
        for _ in 0..<200 {
            let bytes = Array("[\(Self.random(0, &numbers))]".utf8)
            let whole = Self.scan(bytes, piece: bytes.count)
            #expect(whole.fault == nil, "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
            for piece in [1, 2, 5] { #expect(Self.scan(bytes, piece: piece).notes == whole.notes, "seed \(seed)") }
            let cut = Int.random(in: 0..<bytes.count, using: &numbers)
            #expect(Self.scan(Array(bytes[..<cut])).fault?.rule == .notWellFormed, "seed \(seed)")
        }
    }
}
