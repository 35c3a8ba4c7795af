import Foundation
import Testing

/// Files of which nearly nothing is left, or whose reading stops early: a finding, never a crash.
@Suite("Edges of rinnovo validate") struct ValidateEdgeTests {
    private static let charges =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status"

    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
        try scratch.write(#"{"fields": [{"name": "a"}, {"name": "b"}]}"#, to: "schema.json")
    }

    private func run(_ text: String, _ arguments: String..., input: [UInt8]? = nil) throws -> Command.Outcome {
        var command = try Rinnovo.command(["validate", input == nil ? "file.csv" : "-"] + arguments)
        try scratch.write(text, to: "file.csv")
        command.directory = scratch.path
        command.input = input
        return try command.run()
    }

    /// All rows are skipped, so that nothing says how many columns there are.
    @Test(arguments: ["a,b\n", "a,b\r\n", "a,b"]) func nothingBehindTheSkippedLines(text: String) throws {
        let known = try run(text, "--schema", "schema.json", "--no-header", "--skip-rows", "1")
        #expect(known.code == 0, "\(known.report)")
        #expect(known.output.contains("valid, table-schema, 0 records"))
        let native = try run(text, "--format", "native-charges", "--no-header", "--skip-rows", "1")
        #expect(native.code == 65, "\(native.report)")
        #expect(native.output.contains("[no-records]"))
    }

    /// Without a header row the schema says how many columns there are, and not the first row.
    @Test(arguments: [("1,2,3\n4,5\n6,7\n", 1, 1), ("1\n4,5\n6,7\n", 1, 1), ("1,2\n4\n6,7\n", 2, 1)])
    func aFirstRowOfAnotherWidth(text: String, line: Int, errors: Int) throws {
        let outcome = try run(
            text, "--schema", "schema.json", "--no-header", "--delimiter", ",", "--accepted", "good.csv", "--rejected",
            "bad.csv")
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.output.hasPrefix("file.csv:\(line):"), "\(outcome.output)")
        #expect(outcome.output.contains("[wrong-field-count]"))
        #expect(outcome.output.contains("3 records, \(errors) error"))
        #expect(try scratch.text(of: "good.csv").split(separator: "\n").count == 2)
    }

    /// Skipping a line of a file whose lines end with CR would skip every row.
    @Test(arguments: [["--no-header"], []]) func skippedLinesThatEndWithCR(options: [String]) throws {
        var command = try Rinnovo.command(
            ["validate", "file.csv", "--schema", "schema.json", "--skip-rows", "1"] + options)
        try scratch.write("title\ra,b\r1,2\r3,4\r", to: "file.csv")
        command.directory = scratch.path
        let outcome = try command.run()
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.output.hasPrefix("file.csv:1:6: error: [lone-carriage-return]"), "\(outcome.output)")
    }

    /// Ids are looked for in a reading of its own; what stops it must be told, of files and of pipes.
    @Test(arguments: [false, true]) func aRowWithoutAnEnd(isPiped: Bool) throws {
        let text =
            "\(Self.charges)\nC1,S1,renewal,2025-03-01,,,9.99,EUR,posted\nC2,\(String(repeating: "S", count: 3 << 20))\n"
        let outcome: Command.Outcome
        if isPiped {
            try scratch.write(text, to: "long.csv")
            outcome = try Command(
                program: "sh", arguments: ["-c", "cat long.csv | '\(Rinnovo.binary)' validate -"],
                directory: scratch.path
            ).run()
        } else {
            outcome = try run(text)
        }
        #expect(outcome.code == 65, "\(outcome.report)")
        #expect(outcome.output.contains(":3:1: error: [record-too-long]"), "\(outcome.report)")
    }
}
