import Testing

/// A value that is none: the row is rejected, its period is undecided, and the rest of the audit goes on.
@Suite struct ValueFaultTests {
    /// The row of S1's second renewal with a fault at the mark, and the rule that it breaks.
    static let charges: [(row: String, rule: String)] = [
        ("C3,S1,renewal,▸2024-02-30,2025-03-10,2025-04-09,9.99,EUR,posted", "invalid-date"),
        ("C3,S1,renewal,▸10.03.2025,2025-03-10,2025-04-09,9.99,EUR,posted", "invalid-date"),
        ("C3,S1,renewal,▸,2025-03-10,2025-04-09,9.99,EUR,posted", "missing-value"),
        ("C3,S1,renewal,2025-03-10,▸2025-3-10,2025-04-09,9.99,EUR,posted", "invalid-date"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,▸2025-04-31,9.99,EUR,posted", "invalid-date"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,▸2025-03-09,9.99,EUR,posted", "invalid-period"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸\"1,234.5\",EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸12abc,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸,EUR,posted", "missing-value"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸9.990,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸9.9.9,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸1e2,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸+9.99,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸ 9.99,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸99999999999999999999.00,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,▸92233720368547758.08,EUR,posted", "invalid-amount"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,▸ZZZ,posted", "unknown-currency"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,▸eur,posted", "unknown-currency"),
        ("C3,S1,▸renewl,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,posted", "unknown-kind"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,▸paid", "unknown-status"),
        ("C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,9.99,EUR,▸", "missing-value"),
    ]

    @Test(arguments: charges)
    func aChargeIsRejected(row: String, rule: String) throws {
        let marked = MarkedText(SmallAudit.charges(replacing: 2, with: row))
        let run = try SmallAudit.run(charges: marked.bytes)
        #expect(run.outcome.code == 1, "\(run.outcome.report)")
        try expect(run.outcome, names: rule, at: "charges.csv:\(try #require(marked.place))")
        #expect(try run.discrepancies() == ["undecided S1 2025-03-10"])
        #expect(CSVTable(try run.scratch.bytes(of: "out/recovery-charges.csv")).rows == [])
        #expect(try run.scratch.bytes(of: "out/corrected-charges.csv") == marked.bytes)
    }

    /// The row of S1 with a fault at the mark, and the rule that it breaks.
    static let subscriptions: [(row: String, rule: String)] = [
        ("S1,390000000001,Easy Pay,▸2025-02-29,,P1M,9.99,EUR,card", "invalid-date"),
        ("S1,390000000001,Easy Pay,2025-01-10,▸31/12/2025,P1M,9.99,EUR,card", "invalid-date"),
        ("S1,390000000001,Easy Pay,2025-01-10,▸2025-01-09,P1M,9.99,EUR,card", "ended-before-activation"),
        ("S1,390000000001,Easy Pay,2025-01-10,,▸monthly,9.99,EUR,card", "invalid-cycle"),
        ("S1,390000000001,Easy Pay,2025-01-10,,▸P0M,9.99,EUR,card", "invalid-cycle"),
        ("S1,390000000001,Easy Pay,2025-01-10,,▸PT1H,9.99,EUR,card", "invalid-cycle"),
        ("S1,390000000001,Easy Pay,2025-01-10,,P1M,▸9;99,EUR,card", "invalid-amount"),
        ("S1,390000000001,Easy Pay,2025-01-10,,P1M,▸-9.99,EUR,card", "negative-price"),
        ("S1,390000000001,Easy Pay,2025-01-10,,P1M,9.99,▸EURO,card", "unknown-currency"),
    ]

    @Test(arguments: subscriptions)
    func aSubscriptionIsRejected(row: String, rule: String) throws {
        let marked = MarkedText(SmallAudit.subscriptions(replacing: 0, with: row))
        // Without its charges, so that a subscription that is judged all the same would be found uncharged.
        let charges = SmallAudit.table(SmallAudit.chargeColumns, SmallAudit.chargeRows.filter { !$0.contains(",S1,") })
        let run = try SmallAudit.run(subscriptions: marked.bytes, charges: charges.utf8)
        #expect(run.outcome.code == 1, "\(run.outcome.report)")
        try expect(run.outcome, names: rule, at: "subscriptions.csv:\(try #require(marked.place))")
        let found = try run.discrepancies()
        #expect(found.allSatisfy { $0.hasPrefix("undecided S1") }, "\(found)")
        #expect(CSVTable(try run.scratch.bytes(of: "out/recovery-charges.csv")).rows == [])
    }

    @Test func aSubscriptionThatStandsTwiceIsUndecided() throws {
        let rows = SmallAudit.subscriptionRows + ["▸S1,390000000003,Other,2025-01-12,,P1M,4.99,EUR,card"]
        let marked = MarkedText(SmallAudit.table(SmallAudit.subscriptionColumns, rows))
        let run = try SmallAudit.run(
            subscriptions: marked.bytes,
            charges: SmallAudit.table(SmallAudit.chargeColumns, SmallAudit.chargeRows.filter { !$0.contains(",S1,") })
                .utf8)
        #expect(run.outcome.code == 1, "\(run.outcome.report)")
        try expect(run.outcome, names: "duplicate-subscription", at: "subscriptions.csv:\(try #require(marked.place))")
        let found = try run.discrepancies()
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.hasPrefix("undecided S1") }, "\(found)")
        #expect(CSVTable(try run.scratch.bytes(of: "out/recovery-charges.csv")).rows == [])
    }

    /// Only the period that the row could have settled is in doubt.
    @Test func theOtherRenewalsAreStillJudged() throws {
        var rows = SmallAudit.chargeRows
        rows[2] = "C3,S1,renewal,2025-03-10,2025-03-10,2025-04-09,nine,EUR,posted"
        rows.remove(at: 1)
        let run = try SmallAudit.run(charges: SmallAudit.table(SmallAudit.chargeColumns, rows).utf8)
        #expect(try run.discrepancies() == ["undecided S1 2025-03-10", "uncharged-renewal S2 2025-02-20"])
    }

    @Test func soundFilesHaveNoFinding() throws {
        let run = try SmallAudit.run()
        #expect(run.outcome.code == 0, "\(run.outcome.report)")
        #expect(try run.discrepancies() == [])
        #expect(try run.leftovers() == ["out"])
    }

    /// A finding names the place, the rule in brackets, and what to do.
    private func expect(_ outcome: Command.Outcome, names rule: String, at place: String) throws {
        let lines = (outcome.output + outcome.error).split(separator: "\n")
        let line = try #require(lines.first { $0.contains("[\(rule)]") }, "\(outcome.report)")
        #expect(line.hasPrefix("\(place): error: [\(rule)] "))
        #expect(line.contains("; "), "no remedy: \(line)")
    }
}
