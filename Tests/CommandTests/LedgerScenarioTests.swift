import Foundation
import Testing

/// The incident of the announcement, from the first missed month to the last instalment.
struct LedgerScenarioTests {
    private static let months = [
        "2025-02", "2025-03", "2025-04", "2025-05", "2025-06", "2025-07", "2025-08", "2025-09", "2025-10", "2025-11",
        "2025-12", "2026-01", "2026-02", "2026-03",
    ]

    /// Month by month: the billing system charges regular renewals but those of June to August, posts the recovery
    /// charges that it was given on their days, exports its charges, and the audit runs on the first of the month.
    @Test(
        arguments: [
            // Found all at once, or each in its month; exported when pending, or only when posted.
            ("2025-09", true), ("2025-09", false), ("2025-03", true), ("2025-03", false),
        ])
    func fromStartToSettlement(firstAudit: String, exportsPending: Bool) throws {
        let system = try LedgerAudit()
        system.subscriptions = SmallAudit.table(SmallAudit.subscriptionColumns, [SmallAudit.subscriptionRows[0]])
        var regular: [String] = []
        var recoveries: [[String]] = []
        for (place, month) in Self.months.enumerated().dropLast() {
            if !["2025-06", "2025-07", "2025-08"].contains(month) {
                regular.append("C\(place),S1,renewal,\(month)-10,\(month)-10,,9.99,EUR,posted")
            }
            let next = Self.months[place + 1]
            guard next >= firstAudit else { continue }
            let today = "\(next)-01"
            let known = recoveries.map { fields in
                (fields, fields[3] < today ? "posted" : "pending")
            }.filter { $0.1 == "posted" || exportsPending }
            system.charges = regular + known.map { ($0.0.dropLast() + [$0.1]).joined(separator: ",") }
            // Something of the month's end, so that the export is as new as it says.
            system.charges.append("A\(place),S1,addon,\(month)-28,,,1.00,EUR,posted")
            let outcome = try system.audit(from: "2025-02-01", to: today, output: "out\(next)")
            #expect(outcome.code < 2, "\(today) \(outcome.report)")
            recoveries += try system.rows("recovery-charges.csv", of: "out\(next)")
                .map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
        }
        let days = recoveries.map { $0[3] }
        #expect(
            days
                == (firstAudit == "2025-09"
                    ? ["2025-10-10", "2025-11-09", "2025-12-09"] : ["2025-08-10", "2025-09-10", "2025-10-10"]))
        #expect(recoveries.map { $0[4] } == ["2025-06-10", "2025-07-10", "2025-08-10"])
        #expect(try system.entries("collected").count == 3)
        // Nothing is open, and nothing was charged twice.
        let last = try system.scratch.text(of: "out2026-03/summary.json")
        #expect(last.contains("\"uncharged\": 0") && last.contains("\"in_collection\": 0"))
        let found = try CSVTable(system.scratch.bytes(of: "out2026-03/discrepancies.csv")).values("rule")
        #expect(found.allSatisfy { $0 == ["charged-late"] }, "\(found)")
        for month in Self.months.dropLast() {
            let paid = system.charges.map { $0.split(separator: ",", omittingEmptySubsequences: false) }
                .filter { $0[4] == "\(month)-10" && $0.last == "posted" }
            #expect(paid.count == 1, "\(month): \(paid)")
        }
        try system.expectSound()
    }
}
