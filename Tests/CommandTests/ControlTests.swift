import Foundation
import Testing

/// `--control`: what the sender states gates the verdict.
@Suite struct ControlTests {
    private static let columns = "file,records,currency,amount,sha256"

    private func run(_ controls: [String], charges: String = SmallAudit.charges) throws -> SmallAudit.Run {
        let scratch = try TemporaryDirectory()
        let paths = try controls.enumerated().map { index, text in
            try scratch.write("\(Self.columns)\n\(text)\n", to: "control\(index).csv")
        }
        let arguments = Rinnovo.audit(
            try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"),
            [try scratch.write(charges, to: "charges.csv")], from: SmallAudit.from, to: SmallAudit.to,
            output: scratch.path("out"))
        let outcome = try Rinnovo.command(arguments + paths.flatMap { ["--control", $0] }).run()
        return SmallAudit.Run(outcome: outcome, scratch: scratch)
    }

    @Test func rightTotalsGiveTheVerdictAndStandInTheManifest() throws {
        let run = try run(["charges.csv,5,EUR,44.96,", "subscriptions.csv,2,,,"])
        #expect(run.outcome.code == 0, "\(run.outcome.report)")
        #expect(run.outcome.error == "")
        let document = try #require(
            JSONSerialization.jsonObject(with: Data(run.scratch.bytes(of: "out/manifest.json"))) as? [String: Any])
        let inputs = try #require(document["inputs"] as? [[String: Any]])
        #expect(inputs.map { $0["role"] as? String } == ["subscriptions", "charges", "control", "control"])
        #expect(inputs.map { $0["records"] as? Int } == [2, 5, 1, 1])
        // The hash of the manifest is the one that a sender states.
        let hash = try #require(inputs[1]["sha256"] as? String)
        #expect(try self.run(["charges.csv,,,,\(hash)", "subscriptions.csv,,,,"]).outcome.code == 0)
    }

    /// A row was lost whole: nothing but the totals can tell.
    @Test(
        arguments: [
            ("charges.csv,5,EUR,44.96,", ["control-total-mismatch", "control-total-mismatch"]),
            ("charges.csv,4,EUR,34.97,\(String(repeating: "0", count: 64))", ["control-total-mismatch"]),
            ("charges.csv,4,EUR,34.97,\nother.csv,,,,", ["control-file-missing"]),
        ])
    func withoutAgreementThereIsNoVerdict(control: String, rules: [String]) throws {
        let charges = SmallAudit.table(SmallAudit.chargeColumns, Array(SmallAudit.chargeRows.dropFirst()))
        let run = try run([control], charges: charges)
        #expect(run.outcome.code == 65, "\(run.outcome.report)")
        #expect(run.outcome.output == "")
        #expect(try run.leftovers() == ["control0.csv"])
        let found = run.outcome.error.split(separator: "\n").filter { $0.hasPrefix("control0.csv:") }
        #expect(found.count == rules.count, "\(run.outcome.report)")
        for (line, rule) in zip(found, rules) { #expect(line.contains("error: [\(rule)] ")) }
    }

    /// The amount of a row that is rejected for its date is part of what the sender added up.
    @Test func aRejectedRowIsCountedAndAddedUp() throws {
        let charges = SmallAudit.charges(
            replacing: 4, with: "C5,S1,addon,2025-02-30,,,5.00,EUR,posted")
        #expect(try run(["charges.csv,5,EUR,44.96,"], charges: charges).outcome.code == 1)
        let unreadable = SmallAudit.charges(replacing: 4, with: "C5,S1,addon,2025-03-31,,,5.x,EUR,posted")
        #expect(try run(["charges.csv,4,EUR,39.96,"], charges: unreadable).outcome.code == 65)
        #expect(try run(["charges.csv,5,,,"], charges: unreadable).outcome.code == 1)
    }

    @Test func aFileOfWhichNothingIsSaidIsNamed() throws {
        let run = try run(["charges.csv,5,,,"])
        #expect(run.outcome.code == 0)
        #expect(
            run.outcome.error == "rinnovo: warning: no control file says anything of subscriptions.csv\n")
    }

    @Test func totalsOfInferredAuditsAndOfXMLCount() throws {
        let scratch = try TemporaryDirectory()
        let charges = try scratch.write(SmallAudit.charges, to: "charges.csv")
        let control = try scratch.write("\(Self.columns)\ncharges.csv,5,EUR,44.97,\n", to: "control.csv")
        let inferred = try Rinnovo.run(
            "audit", "--charges", charges, "--control", control, "--from", SmallAudit.from, "--to", SmallAudit.to,
            "--dry-run")
        #expect(inferred.code == 65, "\(inferred.report)")
        #expect(inferred.error.contains("found 44.96 EUR, expected 44.97 EUR in charges.csv, as stated"))
        let xml = scratch.path("charges.xml")
        #expect(try Rinnovo.run("convert", charges, xml).code == 0)
        for (records, code) in [(5, Int32(0)), (6, 65)] {
            let stated = try scratch.write("\(Self.columns)\ncharges.xml,\(records),EUR,44.96,\n", to: "xml.csv")
            let run = try Rinnovo.command(
                Rinnovo.audit(
                    try scratch.write(SmallAudit.subscriptions, to: "subscriptions.csv"), [xml], from: SmallAudit.from,
                    to: SmallAudit.to) + ["--control", stated]
            ).run()
            #expect(run.code == code, "\(run.report)")
        }
    }
}
