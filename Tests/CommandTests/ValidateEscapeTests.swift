import Foundation
import Testing

/// Files without quotes, whose delimiters are escaped.
@Suite struct ValidateEscapeTests {
    private static let schema =
        #"{"fields":[{"name":"id","type":"integer"},{"name":"text","constraints":{"maxLength":3}}]}"#

    @Test(
        "escaped delimiters and escapes are one character of the value",
        arguments: [
            (#"1,a\,b"#, 0), (#"1,\\\\\,"#, 0), (#"1,"a""#, 0), (#"1,a\,bc"#, 1), (#"1,a\\,b"#, 65), (#"1,a,b"#, 65),
        ])
    func escaped(row: String, code: Int32) throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command([
            "validate", try scratch.write("id,text\n\(row)\n", to: "a.csv"), "--schema",
            try scratch.write(Self.schema, to: "s.json"), "--escape", "\\",
        ]).run()
        #expect(outcome.code == code, "\(outcome.report)")
    }

    @Test("a file without quotes keeps them", arguments: [("none", 0), ("'", 0), ("\"", 65)])
    func unquoted(quote: String, code: Int32) throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command([
            "validate", try scratch.write("id,text\n1,\"a\n2,b\n", to: "a.csv"), "--schema",
            try scratch.write(Self.schema, to: "s.json"), "--quote", quote,
        ]).run()
        #expect(outcome.code == code, "\(outcome.report)")
    }

    @Test("an escape beside quotes, or that is the delimiter, is refused")
    func refused() throws {
        for arguments in [["--escape", "\\", "--quote", "\""], ["--escape", ","], ["--escape", "ab"]] {
            #expect(try Rinnovo.command(["validate", "a.csv"] + arguments).run().code == 64)
        }
    }
}
