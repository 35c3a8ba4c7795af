import Testing

@testable import DelimitedText

/// Every fault at its exact place, by every engine; two fields are expected throughout.
@Suite struct StructureFaultTests {
    /// The place as `record:line:column:byte:field`, all from 0.
    struct Case: Sendable, CustomTestStringConvertible {
        var text: [UInt8]
        var faults: [String]
        var values: [[String]]
        var testDescription: String { String(decoding: text, as: UTF8.self).debugDescription }

        init(_ text: String, _ faults: [String], _ values: [[String]] = []) {
            self.init(Array(text.utf8), faults, values)
        }

        init(_ text: [UInt8], _ faults: [String], _ values: [[String]] = []) {
            self.text = text
            self.faults = faults
            self.values = values
        }
    }

    static let cases = [
        // The number of fields: at the end of a record that is too short, at the first surplus field of one too long.
        Case("a\nc,d\n", ["wrongFieldCount(found: 1, expected: 2) 0:0:1:1:1"], [["c", "d"]]),
        Case("a\r\nc,d\r\n", ["wrongFieldCount(found: 1, expected: 2) 0:0:1:1:1"], [["c", "d"]]),
        Case("a,b\n\nc,d\n", ["wrongFieldCount(found: 1, expected: 2) 1:1:0:4:1"], [["a", "b"], ["c", "d"]]),
        Case("a,b,c\nd,e\n", ["wrongFieldCount(found: 3, expected: 2) 0:0:4:4:2"], [["d", "e"]]),
        Case("a,b,,,\nd,e\n", ["wrongFieldCount(found: 5, expected: 2) 0:0:4:4:2"], [["d", "e"]]),
        Case(
            "a,b,c\nd\ne,f\n",
            ["wrongFieldCount(found: 3, expected: 2) 0:0:4:4:2", "wrongFieldCount(found: 1, expected: 2) 1:1:1:7:1"],
            [["e", "f"]]),
        Case("\"x\ny\"\n1,2\n", ["wrongFieldCount(found: 1, expected: 2) 0:1:2:5:1"], [["1", "2"]]),
        // Quotes.
        Case("a,b\"c\nd,e\n", ["quoteInUnquotedField 0:0:3:3:1"], [["d", "e"]]),
        Case("a,b\"c,\nd\",e\n", ["quoteInUnquotedField 0:0:3:3:1", "quoteInUnquotedField 1:1:1:8:0"]),
        Case("a, \"b\"\nd,e\n", ["quoteInUnquotedField 0:0:3:3:1"], [["d", "e"]]),
        Case("a,\"b\"c\nd,e\n", ["textAfterClosingQuote 0:0:5:5:1"], [["d", "e"]]),
        Case("a,\"b\" \"c\",\nd,e\n", ["textAfterClosingQuote 0:0:5:5:1"], [["d", "e"]]),
        Case("a,\"b\"\rc\nd,e\n", ["textAfterClosingQuote 0:0:5:5:1"], [["d", "e"]]),
        Case("a,b\nc,\"d\ne,\"f\ng,h\n", ["textAfterClosingQuote 1:1:2:6:1"], [["a", "b"], ["g", "h"]]),
        Case("a,b\nc,\"d\ne,f\n", ["unclosedQuote 1:1:2:6:1"], [["a", "b"]]),
        Case("a,\"x\ny\",\"z", ["unclosedQuote 0:1:3:8:2"]),
        Case("\"", ["unclosedQuote 0:0:0:0:0"]),
        Case("a,\"\"\"", ["unclosedQuote 0:0:2:2:1"]),
        // CR.
        Case("a,b\rc\nd,e\n", ["carriageReturnInUnquotedField 0:0:3:3:1"], [["d", "e"]]),
        Case("a,b\r\r\nd,e\n", ["carriageReturnInUnquotedField 0:0:3:3:1"], [["d", "e"]]),
        Case("\r,b\nd,e\n", ["carriageReturnInUnquotedField 0:0:0:0:0"], [["d", "e"]]),
        Case(
            "a,b\nd,e\r", ["carriageReturnInUnquotedField 1:1:3:7:1", "missingFinalLineEnd 1:1:4:8:1"], [["a", "b"]]),
        // The end of the file.
        Case("a,b\nc,d", ["missingFinalLineEnd 1:1:3:7:1"], [["a", "b"], ["c", "d"]]),
        Case("a,b\nc,\"d\"", ["missingFinalLineEnd 1:1:5:9:1"], [["a", "b"], ["c", "d"]]),
        Case("a,b\nc,", ["missingFinalLineEnd 1:1:2:6:1"], [["a", "b"], ["c", ""]]),
        Case(
            "a,b\nc", ["wrongFieldCount(found: 1, expected: 2) 1:1:1:5:1", "missingFinalLineEnd 1:1:1:5:0"],
            [["a", "b"]]),
        // Bytes.
        Case("a,\0b\0\nc,d\n", ["nulByte 0:0:2:2:1"], [["c", "d"]]),
        Case("a,\"x\n\0\"\nc,d\n", ["nulByte 0:1:0:5:1"], [["c", "d"]]),
        Case([0x61, 0x2C, 0xE9, 0x0A, 0x63, 0x2C, 0x64, 0x0A], ["invalidUTF8 0:0:2:2:1"], [["c", "d"]]),
        Case([0x61, 0x2C, 0x62, 0x0A, 0xC3, 0x2C, 0xA9, 0x0A], ["invalidUTF8 1:1:0:4:0"], [["a", "b"]]),
        Case([0x00, 0x2C, 0xFF, 0x0A], ["nulByte 0:0:0:0:0"]),
        Case([0xFF, 0x2C, 0x00, 0x0A], ["invalidUTF8 0:0:0:0:0"]),
        Case("a\0\"\nc,d\n", ["quoteInUnquotedField 0:0:2:2:0", "nulByte 0:0:1:1:0"], [["c", "d"]]),
    ]

    @Test(arguments: cases) func place(of example: Case) {
        for scanner in FieldScanner.all(fieldCount: 2) {
            let whole = Reading.whole(example.text, by: scanner)
            #expect(whole.faults.map(describe) == example.faults)
            #expect(whole.values(in: example.text) == example.values)
            for size in 1...example.text.count {
                #expect(Reading.inPieces(example.text, of: size, by: scanner) == whole, "pieces of \(size)")
            }
        }
    }

    private func describe(_ fault: StructureFault) -> String {
        "\(fault.kind) \(fault.recordOrdinal):\(fault.lineOrdinal):\(fault.columnOrdinal):\(fault.byteOffset):"
            + "\(fault.fieldOrdinal)"
    }
}
