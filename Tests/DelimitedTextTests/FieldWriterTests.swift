import TestSupport
import Testing

@testable import DelimitedText

@Suite struct FieldWriterTests {
    @Test(arguments: [
        ("", ""), ("a b", "a b"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("\n", "\"\n\""), ("a\r", "\"a\r\""),
        ("é;'", "é;'"),
    ])
    func field(value: String, raw: String) {
        let writer = FieldWriter()
        var bytes: [UInt8] = []
        writer.append(field: value, to: &bytes)
        writer.append(field: Array(value.utf8), to: &bytes)
        writer.append(field: Array(value.utf8).span, to: &bytes)
        #expect(bytes == Array((raw + raw + raw).utf8))
    }

    /// Many bytes are looked at together, so the one that needs quotes stands at every place of every length.
    @Test(arguments: [",", "\"", "\r", "\n"]) func quotedWhereverItStands(special: String) {
        let writer = FieldWriter()
        for length in 1...70 {
            var plain: [UInt8] = []
            writer.append(field: [UInt8](repeating: 0x61, count: length), to: &plain)
            #expect(plain == [UInt8](repeating: 0x61, count: length))
            for place in 0..<length {
                var field = [UInt8](repeating: 0x61, count: length)
                field[place] = Array(special.utf8)[0]
                var bytes: [UInt8] = []
                writer.append(field: field, to: &bytes)
                #expect(bytes.first == UInt8(ascii: "\"") && bytes.last == bytes.first, "\(length), \(place)")
                #expect(bytes.count == length + (special == "\"" ? 3 : 2), "\(length), \(place)")
            }
        }
    }

    @Test func record() {
        var bytes: [UInt8] = []
        FieldWriter().appendRecord(["a", "", "b,c"], to: &bytes)
        FieldWriter(lineEnding: .crlf, dialect: Dialect(delimiter: UInt8(ascii: ";")))
            .appendRecord([[0x61], [0x3B]], to: &bytes)
        #expect(bytes == Array("a,,\"b,c\"\na;\";\"\r\n".utf8))
    }

    /// What was written is read back, by every engine and in pieces of every size.
    @Test(arguments: [FieldWriter.LineEnding.lf, .crlf]) func roundTrip(lineEnding: FieldWriter.LineEnding) {
        let seed: UInt64 = 0xF1E1D
        var generator = SplitMix64(seed: seed)
        let alphabet = Array(",\"\n\rab é€".unicodeScalars)
        let writer = FieldWriter(lineEnding: lineEnding)
        for round in 0..<300 {
            let fieldCount = 1 + generator.below(4)
            let records = (0..<generator.below(6)).map { _ in
                (0..<fieldCount).map { _ in
                    var field = String.UnicodeScalarView()
                    for _ in 0..<generator.below(6) { field.append(alphabet[generator.below(alphabet.count)]) }
                    return String(field)
                }
            }
            var text: [UInt8] = []
            for record in records { writer.appendRecord(record, to: &text) }
            for scanner in FieldScanner.all(fieldCount: fieldCount) {
                let reading = Reading.inPieces(text, of: 1 + generator.below(40), by: scanner)
                #expect(reading.values(in: text) == records, "seed \(seed), round \(round)")
                #expect(reading.faults.isEmpty)
            }
        }
    }
}
