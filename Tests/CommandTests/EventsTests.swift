import Foundation
import Testing

/// `--events`: what the files may be, what is found in them, and what the evidence says.
@Suite struct EventsTests {
    private static let columns = "subscription_id,event,effective_on,until,value"

    private struct Run {
        let outcome: Command.Outcome
        let scratch: TemporaryDirectory

        func discrepancies() throws -> [String] {
            try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
                .values("rule", "subscription_id", "period_start").map { $0.joined(separator: " ") }
        }
    }

    /// Audits the two small subscriptions; `files` are the events files by name.
    private func run(
        _ files: [(name: String, text: String)], charges: String = SmallAudit.charges, compressed: Bool = false
    ) throws -> Run {
        let scratch = try TemporaryDirectory()
        let paths = try files.map { try scratch.write($0.text, to: $0.name) }
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
            [try scratch.write(charges, to: "charges.csv")], from: SmallAudit.from, to: SmallAudit.to,
            output: scratch.path("out"))
        return Run(outcome: try Rinnovo.command(arguments + ["--events"] + paths).run(), scratch: scratch)
    }

    private func run(_ rows: String..., charges: String = SmallAudit.charges) throws -> Run {
        try run([("events.csv", SmallAudit.table(Self.columns, rows))], charges: charges)
    }

    @Test func theEvidenceSaysWhichEventDecided() throws {
        let run = try run("S2,ended,2025-12-01,,", "S1,suspended,2025-02-01,2025-03-01,")
        #expect(try run.discrepancies() == ["charge-while-suspended S1 2025-02-10"])
        let row = try #require(CSVTable(run.scratch.bytes(of: "out/discrepancies.csv")).rows.first)
        #expect(row["evidence"]?.contains("suspended from 2025-02-01 until 2025-03-01 (events.csv:3)") == true)
        #expect(row["expected_amount"] == "0.00")
        #expect(row["charged_amount"] == "9.99")
    }

    @Test(
        arguments: [
            ("events.csv", "\(columns),note\nS2,offer_changed,2025-02-02,,x,\"a\nb\"\nS1,suspended,2025-02-01,,,\n", 4),
            (
                "events.xml",
                "<events>\n<event><subscription_id>S2</subscription_id><event>offer_changed</event>\n"
                    + "<effective_on>2025-02-02</effective_on><value>x</value></event>\n\n"
                    + "<event>\n<subscription_id>S1</subscription_id><event>suspended</event>"
                    + "<effective_on>2025-02-01</effective_on><value/></event></events>\n", 5
            ),
        ])
    func theLineIsTheOneOfTheRecord(name: String, text: String, line: Int) throws {
        let run = try run([(name, text)])
        let rows = CSVTable(try run.scratch.bytes(of: "out/discrepancies.csv")).rows
        #expect(
            rows.map { $0["rule"] } == ["charge-while-suspended", "charge-while-suspended"], "\(run.outcome.report)")
        #expect(rows.allSatisfy { $0["evidence"]?.contains("(\(name):\(line))") == true }, "\(rows)")
    }

    @Test func thePriceIsThatOfTheEvent() throws {
        let run = try run(
            "S1,price_changed,2025-03-01,,12.99",
            charges: SmallAudit.charges(replacing: 2, with: "C3,S1,addon,2025-03-10,,,5.00,EUR,posted"))
        #expect(try run.discrepancies() == ["uncharged-renewal S1 2025-03-10"])
        let row = try #require(CSVTable(run.scratch.bytes(of: "out/discrepancies.csv")).rows.first)
        #expect(row["expected_amount"] == "12.99")
        #expect(row["evidence"]?.contains("a price of 12.99 EUR from 2025-03-01 (events.csv:2)") == true)
        let charge = try #require(CSVTable(run.scratch.bytes(of: "out/recovery-charges.csv")).rows.first)
        #expect(charge["amount"] == "12.99")
    }

    static let rows = [
        "S1,suspended,2025-02-01,2025-03-01,", "S2,free,2025-03-01,,", "S1,price_changed,2025-03-01,,12.99",
        "S9,ended,2025-03-01,,", "S2,paused,2025-02-01,,",
    ]

    @Test(arguments: ["xml", "comment", "two", "gz", "reversed"])
    func everyFormGivesTheSame(form: String) throws {
        let expected = try run([("events.csv", SmallAudit.table(Self.columns, Self.rows))])
        let xml = Self.rows.map { row in
            let values = zip(
                Self.columns.split(separator: ","), row.split(separator: ",", omittingEmptySubsequences: false))
            return "  <event>\n" + values.map { "    <\($0)>\($1)</\($0)>\n" }.joined() + "  </event>\n"
        }
        .joined()
        let files: [(name: String, text: String)] =
            switch form {
            case "xml": [("events.xml", "<events>\n\(xml)</events>\n")]
            case "comment": [("events.xml", "<events>\n<!-- all of them -->\n\(xml)</events>\n")]
            case "two":
                [
                    ("one.csv", SmallAudit.table(Self.columns, Array(Self.rows[..<2]))),
                    ("two.csv", SmallAudit.table(Self.columns, Array(Self.rows[2...]))),
                ]
            case "reversed": [("events.csv", SmallAudit.table(Self.columns, Self.rows.reversed()))]
            default: [("events.csv", SmallAudit.table(Self.columns, Self.rows))]
            }
        let found: Run
        if form == "gz" {
            let scratch = try TemporaryDirectory()
            let path = try scratch.write(files[0].text, to: "events.csv")
            _ = try Command(program: "gzip", arguments: [path]).run()
            let arguments = Rinnovo.audit(
                try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
                [try scratch.write(SmallAudit.charges, to: "charges.csv")], from: SmallAudit.from, to: SmallAudit.to,
                output: scratch.path("out"))
            found = Run(
                outcome: try Rinnovo.command(arguments + ["--events", path + ".gz"]).run(), scratch: scratch)
        } else {
            found = try run(files)
        }
        #expect(found.outcome.code == 1, "\(found.outcome.report)")
        #expect(try expected.discrepancies().count == 3)
        #expect(try found.discrepancies() == expected.discrepancies())
    }

    @Test(
        arguments: [
            ("S1,paused,2025-02-01,,", "unknown-event", "event", 1),
            ("S1,free,2025-02-30,,", "invalid-date", "effective_on", 1),
            ("S1,free,,,", "missing-value", "effective_on", 1),
            ("S1,free,2025-03-01,2025-03-01,", "invalid-until", "until", 1),
            ("S1,price_changed,2025-03-01,,free", "invalid-amount", "value", 1),
            ("S1,price_changed,2025-03-01,,9.999", "invalid-amount", "value", 1),
            ("S1,discounted,2025-03-01,,-1.00", "negative-price", "value", 1),
            ("S1,discounted,2025-03-01,,", "missing-value", "value", 1),
            ("S1,cycle_changed,2025-03-01,,monthly", "invalid-cycle", "value", 1),
            ("S1,renumbered,2025-03-01,,", "missing-value", "value", 1),
            ("S7,suspended,2025-03-01,,", "event-of-nobody", "subscription_id", 0),
            ("S1,price_changed,2024-01-01,,1.00", "contradicting-events", nil, 0),
            ("S1,renumbered,2025-03-01,,S2", "contested-id", "subscription_id", 0),
        ] as [(String, String, String?, Int)])
    func faultsAreFindings(row: String, rule: String, field: String?, rejected: Int) throws {
        let run = try run("S2,offer_changed,2025-02-02,,Other", row)
        #expect(run.outcome.code == 1, "\(run.outcome.report)")
        let json = try JSONSerialization.jsonObject(with: Data(run.scratch.bytes(of: "out/summary.json")))
        let document = try #require(json as? [String: Any])
        let findings = try #require(document["input_findings"] as? [String: Any])
        let places = try #require(findings["places"] as? [[String: Any]])
        #expect(places.map { $0["rule"] as? String } == [rule])
        #expect(places.first?["line"] as? Int == 3)
        #expect(places.first?["field"] as? String == field)
        let inputs = try #require(document["inputs"] as? [[String: Any]])
        #expect(inputs.map { $0["role"] as? String } == ["subscriptions", "events", "charges"])
        #expect(inputs.map { $0["records"] as? Int } == [2, 2, 5])
        #expect(inputs.map { $0["rejected"] as? Int } == [0, rejected, 0])
    }

    @Test func aRejectedEventLeavesUndecidedWhatItMayBearOn() throws {
        let charges = SmallAudit.table(SmallAudit.chargeColumns, Array(SmallAudit.chargeRows[2...]))
        #expect(
            try run("S1,paused,2025-02-01,2025-03-01,", charges: charges).discrepancies() == [
                "undecided S1 2025-02-10", "uncharged-renewal S2 2025-02-20",
            ])
        #expect(
            try run("S1,paused,2025-03-01,,", charges: charges).discrepancies() == [
                "uncharged-renewal S1 2025-02-10", "uncharged-renewal S2 2025-02-20",
            ])
    }

    @Test(
        arguments: [
            ("", 65), ("subscription_id,event,effective_on,until\nS1,ended,2025-03-01,\n", 65),
            ("\(columns)\nS1,ended,2025-03-01\n", 65), ("\(columns)\n,ended,2025-03-01,,\n", 65),
            ("\(columns)\nS1,\"ended,2025-03-01,,\n", 65), ("\(columns)\nS1,price_changed,2025-03-01,,9.9", 65),
            ("<charges></charges>", 65), ("<events><event>", 65), ("\(columns)\n", 0), ("<events/>", 0),
        ] as [(String, Int32)])
    func aBrokenFileGivesNoVerdict(text: String, code: Int32) throws {
        let run = try run([("events.csv", text)])
        #expect(run.outcome.code == code, "\(run.outcome.report)")
        #expect(FileManager.default.fileExists(atPath: run.scratch.path("out")) == (code == 0))
    }

    @Test func aFileThatIsNotThereIsSaid() throws {
        let scratch = try TemporaryDirectory()
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "s.csv"),
            [try scratch.write(SmallAudit.charges, to: "c.csv")],
            from: SmallAudit.from, to: SmallAudit.to)
        #expect(try Rinnovo.command(arguments + ["--events", scratch.path("none.csv")]).run().code == 66)
    }

    @Test func earlierIdsNeedNoEvents() throws {
        let scratch = try TemporaryDirectory()
        let header = SmallAudit.subscriptionColumns + ",previous_ids"
        for (name, text) in [
            (
                "s.csv",
                header + "\n" + "N1,39,Easy Pay,2025-01-10,,P1M,9.99,EUR,card,\"X7 S1\"\n"
                    + SmallAudit.subscriptionRows[1] + ",\n"
            ),
            (
                "s.xml",
                "<subscriptions><!-- two -->"
                    + zip(["N1", "S2"], ["2025-01-10", "2025-01-20"]).map { name, day in
                        "<subscription><subscription_id>\(name)</subscription_id><activated_on>\(day)</activated_on>"
                            + "<cycle>P1M</cycle><price>9.99</price><currency>EUR</currency><payment_method>card</payment_method>"
                            + (name == "N1" ? "<previous_ids>X7\n S1</previous_ids>" : "") + "</subscription>"
                    }.joined() + "</subscriptions>"
            ),
        ] {
            let arguments = Rinnovo.audit(
                try scratch.write(text, to: name), [try scratch.write(SmallAudit.charges, to: "c.csv")],
                from: SmallAudit.from, to: SmallAudit.to)
            let outcome = try Rinnovo.command(arguments).run()
            #expect(outcome.code == 0, "\(name): \(outcome.report)")
        }
    }
}
