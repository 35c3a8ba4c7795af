import BillingFiles
import FileValidation
import Foundation
import Testing

/// The Swift code of README.md is that of this file, to the letter: so it compiles, and does what it says.
@Suite("The library as README.md shows it") struct LibraryExampleTests {
    private func example() throws -> FileValidator.Result {
        // README.md begins here.
        let file = try FileValidator().validate("samples/easy-pay/charges.csv")
        for finding in file.findings { print(finding.place.line, finding.rule, finding.found) }
        // README.md ends here.
        return file
    }

    @Test func theExampleIsThatOfTheREADME() throws {
        let lines = try String(contentsOfFile: #filePath, encoding: .utf8).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map { $0.trimmingCharacters(in: .whitespaces) }
        let first = try #require(lines.firstIndex(of: "// README.md begins here."))
        let last = try #require(lines.firstIndex(of: "// README.md ends here."))
        let example = (["import BillingFiles", "import FileValidation", ""] + lines[(first + 1)..<last]).joined(
            separator: "\n")
        #expect(lines.starts(with: ["import BillingFiles", "import FileValidation"]))
        let readme = try String(contentsOfFile: "README.md", encoding: .utf8)
        let block = try #require(readme.components(separatedBy: "```swift\n").dropFirst().first)
        #expect(block.components(separatedBy: "\n```")[0] == example)
    }

    @Test func theExampleFindsWhatIsWrong() throws {
        let file = try example()
        #expect(
            file.findings.map { "\($0.place.line) \($0.rule.identifier) \($0.found)" } == ["1349 invalid-amount 9,99"])
        #expect(file.outcome.records == 2763)
        #expect(file.outcome.verdict == .invalid)
    }

    /// Each format is told as the command tells it.
    @Test func formatsAreTold() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "validator-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        func validate(_ text: String, _ name: String, _ validator: FileValidator = FileValidator()) throws -> [String] {
            let file = folder.appending(path: name)
            try Data(text.utf8).write(to: file)
            return try validator.validate(file.path).findings.map(\.rule.identifier)
        }
        #expect(try validate("<charges><charge/></charges>", "a") == ["schema-violation"])
        #expect(try validate("<charges/>", "a.csv").contains("unknown-layout"))
        #expect(try validate("x", "a.xml") == ["not-well-formed"])
        var validator = FileValidator()
        let schema = #"{"fields":[{"name":"a","type":"integer"},{"name":"b"}]}"#
        validator.definition = .schema(try TableSchema.read(Array(schema.utf8), file: "schema.json"))
        #expect(try validate("a;b\n1;2\nx;\n", "a", validator) == ["invalid-number"])
        validator.mostFindings = 0
        #expect(try validate("a;b\n1;2\nx;\n", "a", validator).isEmpty)
    }
}
