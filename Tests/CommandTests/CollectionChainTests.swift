import Foundation
import TestSupport
import Testing

/// The chain of a collection: the audit sends pain.008, the bank answers with pain.002 and camt.054, and the next audits
/// with these answers and the ledger settle what was collected and leave open what came back.
struct CollectionChainTests {
    private typealias Said = BankFiles.Said

    /// Two lines with a missed renewal each in March; the first subscription has the id `first`.
    private func missedMarch(first: String = "S1") throws -> LedgerAudit {
        let system = try LedgerAudit()
        system.subscriptions = SmallAudit.subscriptions.replacing("S1,", with: "\(first),")
        system.charges = [
            "C1,\(first),renewal,2025-02-10,2025-02-10,2025-03-09,9.99,EUR,posted",
            "C2,S2,renewal,2025-02-20,2025-02-20,2025-03-19,9.99,EUR,posted",
            "C3,\(first),renewal,2025-04-10,2025-04-10,2025-05-09,9.99,EUR,posted",
            "C4,S2,renewal,2025-04-20,2025-04-20,2025-05-19,9.99,EUR,posted",
            "C5,S2,addon,2025-04-30,,,5.00,EUR,posted",
        ]
        return system
    }

    /// The options with which an audit writes direct debits.
    private func collections(_ system: LedgerAudit, first: String = "S1", _ version: String) throws -> [String] {
        let mandates = """
            subscription_id,account_holder,iban,mandate_id,signed_on,sequence
            \(first),Ada Rossi,NL77ABNA0574908765,M1,2024-05-01,FRST
            S2,Bruno Müller,DE89370400440532013000,M2,2024-05-01,RCUR

            """
        let creditor = """
            name: Easy Telecom
            iban: FR1420041010050500013M02606
            creditor_id: DE98ZZZ09999999999

            """
        return [
            "--collections", version, "--mandates", try system.scratch.write(mandates, to: "mandates.csv"),
            "--creditor", try system.scratch.write(creditor, to: "creditor.yaml"),
        ]
    }

    private func audit(_ system: LedgerAudit, _ output: String, _ more: [String]) throws -> Command.Outcome {
        try system.command(from: "2025-02-01", to: "2025-05-01", output: output, more).run()
    }

    private func endToEnd(_ system: LedgerAudit, _ output: String) throws -> [String] {
        try system.scratch.text(of: "\(output)/collections.xml").matches(of: /<EndToEndId>([^<]*)<\/EndToEndId>/)
            .map { String($0.1) }
    }

    private func findings(_ system: LedgerAudit, _ output: String) throws -> [String] {
        try CSVTable(system.scratch.bytes(of: "\(output)/discrepancies.csv"))
            .values("rule", "subscription_id", "period_start").map { $0.joined(separator: " ") }
    }

    private func plansNothing(_ system: LedgerAudit, _ output: String) throws {
        for name in ["recovery-charges.csv", "recovery-plan.csv", "withdrawn-charges.csv"] {
            #expect(try system.rows(name, of: output) == [], "\(output): \(name)")
        }
        try system.expectSound()
    }

