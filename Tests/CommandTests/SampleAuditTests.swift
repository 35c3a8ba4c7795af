import Foundation
import Testing

/// The sample incident from end to end: what is found, what is written, and that nobody pays twice.
@Suite struct SampleAuditTests {
    private let scratch: TemporaryDirectory

    init() throws { scratch = try Sample.audited.get() }

    private func table(_ name: String) throws -> CSVTable { CSVTable(try scratch.bytes(of: "out/\(name)")) }

    @Test func theFindingsAreThoseOfTheTruth() throws {
        let truth = CSVTable(try String(contentsOfFile: "\(Sample.folder)/truth.csv", encoding: .utf8))
        let expected = truth.values("rule", "subscription_id", "period_start").filter { $0[0] != "none" }
        let found = try table("discrepancies.csv").values("rule", "subscription_id", "period_start")
        #expect(expected.count > 300)
        #expect(Set(found).subtracting(expected) == [], "found, and not in the truth")
        #expect(Set(expected).subtracting(found) == [], "in the truth, and not found")
        #expect(found.count == expected.count)
    }

    @Test func theFindingsAreSorted() throws {
        let keys = try table("discrepancies.csv").values("subscription_id", "period_start", "rule")
        #expect(keys == keys.sorted { $0.lexicographicallyPrecedes($1) })
    }

    @Test func theFilesAreThoseOfTheContract() throws {
        let names = try scratch.names(in: "out")
        #expect(Set(Sample.outputs).isSubset(of: names))
        #expect(try scratch.names() == ["out"], "nothing is left beside the output")
    }

