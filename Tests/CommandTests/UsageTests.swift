import Foundation
import Testing

/// `--usage` and `--time-zone`: what the files may be, what is found in them, and what they say of a missed renewal.
@Suite struct UsageTests {
    private static let columns = "record_id,msisdn,started_at,kind,duration_s,volume_bytes,peer,amount,currency"

    private struct Run {
        let outcome: Command.Outcome
        let scratch: TemporaryDirectory

        func discrepancies() throws -> [String] {
            try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
                .values("rule", "subscription_id", "msisdn", "period_start", "confidence")
                .map { $0.joined(separator: " ") }
        }
    }

    /// Audits the two small subscriptions without the charge C3 of S1 in March; `files` are the usage files by name.
    private func run(_ files: [(name: String, text: String)], _ more: String...) throws -> Run {
        let scratch = try TemporaryDirectory()
        let paths = try files.map { try scratch.write($0.text, to: $0.name) }
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
            [
                try scratch.write(
                    SmallAudit.charges(replacing: 2, with: "C3,S1,addon,2025-03-10,,,5.00,EUR,posted"),
                    to: "charges.csv")
            ], from: SmallAudit.from, to: SmallAudit.to, output: scratch.path("out"))
        return Run(outcome: try Rinnovo.command(arguments + ["--usage"] + paths + more).run(), scratch: scratch)
    }

    private func run(_ rows: String..., zone: String? = nil) throws -> Run {
        let file = ("usage.csv", SmallAudit.table(Self.columns, rows))
        return try zone.map { try run([file], "--time-zone", $0) } ?? run([file])
    }

    static let rows = [
        "U1,390000000001,2025-03-12T10:00:00+01:00,voice,60,,390000000009,0.10,EUR",
        "U2,390000000002,2025-03-12T23:30:00Z,data,,1000,,,", "U3,390000000007,2025-02-12T10:00:00,sms,,,,,",
    ]

    @Test(arguments: ["csv", "xml", "comment", "two", "gz", "zst", "reversed", "threads"])
    func everyFormGivesTheSame(form: String) throws {
        let text = SmallAudit.table(Self.columns, Self.rows)
        let expected = [
            "usage-without-subscription  390000000007 2025-02-12 high",
            "uncharged-renewal S1 390000000001 2025-03-10 confirmed",
        ]
        let found: Run
        switch form {
        case "two":
            found = try run([
                ("one.csv", SmallAudit.table(Self.columns, [Self.rows[0]])),
                ("two.csv", SmallAudit.table(Self.columns, Array(Self.rows[1...]))),
            ])
        case "reversed": found = try run([("usage.csv", SmallAudit.table(Self.columns, Self.rows.reversed()))])
        case "threads": found = try run([("usage.csv", text)], "--threads", "7")
        case "xml", "comment", "gz", "zst":
            let scratch = try TemporaryDirectory()
            let name = form == "gz" || form == "zst" ? "usage.csv.\(form)" : "usage.xml"
            let made = try Rinnovo.run("convert", scratch.write(text, to: "usage.csv"), scratch.path(name))
            #expect(made.code == 0, "\(made.report)")
            var arguments = Rinnovo.audit(
                try scratch.write(SmallAudit.subscriptions, to: "s.csv"),
                [
                    try scratch.write(
                        SmallAudit.charges(replacing: 2, with: "C3,S1,addon,2025-03-10,,,5.00,EUR,posted"), to: "c.csv")
                ], from: SmallAudit.from, to: SmallAudit.to, output: scratch.path("out"))
            var path = scratch.path(name)
            if form == "comment" {
                let xml = String(decoding: try scratch.bytes(of: name), as: UTF8.self)
                path = try scratch.write(xml.replacing("<usages>", with: "<usages><!-- all -->"), to: "comment.xml")
            }
            arguments += ["--usage", path]
            found = Run(outcome: try Rinnovo.command(arguments).run(), scratch: scratch)
        default: found = try run([("usage.csv", text)])
        }
        #expect(found.outcome.code == 1, "\(found.outcome.report)")
        #expect(try found.discrepancies() == expected)
    }

    @Test func everyRecordIsCounted() throws {
        let run = try run(
            Self.rows[0], Self.rows[1], Self.rows[2], "U4,390000000001,2025-03-12,voice,,,,,",
            "U5,390000000001,2024-03-12T00:00:00,voice,,,,,")
        #expect(
            run.outcome.output.contains(
                "5 usage records read = 2 used + 1 without subscription + 1 outside window + 1 rejected"),
            "\(run.outcome.report)")
        let json = try JSONSerialization.jsonObject(with: Data(run.scratch.bytes(of: "out/summary.json")))
        let document = try #require(json as? [String: Any])
        let conservation = try #require(document["conservation"] as? [String: Any])
        #expect(conservation["usage_read"] as? Int == 5)
        let inputs = try #require(document["inputs"] as? [[String: Any]])
        #expect(inputs.map { $0["role"] as? String } == ["subscriptions", "charges", "usage"])
        #expect(inputs.map { $0["rejected"] as? Int } == [0, 0, 1])
        let manifest = String(decoding: try run.scratch.bytes(of: "out/manifest.json"), as: UTF8.self)
        #expect(manifest.contains(#""role": "usage""#))
    }

    @Test func aRejectedRecordChangesNoMoney() throws {
        let run = try run("U1,390000000001,yesterday,voice,60,,,,", Self.rows[1])
        #expect(run.outcome.output.contains("[invalid-time] started_at"), "\(run.outcome.report)")
        // Nor can anybody say that the line was not used.
        #expect(try run.discrepancies() == ["uncharged-renewal S1 390000000001 2025-03-10 high"])
        #expect(try CSVTable(run.scratch.bytes(of: "out/recovery-charges.csv")).rows.count == 1)
    }

    @Test func aLineThatWasNotUsedIsLessSure() throws {
        let run = try run(Self.rows[1])
        #expect(try run.discrepancies() == ["uncharged-renewal S1 390000000001 2025-03-10 medium"])
        #expect(try CSVTable(run.scratch.bytes(of: "out/recovery-charges.csv")).rows.count == 1)
    }

    @Test(
        arguments: [
            (nil, "2025-04-09T22:30:00Z", "confirmed"), (nil, "2025-04-09T23:30:00-11:00", "confirmed"),
            (nil, "2025-04-10T00:30:00+02:00", "high"), ("Europe/Rome", "2025-04-09T21:59:59Z", "confirmed"),
            ("Europe/Rome", "2025-04-09T22:00:00Z", "high"), ("Europe/Rome", "2025-03-09T23:00:00Z", "confirmed"),
            ("Europe/Rome", "2025-03-09T22:59:59Z", "high"), ("Europe/Rome", "2025-04-09T23:59:59", "confirmed"),
            ("America/New_York", "2025-04-10T03:59:59Z", "confirmed"),
            ("America/New_York", "2025-03-10T03:59:59Z", "high"),
        ] as [(String?, String, String)])
    func theDayIsThatOfTheZone(zone: String?, timestamp: String, confidence: String) throws {
        let run = try run("U1,390000000001,\(timestamp),voice,60,,,,", zone: zone)
        #expect(try run.discrepancies() == ["uncharged-renewal S1 390000000001 2025-03-10 \(confidence)"])
    }

    @Test(arguments: ["Europe/Rom", "", "../../etc/passwd", "Europe", "CET-1CEST"])
    func anUnknownZoneIsSaid(zone: String) throws {
        let run = try run(Self.rows[0], zone: zone)
        #expect(run.outcome.code == 64)
        #expect(run.outcome.error.contains("--time-zone"), "\(run.outcome.report)")
    }

    @Test(
        arguments: [
            ("", 65), ("record_id,msisdn\nU1,39\n", 65), ("\(columns)\nU1,39,2025-03-12T10:00:00\n", 65),
            ("\(columns)\nU1,\"39,2025-03-12T10:00:00,,,,,,\n", 65), ("<usages><usage>", 65), ("<charges/>", 65),
            ("\(columns)\n", 1), ("<usages/>", 1),
        ] as [(String, Int32)])
    func aBrokenFileGivesNoVerdict(text: String, code: Int32) throws {
        let run = try run([("usage.csv", text)])
        #expect(run.outcome.code == code, "\(run.outcome.report)")
        #expect(FileManager.default.fileExists(atPath: run.scratch.path("out")) == (code == 1))
    }

    @Test func aFileThatIsNotThereIsSaid() throws {
        let run = try run([("usage.csv", "\(Self.columns)\n")], "/nowhere/usage.csv")
        #expect(run.outcome.code == 66)
    }

    /// Every number would be one of nobody.
    @Test func usageNeedsSubscriptions() throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.run(
            "audit", "--charges", scratch.write(SmallAudit.charges, to: "c.csv"), "--from", SmallAudit.from, "--to",
            SmallAudit.to, "--dry-run", "--usage", scratch.write("\(Self.columns)\n", to: "u.csv"))
        #expect(outcome.code == 64)
        #expect(outcome.error.contains("--usage needs --subscriptions"), "\(outcome.report)")
    }

    @Test func numbersOfNobodyAreMaskedOnRequestAndNotPrinted() throws {
        let run = try run([("usage.csv", SmallAudit.table(Self.columns, Self.rows))], "--masked")
        #expect(try run.discrepancies().first == "usage-without-subscription  *********007 2025-02-12 high")
        #expect(!run.outcome.output.contains("390000000007"))
    }

    @Test func theHistoryShowsTheUsage() throws {
        let run = try run([("usage.csv", SmallAudit.table(Self.columns, Self.rows))], "--explain", "S1", "S2")
        #expect(run.outcome.output.contains("uncharged-renewal (confirmed by usage)"), "\(run.outcome.report)")
        #expect(run.outcome.output.contains("service was used on 2025-03-12\n"))
    }

    /// Far more records and numbers than may be remembered each; the findings stay the same with any number of threads.
    @Test func manyNumbersOfNobodyAreCounted() throws {
        let rows = (0..<25_000).map { "U\($0),39\(1_000_000 + $0 % 12_000),2025-03-12T10:00:00Z,data,,,,," }
        let one = try run([("usage.csv", SmallAudit.table(Self.columns, rows))], "--threads", "1")
        let other = try run([("usage.csv", SmallAudit.table(Self.columns, rows))], "--threads", "4")
        #expect(try one.discrepancies() == other.discrepancies())
        #expect(try one.discrepancies().count == 10_001)
        #expect(
            one.outcome.output.contains(
                "and 4,000 usage records of further numbers without a subscription: the first 10,000 are reported"),
            "\(one.outcome.report)")
    }
}
