import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

/// The word-at-a-time readings of values against the careful ones of `BillingValues`.
@Suite("Values read a word at a time")
struct FieldValueTests {
    private static let rounds = 200_000

    /// Reads `text` as the raw text of a field that is followed by bytes which must not matter.
    static func read<Result>(_ text: [UInt8], behind: UInt8 = UInt8(ascii: "0"), _ body: (FieldValue) -> Result)
        -> Result
    {
        let padded = text + [UInt8](repeating: behind, count: Block.padding)
        return unsafe padded.withUnsafeBufferPointer { bytes in
            // An array that is not empty has an address.
            guard let base = bytes.baseAddress else { preconditionFailure("no bytes") }
            return unsafe body(FieldValue(raw: base, length: text.count))
        }
    }

    /// A text near one that is right: some bytes are changed, added or removed.
    private static func damaged(_ text: String, _ random: inout SplitMix64) -> [UInt8] {
        var bytes = Array(text.utf8)
        for _ in 0..<random.below(3) {
            let place = random.below(bytes.count + 1)
            let byte: UInt8 =
                random.once(in: 3)
                ? UInt8(random.below(256)) : random.pick(Array("0123456789-.:/,+ eE_ancdzAZ\u{0}\u{7F}".utf8))
            switch random.below(4) {
            case 0: bytes.insert(byte, at: place)
            case 1 where place < bytes.count: bytes.remove(at: place)
            default: if place < bytes.count { bytes[place] = byte }
            }
        }
        return bytes
    }

    @Test("A date is what CivilDate.parse takes")
    func randomDates() {
        var random = SplitMix64(seed: testSeed)
        var real = 0
        for round in 0..<Self.rounds {
            let year = random.pick([random.below(10_000), 1900 + random.below(200), 4 * random.below(2500)])
            let text =
                Self.padded(year, 4) + "-" + Self.padded(random.below(15), 2) + "-" + Self.padded(random.below(34), 2)
            let bytes = random.once(in: 2) ? Array(text.utf8) : Self.damaged(text, &random)
            if bytes.first == UInt8(ascii: "\"") || bytes.isEmpty { continue }
            let expected = CivilDate.parse(bytes)
            let date = Self.read(bytes, behind: UInt8(random.below(256))) { $0.date }
            if date != expected.map(BatchDate.init) { Issue.record("\(bytes), seed \(testSeed), round \(round)") }
            if expected != nil { real += 1 }
        }
        #expect(real > Self.rounds / 10)
    }

    @Test("Every day of some centuries, and every byte in every place of a date")
    func systematicDates() {
        for day in stride(from: -800_000, to: 2_900_000, by: 37) {
            guard let date = CivilDate(dayNumber: Int32(day)) else { continue }
            #expect(Self.read(Array(date.description.utf8)) { $0.date } == BatchDate(date))
        }
        for place in 0..<10 {
            for byte in UInt8.min...UInt8.max {
                for text in ["2024-02-29", "1999-12-31", "0001-01-01", "9999-10-10"] {
                    var bytes = Array(text.utf8)
                    bytes[place] = byte
                    if bytes[0] == UInt8(ascii: "\"") { continue }
                    let expected = CivilDate.parse(bytes).map(BatchDate.init)
                    if Self.read(bytes, { $0.date }) != expected { Issue.record("\(bytes)") }
                }
            }
        }
        #expect(Self.read([]) { $0.date } == BatchDate.none)
        #expect(Self.read(Array("\"\"".utf8)) { $0.date } == BatchDate.none)
        #expect(Self.read(Array("\"2024-02-29\"".utf8)) { $0.date?.date } == CivilDate("2024-02-29"))
    }

    @Test("An amount is what Money.minorUnits takes")
    func randomAmounts() {
        var random = SplitMix64(seed: testSeed)
        var real = 0
        for round in 0..<Self.rounds {
            let exponent = random.below(5)
            let whole = String(random.next() >> UInt64(random.below(64)))
            let decimals = String((0..<random.below(6)).map { _ in Character(String(random.below(10))) })
            var text = random.pick(["", "", "-", "0", "-00"]) + whole
            if !random.once(in: 3) { text += "." + decimals }
            let bytes = random.once(in: 3) ? Self.damaged(text, &random) : Array(text.utf8)
            if bytes.first == UInt8(ascii: "\"") { continue }
            let expected = Self.minorUnits(bytes, exponent)
            let amount = Self.read(bytes, behind: UInt8(random.below(256))) { $0.minorUnits(exponent: exponent) }
            if amount != expected {
                Issue.record("\(String(decoding: bytes, as: UTF8.self)), seed \(testSeed), round \(round)")
            }
            if expected != nil { real += 1 }
        }
        #expect(real > Self.rounds / 10)
    }

