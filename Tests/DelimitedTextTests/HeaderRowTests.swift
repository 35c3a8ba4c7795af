import Testing

@testable import DelimitedText

@Suite struct HeaderRowTests {
    @Test(arguments: [
        ("", [], 0),
        ("\n", [""], 1),
        ("id,kind\n1,2\n", ["id", "kind"], 8),
        ("id,kind\r\n1,2\r\n", ["id", "kind"], 9),
        ("\"a,\"\"b\"\"\n\",c\nx", ["a,\"b\"\n", "c"], 13),
    ])
    func names(text: String, names: [String], endOffset: Int) {
        let header = HeaderRow.parseHeader(Array(text.utf8).span)
        #expect(header.names == names.map { Array($0.utf8) })
        #expect(header.endOffset == endOffset)
        #expect(header.fault == nil)
    }

    @Test(arguments: [
        ("a,b\"\nc\n", StructureFaultKind.quoteInUnquotedField, 3),
        ("a,\"b\nc\n", .unclosedQuote, 2),
        ("a,b", .missingFinalLineEnd, 3),
        ("a\0,b\n", .nulByte, 1),
    ])
    func fault(text: String, kind: StructureFaultKind, byteOffset: Int) {
        let header = HeaderRow.parseHeader(Array(text.utf8).span)
        #expect(header.fault?.kind == kind)
        #expect(header.fault?.byteOffset == byteOffset)
        #expect(header.names.count == 2)
    }
}
