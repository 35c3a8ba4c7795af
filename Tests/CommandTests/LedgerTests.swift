import Foundation
import Testing

/// `audit --ledger`: what one run planned, no other plans again.
struct LedgerTests {
    /// Two lines with a missed renewal each in March; all is charged in April.
    private func missedMarch() throws -> LedgerAudit {
        let system = try LedgerAudit()
        system.charges = [
            "C1,S1,renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted",
            "C2,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted",
            "C3,S1,renewal,2025-04-10,2025-04-10,2025-05-09,9.99,EUR,posted",
            "C4,S2,renewal,2025-04-20,2025-04-20,2025-05-19,9.99,EUR,posted",
            "C5,S1,addon,2025-04-30,,,5.00,EUR,posted",
        ]
        return system
    }

    private let planned = ["planned S1 2025-03-10 2025-06-10", "planned S2 2025-03-20 2025-06-20"]

    @Test func aSecondRunPlansNothingAgain() throws {
        let system = try missedMarch()
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one").code == 1)
        #expect(try system.entries() == planned)
        #expect(try system.rows("recovery-charges.csv", of: "one").count == 2)
        for (number, from) in ["2025-02-01", "2025-03-01", "2025-03-15"].enumerated() {
            let again = try system.audit(from: from, to: "2025-05-01", output: "again\(number)")
            #expect(again.code == 1 && again.output.contains("nothing new to plan"), "\(again.report)")
            for name in ["recovery-charges.csv", "reversal-charges.csv", "recovery-plan.csv", "withdrawn-charges.csv"] {
                #expect(try system.rows(name, of: "again\(number)") == [], "\(name)")
            }
            let copy = try system.scratch.bytes(of: "again\(number)/corrected-charges.csv")
            #expect(try copy == system.scratch.bytes(of: "charges.csv"))
        }
        #expect(try system.entries() == planned)
        try system.expectSound()
        // The summary follows its schema's words, and the manifest names ledger and run.
        let summary = try system.scratch.text(of: "again0/summary.json")
        #expect(summary.contains("\"planned_before\": 2"))
        let manifest = try system.scratch.text(of: "again0/manifest.json")
        #expect(manifest.contains("\"run\": 2") && manifest.contains("\"name\": \"ledger\""))
    }

