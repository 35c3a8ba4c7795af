import BillingValues
import Testing

@testable import RenewalAudit

@Suite("Parked accounts")
struct ParkedAccountTests {
    @Test("a line that a calendar collects on other days is parked like any other")
    func calendar() throws {
        var line = OfferCase(calendar: try OfferCase.easyPay())
        line.window = ("2025-07-01", "2026-01-01")
        let run = AuditRun(try line.auditCase([]))
        let missed = run.discrepancies.map { found in
            MissedRenewal(
                row: 0, cell: 0, day: Int32(found.dueOn?.days(since: run.subscriptions.window.from) ?? -1),
                chargedDay: nil, amount: found.expected ?? 0)
        }
        #expect(missed.count == 6)
        let account = try #require(ParkedAccount(missed[...], of: run.subscriptions, fewest: 6))
        #expect(account.uncharged == 6 && account.amount.minorUnits == 516 + 5 * 999)
        #expect(account.firstDay == CivilDate("2025-09-01") && account.lastDay == CivilDate("2025-12-01"))
        // A renewal between them that was charged ends the row.
        let others = Array(missed[..<3] + missed[4...])
        #expect(ParkedAccount(others[...], of: run.subscriptions, fewest: 4) == nil)
        #expect(ParkedAccount(others[...], of: run.subscriptions, fewest: 3)?.uncharged == 3)
    }
}