    @Test("Amounts at the edges", arguments: 0...4)
    func edgesOfAmounts(exponent: Int) {
        let wholes = [
            "", "-", "0", "-0", "00", "9", "99999999999999", "999999999999999", "9999999999999999", "92233720368547758",
            "922337203685477580", "9223372036854775807", "9223372036854775808", "-9223372036854775808",
            "-9223372036854775809", "00000000000000000000001", "+1", " 1", "1 ", "1e3", "0x1", "--1", "1-",
        ]
        let ends = [
            "", ".", ".0", ".00", ".07", ".7", ".58", ".080", ".999", ".9999", ".99999", "..", ".0.", ".-1", ",",
        ]
        for text in wholes.flatMap({ whole in ends.map { whole + $0 } }) {
            let bytes = Array(text.utf8)
            let amount = Self.read(bytes) { $0.minorUnits(exponent: exponent) }
            #expect(amount == Self.minorUnits(bytes, exponent), "\(text)")
        }
    }

    @Test("Words are the nine kinds and four statuses, and nothing near them")
    func words() {
        let kinds = Dictionary(uniqueKeysWithValues: ChargeKind.allCases.map { ($0.word, $0) })
        let statuses = Dictionary(uniqueKeysWithValues: ChargeStatus.allCases.map { ($0.word, $0) })
        let words = Array(kinds.keys.sorted() + statuses.keys.sorted())
        var random = SplitMix64(seed: testSeed)
        for round in 0..<Self.rounds {
            let bytes = Self.damaged(random.pick(words), &random)
            if bytes.isEmpty || bytes.first == UInt8(ascii: "\"") { continue }
            let text = String(validating: bytes, as: UTF8.self) ?? ""
            let (kind, status) = Self.read(bytes, behind: UInt8(random.below(256))) { ($0.chargeKind, $0.chargeStatus) }
            if kind != kinds[text] || status != statuses[text] {
                Issue.record("\(text), seed \(testSeed), round \(round)")
            }
        }
        for word in words {
            let bytes = Array(word.utf8)
            #expect(Self.read(bytes) { $0.chargeKind } == kinds[word])
            #expect(Self.read(bytes) { $0.chargeStatus } == statuses[word])
            // A prefix, and the word with what stands behind it, are other words.
            #expect(Self.read(Array(bytes.dropLast()), behind: bytes[bytes.count - 1]) { $0.chargeKind } == nil)
            #expect(Self.read(bytes + [0x78]) { $0.chargeKind } == nil)
            #expect(Self.read(bytes + [0]) { $0.chargeStatus } == nil)
            #expect(Self.read(Array("\"\(word)\"".utf8)) { $0.chargeKind } == kinds[word])
        }
    }

    @Test("A currency is three letters of the table, in capitals")
    func currencies() {
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<20_000 {
            let bytes = Self.damaged(random.pick(["EUR", "USD", "KWD", "JPY", "XXX", "eur"]), &random)
            if bytes.first == UInt8(ascii: "\"") { continue }
            let packed = Self.read(bytes) { $0.packedCurrency }
            #expect(Currency(packedCode: packed) == Currency(bytes: bytes.span), "\(bytes), seed \(testSeed)")
        }
    }

    @Test(
        "The value of a raw text",
        arguments: [
            ("abc", "abc", "abc"), ("", "", ""), ("\"\"", "", ""), ("\"abc\"", "abc", "abc"),
            ("\"a\"\"b\"", "a\"\"b", "a\"b"), ("\"\"\"\"", "\"\"", "\""), ("\"\"\"x\"\"\"", "\"\"x\"\"", "\"x\""),
            ("\"a,b\nc\"", "a,b\nc", "a,b\nc"),
        ])
    func quotes(raw: String, inner: String, value: String) {
        Self.read(Array(raw.utf8)) { field in
            #expect(String(decoding: field.bytes, as: UTF8.self) == inner)
            #expect(field.isEscaped == (inner != value))
            var texts: [UInt8] = Array("before".utf8)
            let text = field.appendUnescaped(to: &texts)
            if field.isEscaped {
                #expect(String(decoding: texts[text.range], as: UTF8.self) == value)
                #expect(text.isUnescaped)
            }
        }
    }

    private static func padded(_ number: Int, _ width: Int) -> String {
        String(repeating: "0", count: max(0, width - String(number).count)) + String(number)
    }

    private static func minorUnits(_ bytes: [UInt8], _ exponent: Int) -> Int64? {
        do throws(AmountFault) {
            return try Money.minorUnits(in: bytes.span, exponent: exponent)
        } catch {
            return nil
        }
    }
}
