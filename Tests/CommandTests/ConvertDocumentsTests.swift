import Foundation
import TestSupport
import Testing

/// `rinnovo convert --to` of formats of JSON, of events in pairs and of several tables.
@Suite struct ConvertDocumentsTests {
    private static let usage = "record_id,msisdn,started_at,kind,duration_s,volume_bytes,peer,amount,currency\n"
    private static let charges =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private func run(_ arguments: String...) throws -> Command.Outcome {
        var command = try Rinnovo.command(arguments)
        command.directory = scratch.path
        return try command.run()
    }

    /// Calls of several blocks, every fifth without an end, and every seventh with an id that another has.
    @Test(arguments: ["opensips-acc-flatstore", "tmf635-json"])
    func anyNumberOfThreadsWritesTheSame(format: String) throws {
        var rows: [String] = []
        for number in 0..<30_000 {
            let id = number % 7 == 3 ? number % 10_000 : number
            let seconds = number % 5 == 0 ? "" : "\(number % 300)"
            rows.append("r\(id),39\(number),2025-03-01T10:00:00Z,voice,\(seconds),,\(number),,\n")
        }
        try scratch.write(Self.usage + rows.joined(), to: "u.csv")
        for threads in ["1", "8"] {
            let outcome = try run(
                "convert", "u.csv", "out\(threads)", "--to", format, "--rejected", "rest\(threads).csv", "--threads",
                threads)
            #expect(outcome.code == (format == "tmf635-json" ? 0 : 1), "\(outcome.error.prefix(2000))")
        }
        #expect(try scratch.bytes(of: "out1") == scratch.bytes(of: "out8"))
        #expect(try scratch.bytes(of: "rest1.csv") == scratch.bytes(of: "rest8.csv"))
        let rest = try scratch.text(of: "rest1.csv").split(separator: "\n").dropFirst().map { "\($0)\n" }
        #expect(rest.isEmpty == (format == "tmf635-json"))
        _ = try run("convert", "out1", "back.csv", "--quiet")
        let back = try scratch.text(of: "back.csv").split(separator: "\n").dropFirst().map { "\($0)\n" }
        #expect((back + rest).sorted() == rows.sorted())
        // What is read from records of the one format is what is read from native ones.
        let other = format == "tmf635-json" ? "opensips-acc-flatstore" : "tmf635-json"
        _ = try run("convert", "out1", "chain", "--to", other, "--quiet")
        _ = try run("convert", "back.csv", "direct", "--to", other, "--quiet")
        #expect(try scratch.bytes(of: "chain") == scratch.bytes(of: "direct"))
    }

    @Test func chargesGoThroughJSONAndTables() throws {
        let rows =
            "1,S1,renewal,2025-03-01,2025-03-01,2025-03-31,19.90,EUR,posted\n"
            + "2,\"S,2\",credit,2025-03-01,,,-5.00,EUR,pending\n3,S|3,one_off,2025-03-02,,,7,JPY,posted\n"
        try scratch.write(Self.charges + rows, to: "c.csv")
        #expect(try run("convert", "c.csv", "c.json", "--to", "tmf678-json").code == 0)
        #expect(
            try run("convert", "c.json", "c.kb", "--to", "killbill-account-export", "--set", "account_id=A").code == 0)
        let outcome = try run("convert", "c.kb", "-", "--to", "csv")
        #expect(outcome.output == Self.charges + rows, "\(outcome.report)")
        #expect(try scratch.text(of: "c.kb").contains("|2025-03-01/DRAFT|A|2025-03-01|||DRAFT\n"))
        let told = try run("formats", "detect", "c.json", "c.kb", "c.csv")
        #expect(told.code == 0)
        #expect(told.output.contains("c.json: tmf678-json") && told.output.contains("c.kb: killbill-account-export"))
    }

    @Test(arguments: [
        ("opensips-acc-flatstore", "no command will read it"), ("tmf635-json", "name it with --from tmf635-json"),
    ])
    func withoutRecords(format: String, told: String) throws {
        try scratch.write(Self.usage, to: "u.csv")
        let outcome = try run("convert", "u.csv", "out", "--to", format)
        #expect(outcome.code == 0)
        #expect((outcome.output + outcome.error).contains(told), "\(outcome.report)")
    }

    @Test func severalFilesAreRecognised() throws {
        try scratch.write("{\"some\": [1]}\n", to: "some.json")
        try scratch.write("{some},b\n1,2\n", to: "table.csv")
        try scratch.write(Self.charges, to: "c.csv")
        let outcome = try run("formats", "detect", "some.json", "gone.csv", "c.csv", "--json")
        #expect(outcome.code == 66)
        #expect(outcome.error.contains("gone.csv"))
        let list = try #require(try JSONSerialization.jsonObject(with: Data(outcome.outputBytes)) as? [[String: Any]])
        #expect(list.map { $0["format"] as? String } == [nil, "native-csv"])
        #expect(try run("formats", "detect", "some.json", "c.csv").code == 65)
        let one = try run("formats", "detect", "c.csv", "--json")
        #expect(try JSONSerialization.jsonObject(with: Data(one.outputBytes)) is [String: Any])
        for arguments in [["validate", "some.json"], ["convert", "some.json", "x.csv"]] {
            var command = try Rinnovo.command(arguments)
            command.directory = scratch.path
            let refused = try command.run()
            #expect(refused.code == 65)
            #expect((refused.output + refused.error).contains("[unknown-layout] found JSON of no known format"))
        }
        // A table whose first name stands in brackets is none of JSON.
        #expect(!(try run("validate", "table.csv")).output.contains("JSON"))
    }

    @Test func foreignFilesOfAFolderAreValidated() throws {
        try scratch.makeDirectory("in")
        try scratch.write(Self.charges, to: "in/c.csv")
        try scratch.write("INVITE|f|t|a|200|OK|1436454400|x|1001|1002||d1\n", to: "in/acc.log")
        try scratch.write("[{\"some\": 1}]", to: "in/some.json")
        try scratch.write("hello\n", to: "in/notes.txt")
        let outcome = try run("validate", "in")
        #expect(outcome.output.contains("in/acc.log: valid, opensips-acc-flatstore, 1 record"), "\(outcome.report)")
        #expect(outcome.output.contains("in/some.json: skipped"), "\(outcome.report)")
        #expect(outcome.output.contains("in/notes.txt: skipped"))
        let named = try run("validate", "in", "--format", "opensips-acc-flatstore")
        #expect(named.output.contains("in/acc.log: valid"), "\(named.report)")
        // Whoever names the form of the files means tables.
        #expect(try run("validate", "in", "--encoding", "utf-8").output.contains("in/acc.log: skipped"))
    }
}
