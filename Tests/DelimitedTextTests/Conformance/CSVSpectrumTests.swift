import Testing

@testable import DelimitedText

/// The eleven shapes of CSV that the csv-spectrum collection asks a reader about, with bytes of our own.
///
/// Each gives the values that are written beside it, by every engine and wherever the text is cut.
@Suite struct CSVSpectrumTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let text: String
        let header: [String]
        let rows: [[String]]
        var testDescription: String { name }
    }

    static let cases = [
        Case(
            name: "comma in quotes", text: "name,street,town\nRossi,\"Via Roma, 1\",Pisa\n",
            header: ["name", "street", "town"], rows: [["Rossi", "Via Roma, 1", "Pisa"]]),
        Case(
            name: "empty fields", text: "a,b,c\n1,\"\",\"\"\n2,3,4\n", header: ["a", "b", "c"],
            rows: [["1", "", ""], ["2", "3", "4"]]),
        Case(
            name: "empty fields, CR LF", text: "a,b,c\r\n1,\"\",\"\"\r\n2,3,4\r\n", header: ["a", "b", "c"],
            rows: [["1", "", ""], ["2", "3", "4"]]),
        Case(
            name: "escaped quotes", text: "a,b\n1,\"so \"\"it\"\" is\"\n2,\"\"\"\"\n", header: ["a", "b"],
            rows: [["1", "so \"it\" is"], ["2", "\""]]),
        Case(
            name: "JSON in a field", text: "id,place\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"at\"\": [43.7, 10.4]}\"\n",
            header: ["id", "place"], rows: [["1", "{\"type\": \"Point\", \"at\": [43.7, 10.4]}"]]),
        Case(
            name: "newlines", text: "a,b,c\n1,2,3\n\"Once upon\na time\",5,6\n7,8,9\n", header: ["a", "b", "c"],
            rows: [["1", "2", "3"], ["Once upon\na time", "5", "6"], ["7", "8", "9"]]),
        Case(
            name: "newlines, CR LF", text: "a,b,c\r\n1,2,3\r\n\"Once upon\r\na time\",5,6\r\n7,8,9\r\n",
            header: ["a", "b", "c"],
            rows: [["1", "2", "3"], ["Once upon\r\na time", "5", "6"], ["7", "8", "9"]]),
        Case(
            name: "quotes and newlines", text: "a,b\n1,\"so \n\"\"it\"\" \nis\"\n2,\"x\n\"\n", header: ["a", "b"],
            rows: [["1", "so \n\"it\" \nis"], ["2", "x\n"]]),
        Case(name: "simple", text: "a,b,c\n1,2,3\n", header: ["a", "b", "c"], rows: [["1", "2", "3"]]),
        Case(name: "simple, CR LF", text: "a,b,c\r\n1,2,3\r\n", header: ["a", "b", "c"], rows: [["1", "2", "3"]]),
        Case(
            name: "UTF-8", text: "a,b,c\n1,2,3\n4,5,\u{2103}\u{1F4C5}\n", header: ["a", "b", "c"],
            rows: [["1", "2", "3"], ["4", "5", "\u{2103}\u{1F4C5}"]]),
    ]

    @Test func thereAreEleven() { #expect(Self.cases.count == 11) }

    @Test(arguments: cases) func givesItsValues(of example: Case) {
        let text = Array(example.text.utf8)
        let header = HeaderRow.parseHeader(text.span)
        #expect(header.names.map { String(decoding: $0, as: UTF8.self) } == example.header)
        #expect(header.fault == nil)
        let body = Array(text[header.endOffset...])
        for scanner in FieldScanner.all(fieldCount: example.header.count) {
            let whole = Reading.whole(body, by: scanner)
            #expect(whole.values(in: body) == example.rows)
            #expect(whole.faults.isEmpty)
            for size in 1...body.count {
                #expect(Reading.inPieces(body, of: size, by: scanner).values(in: body) == example.rows)
            }
        }
    }
}
