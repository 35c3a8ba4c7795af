import Testing

@testable import DelimitedText

/// What a text holds, by every engine and for every way of cutting it into blocks.
@Suite struct FieldScannerTests {
    struct Text: Sendable, CustomTestStringConvertible {
        var name: String
        var bytes: [UInt8]
        var fields: Int
        var values: [[String]]
        var testDescription: String { name }

        init(_ name: String, _ text: String, fields: Int, _ values: [[String]]) {
            self.name = name
            bytes = Array(text.utf8)
            self.fields = fields
            self.values = values
        }
    }

    static let soundTexts = [
        Text("empty", "", fields: 3, []),
        Text("simple", "a,b,c\n1,2,3\n", fields: 3, [["a", "b", "c"], ["1", "2", "3"]]),
        Text("simple, CRLF", "a,b,c\r\n1,2,3\r\n", fields: 3, [["a", "b", "c"], ["1", "2", "3"]]),
        Text("comma in quotes", "John,\"New York, NY\",08123\n", fields: 3, [["John", "New York, NY", "08123"]]),
        Text("empty fields", "1,\"\",\"\"\n2,,\n", fields: 3, [["1", "", ""], ["2", "", ""]]),
        Text("empty fields, CRLF", "1,\"\",\"\"\r\n2,,\r\n", fields: 3, [["1", "", ""], ["2", "", ""]]),
        Text("escaped quotes", "1,\"ha \"\"ha\"\" ha\"\n3,4\n", fields: 2, [["1", "ha \"ha\" ha"], ["3", "4"]]),
        Text("only an escaped quote", "\"\"\"\"\n", fields: 1, [["\""]]),
        Text(
            "JSON in quotes", "1,\"{\"\"type\"\": \"\"Point\"\", \"\"c\"\": [10.0, 2.0]}\"\n", fields: 2,
            [["1", "{\"type\": \"Point\", \"c\": [10.0, 2.0]}"]]),
        Text("line breaks", "1,\"Once \nupon\"\n2,x\n", fields: 2, [["1", "Once \nupon"], ["2", "x"]]),
        Text(
            "line breaks, CRLF", "1,\"Once \r\nupon\"\r\n2,x\r\n", fields: 2, [["1", "Once \r\nupon"], ["2", "x"]]),
        Text(
            "quotes and line breaks", "a,\"\"\"\n\"\"\"\nb,\"\n\"\"\n\"\n", fields: 2,
            [["a", "\"\n\""], ["b", "\n\"\n"]]),
        Text("CR in quotes", "\"a\rb\",c\n", fields: 2, [["a\rb", "c"]]),
        Text("UTF-8", "1,ʤ\n😀,\"é,€\"\n", fields: 2, [["1", "ʤ"], ["😀", "é,€"]]),
        Text("empty lines", "\n\r\n\"\"\n", fields: 1, [[""], [""], [""]]),
        Text("wide", "a,\"b\",c,d,e,f,g\n", fields: 7, [["a", "b", "c", "d", "e", "f", "g"]]),
    ]

    @Test(arguments: soundTexts) func soundText(text: Text) {
        for scanner in FieldScanner.all(fieldCount: text.fields) {
            let whole = Reading.whole(text.bytes, by: scanner)
            #expect(whole.values(in: text.bytes) == text.values)
            #expect(whole.faults.isEmpty)
            #expect(whole.totalRecords == text.values.count)
            #expect(whole.totalLines == text.bytes.count { $0 == .lineFeed })
            #expect(whole.containsQuotes == text.bytes.contains(UInt8(ascii: "\"")))
            for size in 1...max(text.bytes.count, 1) {
                #expect(Reading.inPieces(text.bytes, of: size, by: scanner) == whole, "pieces of \(size)")
            }
        }
    }

    @Test func otherDialect() {
        let dialect = Dialect(delimiter: UInt8(ascii: ";"), quote: UInt8(ascii: "'"))
        let text = Array("a;b\n'a;''\n';\"b\",\n".utf8)
        for scanner in FieldScanner.all(fieldCount: 2, dialect: dialect) {
            let reading = Reading.whole(text, by: scanner)
            #expect(reading.values(in: text, dialect: dialect) == [["a", "b"], ["a;'\n", "\"b\","]])
            #expect(reading.faults.isEmpty)
        }
    }

    @Test func unfinishedRecordIsLeftOut() {
        for text in ["a,b\nc", "a,b\nc,\"d\n", "a,b\nc,\"d\"", "a,b\nc,d\r", "a,b\nc,d,e"] {
            for scanner in FieldScanner.all(fieldCount: 2) {
                var table = FieldTable()
                scanner.scan(Array(text.utf8).span, isLast: false, into: &table)
                #expect(table.recordCount == 1)
                #expect(table.fieldEnds == [1, 3])
                #expect(table.totalRecords == 1)
                #expect(table.scannedBytes == 4)
                #expect(table.faults.isEmpty)
            }
        }
    }

    @Test func characterAcrossSegments() {
        // The character stands across the end of the first segment of the index.
        for shift in 0..<4 {
            let filler = String(repeating: "x", count: (16 << 10) - 2 - shift)
            let text = Array("\(filler)😀y\nz\n".utf8)
            for scanner in FieldScanner.all(fieldCount: 1) {
                #expect(Reading.whole(text, by: scanner).records.count == 2)
                var broken = text
                broken[filler.utf8.count + 3] = UInt8(ascii: "!")
                let reading = Reading.whole(broken, by: scanner)
                #expect(reading.faults.map(\.kind) == [.invalidUTF8])
                #expect(reading.faults.map(\.byteOffset) == [filler.utf8.count])
                #expect(reading.records.count == 1)
            }
        }
    }

    @Test func invalidUTF8SegmentsBeforeTheRecordEnds() {
        let text = [0xFF] + Array(repeating: UInt8(ascii: "x"), count: 80 << 10) + Array("\ny\n".utf8)
        for scanner in FieldScanner.all(fieldCount: 1) {
            let reading = Reading.whole(text, by: scanner)
            #expect(reading.faults.map(\.kind) == [.invalidUTF8])
            #expect(reading.faults.map(\.byteOffset) == [0])
            #expect(reading.values(in: text) == [["y"]])
        }
    }
}
