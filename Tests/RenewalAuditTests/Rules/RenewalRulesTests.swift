import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("the rules of subscriptions")
struct RenewalRulesTests {
    /// Every doubt there is, and none.
    private static let doubts: [PeriodAccount.Doubt?] = [
        nil, .unreadableCharge, .contestedResult, .misdatedCharge, .unassignedReturn, .unknownReference,
        .overlappingCharge,
        .unassignedCharge, .positiveRefund, .refundWithoutCharge, .stalePending, .sumOutOfRange, .uncertainTerms,
        .unknownPrice, .uncertainEnd,
    ]

    @Test("without charges only those find something that are asked then")
    func withoutCharges() throws {
        let asked = RenewalRules.withoutCharges.map { $0.rule }
        for amount in [0, 999] as [Int64] {
            for doubt in Self.doubts {
                let account = try account(due: amount, doubt: doubt)
                #expect(account.hasNoCharge)
                for rule in RenewalRules.all where !asked.contains(rule.rule) {
                    #expect(rule.discrepancies(in: account) == [], "\(rule.rule), due \(amount), doubt \(doubt as Any)")
                }
                if amount > 0 {
                    let found = RenewalRules.withoutCharges.flatMap { $0.discrepancies(in: account) }
                    #expect(!found.isEmpty, "nothing at all, doubt \(doubt as Any)")
                }
            }
        }
    }

    private func account(due amount: Int64, doubt: PeriodAccount.Doubt?) throws -> SubscriptionAccount {
        let activatedOn = try #require(CivilDate("2024-01-05"))
        let cycle = try #require(BillingCycle("P1M"))
        let terms = RenewalTerms(
            activatedOn: activatedOn, endedOn: nil, cycle: cycle, price: Money(minorUnits: amount, currency: .eur))
        let from = try #require(CivilDate("2024-01-01"))
        let to = try #require(CivilDate("2025-01-01"))
        let window = try #require(AuditWindow(from: from, to: to))
        let schedule = RenewalSchedule(terms: terms, window: window)
        var account = SubscriptionAccount(row: 0, terms: terms, audit: AuditTerms(window: window))
        let renewal = try #require(schedule.renewal(1))
        var period = PeriodAccount(renewal)
        if let doubt { period.doubts.insert(doubt) }
        account.openPeriods = [period]
        return account
    }
}