    @Test(arguments: ["pain.008.001.02", "pain.008.001.08"])
    func theMessageIsValid(version: String) throws {
        let system = try missedMarch()
        let sent = try audit(system, "one", collections(system, version))
        #expect(sent.code == 1, "\(sent.report)")
        #expect(
            sent.output.contains(
                "2 collections, 19.98 EUR, from 2025-06-10 to 2025-06-20, in 2 batches: collections.xml (\(version))"),
            "\(sent.report)")
        #expect(try endToEnd(system, "one") == ["R-S1-20250310", "R-S2-20250320"])
        #expect(try system.scratch.text(of: "one/summary.json").contains("\"first_collection\": \"2025-06-10\""))
        let schemas = "\(Command.package)/../shared/formats/samples/sepa-pain.008/schema/python-sepaxml"
        let schema = "\(schemas)/\(version).xsd"
        try #require(FileManager.default.fileExists(atPath: schema), "the official schema is not at \(schema)")
        let message = system.scratch.path("one/collections.xml")
        let verdict = try Rinnovo.run("validate", message, "--schema", schema)
        #expect(verdict.code == 0, "\(verdict.report)")
        let damaged = try system.scratch.write(
            system.scratch.text(of: "one/collections.xml").replacing("<CtrlSum>", with: "<CtrlSum>x"), to: "bad.xml")
        #expect(try Rinnovo.run("validate", damaged, "--schema", schema).code == 1)
    }

    @Test func whoHasNoMandateIsTold() throws {
        let system = try missedMarch()
        var more = try collections(system, "pain.008.001.08")
        more[3] = try system.scratch.write(
            "subscription_id,account_holder,iban,mandate_id,signed_on,sequence\n"
                + "S9,Ada Rossi,NL77ABNA0574908765,M1,2024-05-01,FRST\n", to: "none.csv")
        let sent = try audit(system, "one", more)
        #expect(sent.output.contains("nothing to collect"), "\(sent.report)")
        #expect(sent.output.contains("not collected, no mandate: 2 charges, 19.98 EUR"))
        #expect(!FileManager.default.fileExists(atPath: system.scratch.path("one/collections.xml")))
    }

    /// S1 is booked and later returned, S2 is refused; the ids of one chain are hashes, as no bank could carry them.
    @Test(arguments: ["S1", "line_with_an_id_that_no_bank_carries_1"])
    func fromSentToSettledAndBack(first: String) throws {
        let system = try missedMarch(first: first)
        #expect(try audit(system, "one", collections(system, first: first, "pain.008.001.08")).code == 1)
        let ids = try endToEnd(system, "one")
        #expect(ids.count == 2)
        #expect(ids.contains { $0.hasPrefix("H-") } == (first != "S1"))
        let (mine, other) = (try #require(ids.first { !$0.contains("S2") }), "R-S2-20250320")

        // The bank takes both, then refuses one; what it has accepted is not collected.
        let accepted = try system.scratch.write(
            BankFiles.statusReport(
                on: "2025-06-05",
                [Said(endToEnd: mine, what: "ACSP"), Said(endToEnd: other, what: "RJCT", reason: "AM04")]),
            to: "pain002.xml")
        let two = try audit(system, "two", ["--results", accepted])
        #expect(two.output.contains("2 results read = 2 of recovery charges in no file"), "\(two.report)")
        #expect(two.output.contains("refused: AM04 not enough money"))
        #expect(try findings(system, "two") == ["collection-failed S2 2025-03-20"])
        #expect(try system.entries("failed") == ["failed S2 2025-03-20 2025-06-05"])
        #expect(try system.entries("collected") == [])
        try plansNothing(system, "two")

        // All of it is accepted, which says nothing of a single charge.
        let all = try system.scratch.write(BankFiles.statusReport(on: "2025-06-05", group: "ACCP", []), to: "all.xml")
        let silent = try audit(system, "silent", ["--results", all])
        #expect(silent.output.contains("0 results read = 0"), "\(silent.report)")
        #expect(try system.entries().count == 3)

        // Booked: the instalment is settled, and the renewal is no finding any more.
        let booked = try system.scratch.write(
            BankFiles.notification(on: "2025-06-11", [Said(endToEnd: mine, what: "booked")]), to: "camt1.xml")
        let three = try audit(system, "three", ["--results", accepted, booked])
        #expect(try findings(system, "three") == ["collection-failed S2 2025-03-20"], "\(three.report)")
        #expect(three.output.contains("collected since: 1 recovery, 9.99 EUR"), "\(three.report)")
        #expect(try system.entries("collected") == ["collected \(first) 2025-03-10 2025-06-11"])
        try plansNothing(system, "three")
        let settled = try system.entries()
        let again = try audit(system, "again", ["--results", accepted, booked])
        #expect(try system.entries() == settled && !again.output.contains("collected since"), "\(again.report)")

        // Returned: due again, once, and for dunning; no second collection is planned by itself.
        let returned = try system.scratch.write(
            BankFiles.notification(on: "2025-06-19", [Said(endToEnd: mine, what: "returned", reason: "MD06")]),
            to: "camt2.xml")
        for (output, files) in [("four", [returned]), ("five", [accepted, booked, returned]), ("six", [returned])] {
            let outcome = try audit(system, output, ["--results"] + files)
            let mineFailed = try findings(system, output).filter { $0.hasSuffix("\(first) 2025-03-10") }
            #expect(mineFailed == ["collection-failed \(first) 2025-03-10"], "\(outcome.report)")
            #expect(outcome.output.contains("reversed since: 1 recovery, 9.99 EUR") == (output == "four"))
            try plansNothing(system, output)
        }
        #expect(try system.entries("reversed") == ["reversed \(first) 2025-03-10 2025-06-19"])
        let evidence = try CSVTable(system.scratch.bytes(of: "five/discrepancies.csv")).values(
            "subscription_id", "charge_ids", "evidence")
        let row = try #require(evidence.first { $0[0] == first })
        #expect(row[1] == "R-\(first)-20250310")
        #expect(row[2].contains("booked on 2025-06-11 (camt1.xml:"), "\(row)")
        #expect(row[2].contains("returned on 2025-06-19, MD06 refund asked for by the customer (camt2.xml:"), "\(row)")
        // Nor does an export without any answer plan it a second time.
        _ = try audit(system, "seven", [])
        try plansNothing(system, "seven")
    }

    /// Without a ledger the id tells what was collected, so that the same period is not collected twice.
    @Test(arguments: ["S1", "line_with_an_id_that_no_bank_carries_1"])
    func withoutALedgerNothingThatWasBookedIsCollectedAgain(first: String) throws {
        let system = try missedMarch(first: first)
        _ = try audit(system, "one", collections(system, first: first, "pain.008.001.08"))
        let mine = try #require(try endToEnd(system, "one").first { !$0.contains("S2") })
        let booked = try system.scratch.write(
            BankFiles.notification(on: "2025-06-11", [Said(endToEnd: mine, what: "booked")]), to: "camt.xml")
        let arguments = Rinnovo.audit(
            system.scratch.path("subscriptions.csv"), [system.scratch.path("charges.csv")], from: "2025-02-01",
            to: "2025-05-01", output: system.scratch.path("two"))
        let outcome = try Rinnovo.command(arguments + ["--results", booked]).run()
        #expect(try findings(system, "two") == ["uncharged-renewal S2 2025-03-20"], "\(outcome.report)")
        #expect(try system.rows("recovery-charges.csv", of: "two").map { $0.prefix(13) } == ["R-S2-20250320"])
    }

    @Test func aBatchThatIsRefusedAsAWholeIsAFinding() throws {
        let system = try missedMarch()
        _ = try audit(system, "one", collections(system, "pain.008.001.08"))
        let refused = try system.scratch.write(
            BankFiles.statusReport(on: "2025-06-05", group: "RJCT", []), to: "pain002.xml")
        let outcome = try audit(system, "two", ["--results", refused])
        #expect(outcome.output.contains("1 refusal or return without a charge's id"), "\(outcome.report)")
        #expect(try findings(system, "two").contains("unnamed-result  "))
        #expect(try system.scratch.text(of: "two/discrepancies.csv").contains("its batch or message is M1"))
        #expect(try system.entries("failed") == [])
    }

    @Test func aBookingOfAnotherAmountSettlesNothing() throws {
        let system = try missedMarch()
        _ = try audit(system, "one", collections(system, "pain.008.001.08"))
        let booked = try system.scratch.write(
            BankFiles.notification(on: "2025-06-11", [Said(endToEnd: "R-S1-20250310", what: "booked", amount: "9.89")]),
            to: "camt.xml")
        let outcome = try audit(system, "two", ["--results", booked])
        #expect(
            try findings(system, "two") == [
                "contradicting-result S1 2025-03-10", "undecided S1 2025-03-10", "uncharged-renewal S2 2025-03-20",
            ], "\(outcome.report)")
        #expect(try system.entries("collected") == [])
        try plansNothing(system, "two")
    }

    /// The samples of unpaid collections: four refusals, of which one is told as a return too.
    @Test func theUnpaidSamplesAreFollowed() throws {
        let samples = "\(Command.package)/../shared/formats/samples"
        let files = [
            "\(samples)/sepa-pain.002/test-sepa-pain-unpaid.xml",
            "\(samples)/sepa-camt.054/oca/test-sepa-camt-unpaid.xml",
        ]
        for file in files {
            try #require(FileManager.default.fileExists(atPath: file), "the sample is not at \(file)")
        }
        let scratch = try TemporaryDirectory()
        let subscriptions = (1...5).map { "S\($0),,Line,2016-08-01,,P1M,100.00,EUR,dd" }
        let charges = (1...5).map { "E2EID\($0),S\($0),renewal,2016-10-01,2016-10-01,2016-10-31,100.00,EUR,posted" }
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.table(SmallAudit.subscriptionColumns, subscriptions), to: "subscriptions.csv"),
            [try scratch.write(SmallAudit.table(SmallAudit.chargeColumns, charges), to: "charges.csv")],
            from: "2016-10-01", to: "2016-11-01", output: scratch.path("out"))
        let outcome = try Rinnovo.command(arguments + ["--results"] + files).run()
        #expect(outcome.code == 1, "\(outcome.report)")
        #expect(outcome.output.contains("5 results read = 5 of charges in the files"), "\(outcome.report)")
        for words in [
            "refused: MS02 refused by the customer", "refused: MD06 refund asked for by the customer",
            "refused: AM04 not enough money", "returned: AC06 account blocked",
        ] { #expect(outcome.output.contains(words), "\(words)") }
        let found = try CSVTable(scratch.bytes(of: "out/discrepancies.csv")).values("rule", "charge_ids")
        #expect(found == (1...4).map { ["collection-failed", "E2EID\($0)"] })
    }
}
