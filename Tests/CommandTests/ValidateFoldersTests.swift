import Foundation
import TestSupport
import Testing

/// `rinnovo validate` on several files and folders.
@Suite("rinnovo validate on folders") struct ValidateFoldersTests {
    private let scratch: TemporaryDirectory

    init() throws {
        scratch = try TemporaryDirectory()
    }

    private static let header =
        "charge_id,subscription_id,kind,charged_on,period_start,period_end,amount,currency,status\n"

    private static func charges(_ rows: Int, wrong: Int = 0, from first: Int = 0) -> String {
        (0..<rows).reduce(into: header) { text, row in
            let amount = row < wrong ? "9.x" : "9.99"
            text += "C\(first + row),S1,renewal,2025-03-01,2025-03-01,2025-03-31,\(amount),EUR,posted\n"
        }
    }

    private static let subscriptions = """
        subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method
        S1,393331,Easy,2025-01-01,,P1M,9.99,EUR,card

        """

    private func run(_ arguments: String...) throws -> Command.Outcome {
        var command = try Rinnovo.command(["validate"] + arguments)
        command.directory = scratch.path
        return try command.run()
    }

    @Test func everyFileOfAFolderIsCheckedOrListed() throws {
        try scratch.makeDirectory("in/deep")
        try scratch.write(Self.charges(2), to: "in/b.csv")
        try scratch.write(Self.charges(2, wrong: 1, from: 10), to: "in/deep/a.csv")
        try scratch.write(Self.subscriptions, to: "in/export.dat")
        try scratch.write("hello\n", to: "in/notes.txt")
        try scratch.write("<charges/>", to: "in/more")
        try scratch.write("x", to: "in/.lock")
        let outcome = try run("in", "--today", "2025-12-31")
        #expect(outcome.code == 1, "\(outcome.report)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(
            lines.filter { $0.hasPrefix("in/") && !$0.contains(": error: ") } == [
                "in/.lock: skipped: it is a hidden file", "in/b.csv: valid, native-charges, 2 records, 0 errors",
                "in/deep/a.csv: invalid, native-charges, 2 records, 1 error",
                "in/export.dat: valid, native-subscriptions, 1 record, 0 errors",
                "in/more: valid, 0 records, 1 element, 0 errors",
                "in/notes.txt: skipped: neither its name nor its content is that of CSV or XML, or of a known format",
            ], "\(outcome.output)")
        #expect(lines.contains("6 files: 3 valid, 1 invalid, 2 skipped; 5 records; 1 error"), "\(outcome.output)")
        let json = try run("in", "--today", "2025-12-31", "--report", "json")
        let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        let files = try #require(document?["files"] as? [[String: Any]])
        #expect(
            files.map { $0["verdict"] as? String } == ["skipped", "valid", "invalid", "valid", "valid", "skipped"])
        #expect((document?["totals"] as? [String: Any])?["skipped"] as? Int == 2)
        let found = try run("in", "--report", "jsonl", "--today", "2025-12-31")
        #expect(found.error.contains("in/notes.txt: skipped"), "\(found.report)")
    }

    @Test func idsAreComparedOverTheFilesOfAFolder() throws {
        try scratch.makeDirectory("in")
        try scratch.write(Self.charges(2).replacing("C1,S1", with: "C1,S9"), to: "in/charges.csv")
        try scratch.write(Self.subscriptions, to: "in/subscriptions.csv")
        let outcome = try run("in", "--today", "2025-12-31")
        #expect(outcome.code == 1)
        #expect(outcome.output.contains("in/charges.csv:3:4: error: [charge-of-nobody]"), "\(outcome.output)")
    }

    @Test func aFolderOfNothingIsNotChecked() throws {
        try scratch.makeDirectory("in")
        try scratch.write("hello\n", to: "in/notes.txt")
        let outcome = try run("in")
        #expect(outcome.code == 66)
        #expect(outcome.error.contains("no file in it is CSV or XML"), "\(outcome.report)")
        try scratch.write(Self.charges(1), to: "in/c.csv")
        let rows = try run("in", "--accepted", "good.csv")
        #expect(rows.code == 64)
        #expect(rows.error.contains("take the rows of one file"), "\(rows.report)")
        #expect(try scratch.names() == ["in"])
    }

    /// What a report says must not depend on how the files were shared out.
    @Test func anyNumberOfThreadsTellsTheSame() throws {
        var random = SplitMix64(seed: testSeed)
        try scratch.makeDirectory("in")
        for file in 0..<40 {
            let rows = Int.random(in: 0...3, using: &random) * Int.random(in: 1...1500, using: &random)
            let wrong = Bool.random(using: &random) ? rows : min(rows, 3)
            try scratch.write(Self.charges(rows, wrong: wrong), to: "in/\(file).csv")
        }
        // One that all threads share, in the middle of the others.
        try scratch.write(Self.charges(90_000, wrong: 5), to: "in/20x.csv")
        for report in ["text", "jsonl"] {
            let outcomes = try ["1", "2", "5"].map {
                try run("in", "--today", "2025-12-31", "--report", report, "--threads", $0)
            }
            for outcome in outcomes.dropFirst() {
                #expect(outcome.output == outcomes[0].output, "seed \(testSeed)")
                #expect(outcome.code == outcomes[0].code)
            }
        }
    }
}
