import TestSupport
import Testing

@testable import DelimitedText

@Suite struct DialectTests {
    @Test(arguments: [
        (",", "\"", true), (";", "'", true), ("\t", "\"", true),
        (",", ",", false), ("\n", "\"", false), (",", "\r", false), ("\0", "\"", false),
    ])
    func isUnambiguous(delimiter: Unicode.Scalar, quote: Unicode.Scalar, expected: Bool) {
        let dialect = Dialect(delimiter: UInt8(ascii: delimiter), quote: UInt8(ascii: quote))
        #expect(dialect.isUnambiguous == expected)
    }

    @Test func bytesBeyondASCIIAreNoSeparators() {
        #expect(!Dialect(delimiter: 0xA7).isUnambiguous)
        #expect(Dialect.native.isUnambiguous)
    }

    /// A dialect that means nothing must still be safe to read in, and must come to an end.
    @Test func ambiguousDialectsReadToTheEnd() {
        var texts = RandomText(generator: SplitMix64(seed: 0xD1A))
        let bytes = Array("\0\n\r,\" ".utf8) + [0xC3]
        for delimiter in bytes {
            for quote in bytes {
                let dialect = Dialect(delimiter: delimiter, quote: quote)
                for _ in 0..<10 {
                    let text = texts.short(most: 60)
                    for scanner in FieldScanner.all(fieldCount: 2, dialect: dialect) {
                        #expect(Reading.whole(text, by: scanner).totalBytes == text.count)
                    }
                }
            }
        }
    }
}
