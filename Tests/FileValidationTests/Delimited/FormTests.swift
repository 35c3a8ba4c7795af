import BillingFiles
import DelimitedText
import FileValidation
import Foundation
import Testing

@Suite("Dialects and encodings") struct FormTests {
    private static let schema = #"{"fields":[{"name":"id","type":"integer"},{"name":"name","type":"string"}]}"#

    private func validate(_ bytes: [UInt8], _ change: (inout DelimitedSettings) -> Void = { _ in }) throws
        -> ValidatedTable
    {
        var settings = ValidatedTable.settings
        settings.definition = .schema(try TableSchema.read(Array(Self.schema.utf8), file: "schema.json"))
        change(&settings)
        return try ValidatedTable(bytes, settings)
    }

    @Test(arguments: [",", ";", "|", "\t"])
    func delimiters(delimiter: String) throws {
        let text = "id,name\n1,\"a,b\"\nx,c\n".replacing("\"a,b\"", with: "ab").replacing(",", with: delimiter)
        let table = try validate(Array(text.utf8))
        #expect(table.summary == ["3 invalid-number id"])
        #expect((table.guess == nil) == (delimiter == ","))
        let behind = try validate(Array("a report, of today\n\n\(text)".utf8))
        #expect(behind.summary == ["5 invalid-number id"])
        #expect(behind.guess?.contains("behind 2 lines of preamble") == true)
    }

    /// A text of ASCII as UTF-16, little end first.
    private static func wide(_ text: String) -> [UInt8] {
        var bytes: [UInt8] = []
        for byte in text.utf8 { bytes += [byte, 0] }
        return bytes
    }

    @Test func whatCannotBeTold() throws {
        #expect(
            try validate([
                0x69, 0x64, 0x2C, 0x6E, 0x61, 0x6D, 0x65, 0x0A, 0x31, 0x2C, 0xE4, 0x0A, 0x32, 0x2C, 0x41, 0x41, 0x41,
                0x0A,
            ]).summary == ["0 ambiguous-encoding -"])
        let wide = Self.wide("id,name\n1,a\n")
        #expect(try validate(wide).summary == ["0 ambiguous-encoding -"])
        #expect(try validate(wide) { $0.encoding = .utf16LittleEndian }.summary.isEmpty)
    }

    @Test(arguments: TextEncoding.allCases)
    func encodings(encoding: TextEncoding) throws {
        let text = "id,name\nx,ä€😀\n2,b\ny,z\n".replacing(
            "€😀", with: [.latin1, .windows1252].contains(encoding) ? "ü" : "€😀")
        let foundation: String.Encoding =
            switch encoding {
            case .utf8: .utf8
            case .utf16LittleEndian: .utf16LittleEndian
            case .utf16BigEndian: .utf16BigEndian
            case .latin1: .isoLatin1
            case .windows1252: .windowsCP1252
            }
        let bytes = Array(try #require(text.data(using: foundation)))
        for blockSize in [64, 1 << 18] {
            let table = try validate(bytes) {
                $0.encoding = encoding
                $0.blockSize = blockSize
            }
            #expect(table.summary == ["2 invalid-number id", "4 invalid-number id"], "\(encoding)")
            for (finding, value) in zip(table.findings, ["x", "y"]) {
                let start = Int(finding.place.byteOffset)
                let slice = Data(bytes[start..<(start + finding.extent)])
                #expect(String(data: slice, encoding: foundation) == value)
            }
        }
    }

    @Test func bytesWithoutAMeaning() throws {
        let table = try validate(Array("id,name\n1,a".utf8) + [0x81, 0x80] + Array("b\n2,c\n".utf8)) {
            $0.encoding = .windows1252
        }
        #expect(table.summary == ["2 invalid-encoding name"])
        #expect(table.findings[0].place.byteOffset == 11)
        let lone = Self.wide("id,name\n1,") + [0x00, 0xD8] + Self.wide("\n2,c\n") + [0x41]
        let wide = try validate(lone) { $0.encoding = .utf16LittleEndian }
        #expect(wide.counts[.invalidEncoding] == 2, "\(wide.report)")
    }

    @Test func withoutAHeader() throws {
        let table = try validate(Array("1;a\nx;b\n".utf8)) {
            $0.form = DelimitedForm(dialect: Dialect(delimiter: UInt8(ascii: ";")), hasHeader: false)
        }
        #expect(table.summary == ["2 invalid-number id"])
        #expect(table.records == 2)
    }
}
