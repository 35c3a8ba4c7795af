import Testing

/// A file whose structure is broken cannot be trusted: no verdict, and no output.
@Suite struct StructureFaultTests {
    /// A charges file with the mark where the finding must be, and the rule.
    static let charges: [(text: String, rule: String)] =
        rows.map { (SmallAudit.charges(replacing: 2, with: $0.row), $0.rule) } + [
            (SmallAudit.charges.replacing(",amount,", with: ",total,").marked(), "missing-column"),
            (SmallAudit.charges.replacing(",period_end,", with: ",period_start,").marked(), "duplicate-column"),
            ("\u{FEFF}" + SmallAudit.charges(replacing: 2, with: "C3,S1,renewal▸"), "wrong-field-count"),
            (String(SmallAudit.charges.dropLast(3)) + "▸", "truncated-last-row"),
        ]

    /// The row of S1's second renewal with a fault at the mark.
    static let rows: [(row: String, rule: String)] = [
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,▸\"EUR,posted", "unclosed-quote"),
        ("C3,▸\"S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted\nC8,\"S2\",x", "unclosed-quote"),
        ("C3,S1,\"renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted\nC8,S2\",renewal▸", "wrong-field-count"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR▸", "wrong-field-count"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted,▸x", "wrong-field-count"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9,99,EUR,▸posted", "wrong-field-count"),
        ("▸\nC3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "wrong-field-count"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,po▸\0sted", "nul-byte"),
        ("C3▸¿,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "invalid-utf8"),
        ("C3,S1,ren▸\rewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "lone-carriage-return"),
        ("C3,S1,ren▸\"ewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "quote-in-unquoted-field"),
        ("C3,S1,\"ren\"▸ewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "text-after-quote"),
        ("C3,▸,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "missing-subscription"),
    ]

    /// A quote that a later row closes in the same column: the record looks sound, and the rows in it are lost.
    static let swallowing: [String] = [
        "C3,▸\"S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted,\nC8,S2\",renewal,2025-03-11,,,9.99,EUR,posted,",
        "C3,S1,▸\"renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted,\nC8,S2,renewal\",2025-03-11,,,9.99,EUR,posted,",
        "C3,S1,renewal,2025-03-10,,,9.99,EUR,posted,▸\"called\nC8,S2,renewal,2025-03-11,,,9.99,EUR,posted,again\"",
        "C3,S1,renewal,2025-03-10,,,9.99,EUR,posted,▸\"\nC8,S2,addon,2025-03-11,,,9.99,EUR,posted,x\nC9,S2,addon,2025-03-11,,,9.99,EUR,posted,\"",
    ]

    @Test(arguments: swallowing)
    func aQuoteThatALaterRowClosesIsFound(row: String) throws {
        let marked = MarkedText(withNotes(replacing: 2, with: row))
        let run = try SmallAudit.run(charges: marked.bytes)
        try expect(run, names: "unclosed-quote", at: "charges.csv:\(try #require(marked.place))")
    }

    @Test func aNoteOfSeveralLinesIsNoFault() throws {
        let row =
            "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted,\"called twice,\nas \"\"agreed\"\", by A, B, C\""
        let text = withNotes(replacing: 2, with: row)
        let run = try SmallAudit.run(charges: text.utf8)
        #expect(run.outcome.code == 0, "\(run.outcome.report)")
        #expect(try run.scratch.text(of: "out/corrected-charges.csv") == text)
    }

    /// The charges with a column that the program does not know.
    private func withNotes(replacing index: Int, with row: String) -> String {
        var rows = SmallAudit.chargeRows.map { $0 + "," }
        rows[index] = row
        return SmallAudit.table(SmallAudit.chargeColumns + ",note", rows)
    }

    @Test(arguments: charges)
    func theChargesCannotBeTrusted(text: String, rule: String) throws {
        let marked = MarkedText(text)
        let run = try SmallAudit.run(charges: marked.bytes)
        try expect(run, names: rule, at: "charges.csv:\(try #require(marked.place))")
    }

    /// A subscriptions file with the mark where the finding must be, and the rule.
    static let subscriptions: [(text: String, rule: String)] = [
        (SmallAudit.subscriptions.replacing(",cycle,", with: ",period,").marked(), "missing-column"),
        (SmallAudit.subscriptions.replacing(",offer,", with: ",msisdn,").marked(), "duplicate-column"),
        (
            SmallAudit.subscriptions(replacing: 0, with: "▸,39,Easy Pay,2025-01-10,,P1M,9.99,EUR,card"),
            "missing-subscription"
        ),
        (SmallAudit.subscriptions(replacing: 0, with: "S1,39,Easy Pay,2025-01-10,,P1M,9.99,EUR▸"), "wrong-field-count"),
        (
            SmallAudit.subscriptions(replacing: 1, with: "S2,39,▸\"Easy Pay,2025-01-10,,P1M,9.99,EUR,card"),
            "unclosed-quote"
        ),
    ]

    @Test(arguments: subscriptions)
    func theSubscriptionsCannotBeTrusted(text: String, rule: String) throws {
        let marked = MarkedText(text)
        let run = try SmallAudit.run(subscriptions: marked.bytes)
        try expect(run, names: rule, at: "subscriptions.csv:\(try #require(marked.place))")
    }

    /// A file as a whole has no line.
    static let whole: [(bytes: [UInt8], rule: String, place: String)] = [
        ([], "empty-file", "charges.csv"),
        (Array("\(SmallAudit.chargeColumns)\n".utf8), "no-records", "charges.csv"),
        ([0xFF, 0xFE] + SmallAudit.charges.utf8.flatMap { [$0, 0] }, "wrong-encoding", "charges.csv:1:1"),
        ([0xFE, 0xFF] + SmallAudit.charges.utf8.flatMap { [0, $0] }, "wrong-encoding", "charges.csv:1:1"),
    ]

    @Test(arguments: whole)
    func theFileIsNotWhatItShouldBe(bytes: [UInt8], rule: String, place: String) throws {
        try expect(try SmallAudit.run(charges: bytes), names: rule, at: place)
    }

    @Test func emptySubscriptionsCannotBeTrusted() throws {
        try expect(
            try SmallAudit.run(subscriptions: [UInt8]()), names: "empty-file", at: "subscriptions.csv")
        try expect(
            try SmallAudit.run(subscriptions: "\(SmallAudit.subscriptionColumns)\n".utf8), names: "no-records",
            at: "subscriptions.csv")
    }

    @Test func oneRunTellsTheFaultsOfAllFiles() throws {
        let run = try SmallAudit.run(
            subscriptions: SmallAudit.subscriptions.replacing(",cycle,", with: ",period,").utf8,
            charges: SmallAudit.charges(replacing: 1, with: "C2,S2,renewal").utf8)
        #expect(run.outcome.error.contains("subscriptions.csv:1:"))
        #expect(run.outcome.error.contains("charges.csv:3:"))
        #expect(run.outcome.code == 65)
    }

    /// An old output stays as it was.
    @Test func anOldOutputIsLeftAlone() throws {
        let scratch = try TemporaryDirectory()
        let subscriptions = try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv")
        let charges = try scratch.write(SmallAudit.charges(replacing: 1, with: "C2,S2,renewal"), to: "charges.csv")
        try scratch.makeDirectory("out")
        try scratch.write("old", to: "out/discrepancies.csv")
        let arguments = Rinnovo.audit(
            subscriptions, [charges], from: SmallAudit.from, to: SmallAudit.to, output: scratch.path("out"), "--force")
        #expect(try Rinnovo.command(arguments).run().code == 65)
        #expect(try scratch.files(in: "out") == ["discrepancies.csv": Array("old".utf8)])
        #expect(try scratch.names() == ["charges.csv", "out", "subscriptions.csv"])
    }

    /// The finding has a place, the rule in brackets and a remedy; there is no verdict and nothing is left.
    private func expect(_ run: SmallAudit.Run, names rule: String, at place: String) throws {
        #expect(run.outcome.code == 65, "\(run.outcome.report)")
        #expect(run.outcome.output == "")
        #expect(try run.leftovers() == [])
        let lines = run.outcome.error.split(separator: "\n")
        let line = try #require(lines.first { $0.contains("[\(rule)]") }, "\(run.outcome.report)")
        #expect(line.hasPrefix("\(place): error: [\(rule)] "))
        #expect(line.contains("; "), "no remedy: \(line)")
    }
}

extension String {
    /// The text with a mark in front.
    fileprivate func marked() -> String { "▸" + self }
}