    @Test func theIncidentIsNamed() throws {
        let columns = ["first_day", "last_day", "dimensions", "due", "uncharged", "share", "amount", "currency"]
        let rows = try table("incidents.csv").rows
        #expect(
            rows.map { row in columns.map { row[$0] } } == [
                [
                    "2025-08-01", "2025-10-31", "offer=Easy Pay; payment_method=card", "275", "275", "1.0000",
                    "2747.25", "EUR",
                ]
            ])
        #expect(rows.map { $0["fingerprint"] } == ["hole"])
    }

    @Test func aChargeAndItsReversalSumToNothing() throws {
        let recovery = try table("recovery-charges.csv")
        let reversal = try table("reversal-charges.csv")
        #expect(recovery.rows.count > 200)
        var sums: [[String]: Int] = [:]
        for row in recovery.values("subscription_id", "period_start", "currency", "amount") {
            let amount = try cents(row[3])
            #expect(amount > 0, "\(row)")
            #expect(sums.updateValue(amount, forKey: Array(row[..<3])) == nil, "\(row) is collected twice")
        }
        for row in reversal.values("subscription_id", "period_start", "currency", "amount") {
            sums[Array(row[..<3]), default: 0] += try cents(row[3])
        }
        #expect(sums.filter { $0.value != 0 }.isEmpty)
        let identifiers = (recovery.rows + reversal.rows).compactMap { $0["charge_id"] }
        #expect(Set(identifiers).count == identifiers.count)
    }

    @Test func thePlanIsTheRecoveryCharges() throws {
        let keys = ["subscription_id", "period_start", "period_end", "amount", "currency"]
        let charges = try table("recovery-charges.csv").rows.map { row in (keys + ["charged_on"]).map { row[$0] } }
        let plan = try table("recovery-plan.csv").rows.map { row in (keys + ["collect_on"]).map { row[$0] } }
        #expect(Set(plan) == Set(charges))
        #expect(plan.count == charges.count)
    }

    @Test func theLastDaysOfShortMonthsAreCollectedAsTheSampleTells() throws {
        let plan = try table("recovery-plan.csv").values("subscription_id", "period_start", "collect_on", "amount")
        #expect(
            plan.filter { $0[0] == "S0255" } == [
                ["S0255", "2025-08-31", "2026-01-31", "9.99"], ["S0255", "2025-09-30", "2026-03-02", "9.99"],
                ["S0255", "2025-10-31", "2026-04-01", "9.99"],
            ])
    }

    @Test func theCorrectedChargesAreTheInputAndTheRecovery() throws {
        let input = try Sample.chargeBytes()
        let corrected = try scratch.bytes(of: "out/corrected-charges.csv")
        #expect(corrected.starts(with: input))
        let columns = try table("recovery-charges.csv").columns
        let header = CSVTable(input).columns.joined(separator: ",") + "\n"
        let added = CSVTable(header + String(decoding: corrected.dropFirst(input.count), as: UTF8.self))
        let recovery = try table("recovery-charges.csv")
        #expect(
            added.rows.map { row in columns.map { row[$0] } } == recovery.rows.map { row in columns.map { row[$0] } })
    }

    @Test func theManifestSaysWhatTheFilesAre() throws {
        let manifest = try JSONSerialization.jsonObject(with: Data(scratch.bytes(of: "out/manifest.json")))
        let document = try #require(manifest as? [String: Any])
        let inputs = try #require(document["inputs"] as? [[String: Any]])
        let outputs = try #require(document["outputs"] as? [[String: Any]])
        #expect(inputs.map { $0["name"] as? String } == ["subscriptions.csv", "charges.csv"])
        let names = outputs.compactMap { $0["name"] as? String }
        #expect(Set(names + ["manifest.json"]) == Set(try scratch.names(in: "out")))
        for (entry, folder) in inputs.map({ ($0, Sample.folder) }) + outputs.map({ ($0, scratch.path("out")) }) {
            let name = try #require(entry["name"] as? String)
            let path = "\(folder)/\(name)"
            let sum = try Command.shell("sha256sum '\(path)'")
            #expect(entry["sha256"] as? String == String(sum.prefix(64)), "\(name)")
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            #expect(entry["size"] as? Int == bytes.count, "\(name)")
            guard name.hasSuffix(".csv") else { continue }
            #expect(entry["records"] as? Int == CSVTable(Array(bytes)).rows.count, "\(name)")
        }
    }

    @Test func nobodyIsChargedTwice() throws {
        let again = try TemporaryDirectory()
        let corrected = scratch.path("out/corrected-charges.csv")
        let outcome = try Rinnovo.command(
            Rinnovo.audit(Sample.subscriptions, [corrected], output: again.path("out"))
        ).run()
        try #require(outcome.code == 1, "\(outcome.report)")
        #expect(CSVTable(try again.bytes(of: "out/recovery-charges.csv")).rows == [])
        #expect(CSVTable(try again.bytes(of: "out/recovery-plan.csv")).rows == [])
        #expect(try again.bytes(of: "out/corrected-charges.csv") == scratch.bytes(of: "out/corrected-charges.csv"))
        let columns: Set<String> = ["evidence"]
        func others(_ table: CSVTable) -> [[String]] {
            table.without(columns).filter { $0[0] != "uncharged-renewal" }
        }
        let second = CSVTable(try again.bytes(of: "out/discrepancies.csv"))
        #expect(others(second) == others(try table("discrepancies.csv")))
        // What ends before its turn is never collected, and so remains.
        let collected = Set(try table("recovery-charges.csv").values("subscription_id", "period_start"))
        let first = try table("discrepancies.csv").rows.filter { $0["rule"] == "uncharged-renewal" }
        let left = first.map { [$0["subscription_id"] ?? "", $0["period_start"] ?? ""] }.filter {
            !collected.contains($0)
        }
        let remaining = second.rows.filter { $0["rule"] == "uncharged-renewal" }
        #expect(remaining.map { [$0["subscription_id"] ?? "", $0["period_start"] ?? ""] } == left)
        #expect(left.count < 10)
    }

    /// An amount with two decimals, in cents; no floating point, no code of the program.
    private func cents(_ text: String) throws -> Int {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        try #require(parts.count == 2 && parts[1].count == 2, "\(text)")
        return try #require(Int(parts[0] + parts[1]), "\(text)")
    }
}
