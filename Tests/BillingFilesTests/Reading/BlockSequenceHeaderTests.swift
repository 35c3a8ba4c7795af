import BillingFiles
import Testing

@Suite("The header row of a file")
struct BlockSequenceHeaderTests {
    /// A header row and what it says.
    struct Case: CustomTestStringConvertible {
        let testDescription: String
        let text: String
        let names: [String]
        let lines: Int
    }

    static let long = String(repeating: "é", count: 90)

    static let cases = [
        Case(testDescription: "LF", text: "a,b\nx,y\n", names: ["a", "b"], lines: 1),
        Case(testDescription: "CR LF", text: "a,b\r\nx,y\r\n", names: ["a", "b"], lines: 1),
        Case(testDescription: "byte order mark", text: "\u{FEFF}a,b\nx,y\n", names: ["a", "b"], lines: 1),
        Case(testDescription: "quotes", text: "\"a\",\"b\"\"c\"\nx,y\n", names: ["a", "b\"c"], lines: 1),
        Case(
            testDescription: "quoted first behind a mark", text: "\u{FEFF}\"a\",b\nx,y\n", names: ["a", "b"], lines: 1),
        Case(
            testDescription: "quoted line breaks", text: "\"a\nb\r\nc\",d\nx,y\n", names: ["a\nb\r\nc", "d"], lines: 3),
        Case(testDescription: "longer than a block", text: "\(long),b\nx,y\n", names: [long, "b"], lines: 1),
        Case(
            testDescription: "quoted and longer than a block", text: "\"\(long),\",b\nx,y\n", names: [long + ",", "b"],
            lines: 1),
        Case(testDescription: "without rows", text: "a,b\n", names: ["a", "b"], lines: 1),
        Case(testDescription: "without rows and line end", text: "a,b", names: ["a", "b"], lines: 0),
    ]

    @Test("Names, bytes and lines", arguments: cases)
    func header(example: Case) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(example.text.utf8), to: "header.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64)
        let header = try #require(reading.headers.first)
        #expect(header.names.map { String(decoding: $0, as: UTF8.self) } == example.names)
        #expect(header.lines == example.lines)
        #expect(header.bytes + reading.bytes(file: 0) == Array(example.text.utf8))
        #expect(reading.blocks.isEmpty == !example.text.contains("x,y"))
    }

    @Test("A header row that is read in two steps is as good as one read at once", arguments: ["\n", "\r\n"])
    func anyLength(lineEnd: String) throws {
        let scratch = try ScratchDirectory()
        // Every length around one and two steps, so that each byte of é and CR LF once stands at the seam.
        for length in 50...140 {
            for end in ["é", "\"\"", "x"] {
                let name = String(repeating: "x", count: length) + end
                let isQuoted = end == "\"\""
                let text = (isQuoted ? "\"\(name)\"" : name) + lineEnd + "y" + lineEnd
                let path = try scratch.write(Array(text.utf8), to: "header.csv")
                let reading = try BlockReading(paths: [path], blockSize: 64)
                #expect(reading.rejections.isEmpty, "length \(length), \(end)")
                let value = isQuoted ? String(name.dropLast()) : name
                #expect(reading.headers.first?.names == [Array(value.utf8)], "length \(length), \(end)")
            }
        }
    }

    @Test("The next file has a header row of its own")
    func severalFiles() throws {
        let scratch = try ScratchDirectory()
        let paths = [
            try scratch.write(Array("\u{FEFF}a\n1\n2\n".utf8), to: "one.csv"),
            try scratch.write([], to: "empty.csv"),
            try scratch.write(Array("b,c\r\n3,4\r\n".utf8), to: "two.csv"),
        ]
        let reading = try BlockReading(paths: paths, blockSize: 64)
        #expect(reading.headers.map(\.names) == [[[0x61]], [[0x62], [0x63]]])
        #expect(reading.blocks.map(\.file) == [0, 2])
        #expect(reading.blocks.map(\.fileOffset) == [5, 5])
        #expect(reading.rejections.map(\.file) == [1])
    }

    /// A file that cannot be read from its header row on, and the finding.
    struct Rejected: CustomTestStringConvertible {
        let rule: InputRule
        let text: [UInt8]
        let line: Int
        let column: Int
        let byteOffset: UInt64
        var testDescription: String { "\(rule.identifier), \(text.count) bytes" }

        init(_ rule: InputRule, _ text: [UInt8], line: Int = 1, column: Int = 1, byteOffset: UInt64 = 0) {
            (self.rule, self.text, self.line, self.column) = (rule, text, line, column)
            self.byteOffset = byteOffset
        }

        init(_ rule: InputRule, marked text: String) {
            let marked = MarkedText(text)
            self.init(
                rule, marked.bytes, line: marked.marks[0].line, column: marked.marks[0].column,
                byteOffset: UInt64(marked.marks[0].byteOffset))
        }
    }

    static let rejected = [
        Rejected(.emptyFile, [], line: 0, column: 0),
        Rejected(.wrongEncoding, [0xFF, 0xFE] + Array("a\0".utf8)),
        Rejected(.wrongEncoding, [0xFE, 0xFF, 0]),
        Rejected(.wrongEncoding, [0xFF, 0xFE, 0, 0, 0x61]),
        Rejected(.wrongEncoding, [0, 0, 0xFE, 0xFF]),
        Rejected(.quoteInUnquotedField, marked: "a,b⟨1⟩\"c\nx,y\n"),
        Rejected(.textAfterQuote, marked: "a,\"b\"⟨1⟩c\nx,y\n"),
        Rejected(.unclosedQuote, marked: "a,⟨1⟩\"b\nx,y\n"),
        Rejected(.unclosedQuote, marked: "\"a\nb\",c,⟨1⟩\"d\nx,y,z\n"),
        Rejected(.loneCarriageReturn, marked: "a⟨1⟩\rx\ry\n"),
        Rejected(.nulByte, marked: "a,b⟨1⟩\0\nx,y\n"),
        Rejected(.invalidUTF8, Array("a,b".utf8) + [0xE9] + Array("\nx,y\n".utf8), column: 4, byteOffset: 3),
    ]

    @Test("A file without a sound header row is rejected at the place of the fault", arguments: rejected)
    func rejectedHeader(example: Rejected) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(example.text, to: "header.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64)
        let finding = try #require(reading.rejections.first?.rejection.finding)
        #expect(finding.rule == example.rule)
        #expect(
            finding.place
                == Place(
                    file: "header.csv", line: example.line, record: 0, column: example.column, field: nil,
                    byteOffset: example.byteOffset))
        #expect(reading.blocks.isEmpty)
    }
}
