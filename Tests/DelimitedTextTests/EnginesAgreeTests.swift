import TestSupport
import Testing

@testable import DelimitedText

/// The engines give the same reading of any text, and so does any way of cutting it into blocks.
@Suite struct EnginesAgreeTests {
    static let pieceSizes = [1, 2, 3, 7, 64, 4096]

    @Test(arguments: 0..<8) func shortTexts(part: Int) {
        let seed = 0xDE11_0000 + UInt64(part)
        var texts = RandomText(generator: SplitMix64(seed: seed))
        for round in 0..<5_000 {
            let text = texts.short(most: 16)
            let scanners = FieldScanner.all(fieldCount: 1 + round % 3)
            let expected = Reading.whole(text, by: scanners[0])
            var agrees = expected.totalBytes == text.count
            for scanner in scanners.dropFirst() { agrees = agrees && Reading.whole(text, by: scanner) == expected }
            for size in Self.pieceSizes where size == 1 || size / 2 < text.count {
                agrees = agrees && Reading.inPieces(text, of: size, by: scanners[round % scanners.count]) == expected
            }
            guard agrees else {
                Issue.record("seed \(seed), round \(round): \(text)")
                return
            }
        }
    }

    /// Long enough for several segments of the index, with quotes and faults none, few or many.
    @Test(arguments: [3, 20, 300, 100_000], [1, 2, 10]) func longTexts(damageRarity: Int, plainRarity: Int) {
        let seed = 0x10_2600 + UInt64(damageRarity * 16 + plainRarity)
        var texts = RandomText(generator: SplitMix64(seed: seed))
        for fieldCount in [1, 2, 9, 70] {
            let text = texts.long(
                records: 60_000 / (fieldCount * 10 + 2), fieldCount: fieldCount, plainRarity: plainRarity,
                damageRarity: damageRarity)
            let scanners = FieldScanner.all(fieldCount: fieldCount)
            let expected = Reading.whole(text, by: scanners[0])
            for scanner in scanners.dropFirst() {
                #expect(Reading.whole(text, by: scanner) == expected, "seed \(seed), \(fieldCount) fields")
                #expect(Reading.inPieces(text, of: 4096, by: scanner) == expected, "seed \(seed), \(fieldCount) fields")
            }
            // Damage is meant to be seen, and to cost few records but its own.
            #expect(expected.records.count > expected.totalRecords / 4)
            if damageRarity == 3 { #expect(!expected.faults.isEmpty) }
            if damageRarity == 100_000 { #expect(expected.faults.isEmpty) }
        }
    }

    /// One special byte at every place of the index's chunks.
    @Test(arguments: ["\"", "\n", ",", "\r", "\r\n", "\0", "é", "\"\"", "\"\n\""])
    func specialAtEveryPlace(special: String) {
        for length in [1, 63, 64, 65, 128, 200] {
            for place in 0...length {
                var text = Array(repeating: UInt8(ascii: "x"), count: length)
                text[place..<place] = Array(special.utf8)[...]
                for text in [text, text + Array("\ny\n".utf8)] {
                    let scanners = FieldScanner.all(fieldCount: 1)
                    let expected = Reading.whole(text, by: scanners[0])
                    for scanner in scanners.dropFirst() {
                        #expect(Reading.whole(text, by: scanner) == expected, "\(length) \(place)")
                    }
                }
            }
        }
    }
}