    @Test func anOverlappingRunPlansWhatIsNew() throws {
        let system = try missedMarch()
        #expect(try system.audit(from: "2025-02-01", to: "2025-03-15", output: "one").code == 1)
        #expect(try system.entries() == ["planned S1 2025-03-10 2025-04-10"])
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "two").code == 1)
        #expect(try system.rows("recovery-charges.csv", of: "two").map { $0.prefix(13) } == ["R-S2-20250320"])
        #expect(try system.entries().count == 2)
    }

    @Test func aLineThatWasRenumberedIsKnownUnderItsEarlierId() throws {
        let system = try missedMarch()
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one").code == 1)
        system.subscriptions = SmallAudit.table(
            SmallAudit.subscriptionColumns + ",previous_ids",
            SmallAudit.subscriptionRows.map { $0.replacing("S1,", with: "N1,") + ($0.hasPrefix("S1") ? ",S1" : ",") })
        let again = try system.audit(from: "2025-02-01", to: "2025-05-01", output: "two")
        #expect(again.output.contains("nothing new to plan"), "\(again.report)")
    }

    @Test(
        "what arrives later settles the period",
        arguments: [
            ("R-S1-20250310,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,posted", "collected", 0),
            ("X7,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,posted", "collected", 0),
            ("R-S1-20250310,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,failed", "failed", 0),
            ("R-S1-20250310,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,reversed", "reversed", 0),
            ("C9,S1,renewal,2025-05-20,2025-03-10,2025-04-09,9.99,EUR,posted", "paid_otherwise", 1),
            // On time, but not in the first export.
            ("C9,S1,renewal,2025-03-11,2025-03-10,2025-04-09,9.99,EUR,posted", "paid_otherwise", 1),
            ("C9,S1,renewal,2025-03-11,,,9.99,EUR,posted", "paid_otherwise", 1),
        ], ["2025-02-01", "2025-05-01"])
    func settlement(_ arrival: (row: String, act: String, withdrawn: Int), from: String) throws {
        // Without a period only a window that has the renewal tells what the charge is for.
        if arrival.row.contains(",,,"), from > "2025-03-10" { return }
        let system = try missedMarch()
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one").code == 1)
        system.charges.append(arrival.row)
        for output in ["two", "three"] {
            let outcome = try system.audit(from: from, to: "2025-07-01", output: output)
            #expect(outcome.code == 1, "\(outcome.report)")
            #expect(try !system.entries("planned").contains { $0.hasPrefix("planned S1 2025-03-10 2025-07") })
            let withdrawn = try system.rows("withdrawn-charges.csv", of: output)
            let findings = try CSVTable(system.scratch.bytes(of: "\(output)/discrepancies.csv"))
                .values("rule", "subscription_id", "period_start").filter { $0[0] == "paid-otherwise" }
            // Told and written once, and never again.
            let isFirst = output == "two"
            #expect(withdrawn.count == (isFirst ? arrival.withdrawn : 0), "\(withdrawn)")
            #expect(findings == (isFirst && arrival.withdrawn > 0 ? [["paid-otherwise", "S1", "2025-03-10"]] : []))
            if let row = withdrawn.first {
                #expect(row == "V-S1-20250310,S1,refund,2025-06-10,2025-03-10,2025-04-09,-9.99,EUR,pending")
            }
        }
        #expect(try system.entries(arrival.act).count == 1)
        try system.expectSound()
    }

    @Test func aReversalIsBookedAndReopensNothing() throws {
        let system = try missedMarch()
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one").code == 1)
        system.charges.append("R1,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,posted")
        try system.audit(from: "2025-02-01", to: "2025-07-01", output: "two")
        system.charges.append("V1,S1,refund,2025-07-05,2025-03-10,2025-04-09,-9.99,EUR,posted")
        try system.audit(from: "2025-02-01", to: "2025-08-01", output: "three")
        #expect(try system.entries("collected") == ["collected S1 2025-03-10 2025-06-10"])
        #expect(try system.entries("reversed") == ["reversed S1 2025-03-10 2025-07-05"])
        // Neither with these charges nor with an export that has lost them is it planned again.
        system.charges.removeLast(2)
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "four")
        #expect(try system.entries("planned").count { $0.contains("S1 2025-03-10") } == 1)
    }

    /// One line of which nobody charged anything from March on.
    private func missedSpring() throws -> LedgerAudit {
        let system = try LedgerAudit()
        system.subscriptions = SmallAudit.table(SmallAudit.subscriptionColumns, [SmallAudit.subscriptionRows[0]])
        system.charges = [
            "C1,S1,renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted",
            "C5,S1,addon,2025-05-31,,,5.00,EUR,posted",
        ]
        return system
    }

    @Test func whatWasWrittenOffIsNeverCollected() throws {
        let system = try missedSpring()
        let policy = try system.scratch.write("recovery:\n  write_off_below: 15.00 EUR\n", to: "policy.yaml")
        try system.audit(from: "2025-02-01", to: "2025-04-01", output: "one", "--policy", policy)
        #expect(try system.entries() == ["written_off S1 2025-03-10 "])
        // All three together would be worth collecting.
        let outcome = try system.audit(from: "2025-02-01", to: "2025-06-01", output: "two", "--policy", policy)
        #expect(outcome.output.contains("written off before: 1 renewal, 9.99 EUR"), "\(outcome.report)")
        #expect(
            try system.rows("recovery-charges.csv", of: "two").map { $0.split(separator: ",")[0] } == [
                "R-S1-20250410", "R-S1-20250510",
            ])
        try system.expectSound()
    }

    @Test func oneLatePaymentForSeveralWithdrawsEach() throws {
        let system = try missedSpring()
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one")
        #expect(try system.entries("planned").count == 2)
        system.charges.append("C9,S1,renewal,2025-05-02,2025-03-10,2025-05-09,19.98,EUR,posted")
        try system.audit(from: "2025-02-01", to: "2025-05-10", output: "two")
        #expect(
            try system.rows("withdrawn-charges.csv", of: "two").map { $0.split(separator: ",")[0] } == [
                "V-S1-20250310", "V-S1-20250410",
            ])
        #expect(try system.run("export").output.contains("paid_otherwise,S1,renewal,2025-03-10,2025-04-09,9.99,"))
    }

    @Test func aRunThatWasNeverHandedInIsTakenBack() throws {
        let system = try missedMarch()
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one")
        #expect(try system.run("withdraw", "1", "--by", "Ada").code == 64)
        #expect(try system.run("withdraw", "1", "--by", "Ada", "--unused", "--on", "2025-05-02").code == 0)
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "two")
        #expect(try system.rows("recovery-charges.csv", of: "two").count == 2)
        // But not what somebody has collected all the same.
        system.charges.append("R1,S1,recovery,2025-06-10,2025-03-10,2025-04-09,9.99,EUR,posted")
        try system.audit(from: "2025-02-01", to: "2025-07-01", output: "three")
        #expect(try system.run("withdraw", "2", "--by", "Ada", "--unused").code == 0)
        system.charges.removeLast()
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "four")
        #expect(try system.rows("recovery-charges.csv", of: "four").map { $0.prefix(4) } == ["R-S2"])
        try system.expectSound()
    }

    @Test func aDryRunTellsTheDifferenceAndWritesNothing() throws {
        let system = try missedMarch()
        let first = try system.audit(from: "2025-02-01", to: "2025-05-01", output: "none", "--dry-run")
        #expect(first.code == 1 && first.output.contains("planned now: 2 renewals, 19.98 EUR"), "\(first.report)")
        #expect(try system.scratch.names() == ["charges.csv", "subscriptions.csv"])
        try system.audit(from: "2025-02-01", to: "2025-03-15", output: "one")
        let before = try system.scratch.bytes(of: "ledger")
        let second = try system.audit(from: "2025-02-01", to: "2025-05-01", output: "none", "--dry-run")
        #expect(second.output.contains("planned before: 1 renewal, 9.99 EUR; not planned again"), "\(second.report)")
        #expect(second.output.contains("planned now: 1 renewal, 9.99 EUR"), "\(second.report)")
        #expect(try system.scratch.bytes(of: "ledger") == before)
        #expect(try system.scratch.names() == ["charges.csv", "ledger", "one", "subscriptions.csv"])
    }

    @Test func anUntrustedInputLeavesTheLedgerAlone() throws {
        let system = try missedMarch()
        system.charges.append("C9,S1,renewal,\"2025")
        #expect(try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one").code == 65)
        #expect(try system.scratch.names() == ["charges.csv", "subscriptions.csv"])
    }

    @Test func whatIsNoLedgerIsRefused() throws {
        let system = try missedMarch()
        for (name, code) in [("charges.csv", Int32(73)), ("none/ledger", 73), (".", 73)] {
            let outcome = try Rinnovo.command(
                system.command(from: "2025-02-01", to: "2025-05-01", output: "one").arguments.map {
                    $0 == system.ledger ? system.scratch.path(name) : $0
                }
            ).run()
            #expect(outcome.code == code, "\(name): \(outcome.report)")
        }
        #expect(try system.scratch.names() == ["charges.csv", "subscriptions.csv"])
        #expect(try system.run("list").code == 66)
        let inside = try Rinnovo.command(
            system.command(from: "2025-02-01", to: "2025-05-01", output: "one", ["--force"]).arguments.map {
                $0 == system.ledger ? try system.scratch.makeDirectory("one") + "/ledger" : $0
            }
        ).run()
        #expect(inside.code == 73 && inside.error.contains("lies in the output directory"), "\(inside.report)")
    }

    @Test func theLedgerTellsWhatItKnows() throws {
        let system = try missedMarch()
        try system.audit(from: "2025-02-01", to: "2025-05-01", output: "one")
        #expect(try system.run("list").output.contains("published"))
        #expect(try system.run("show", "1").output.contains("S2"))
        #expect(try system.run("show", "S2").output.contains("2025-03-20 to 2025-04-19"))
        #expect(try system.run("show", "S3").code == 64)
        #expect(try system.run("show", "1", "--subscription").code == 64)
        let lines = try system.run("export", "--format", "jsonl").output.split(separator: "\n")
        #expect(lines.count == 2)
        for line in lines { _ = try JSONSerialization.jsonObject(with: Data(line.utf8)) }
        let verified = try system.run("verify")
        let manifest = try system.scratch.text(of: "one/manifest.json")
        let hash = try #require(manifest.firstMatch(of: /"run": 1,\s+"sha256": "([0-9a-f]{64})"/)).1
        #expect(verified.code == 0)
        #expect(try system.run("verify", "--head", String(hash)).code == 0)
        #expect(try system.run("verify", "--head", String(repeating: "0", count: 64)).code == 1)
    }
}
