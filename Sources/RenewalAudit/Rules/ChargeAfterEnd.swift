import BillingRecords
import BillingValues

/// A renewal was charged for time after the end of the subscription.
///
/// The period that the charge states starts on or after the day on which the subscription ended, and the money was
/// not given back. Charging a line that has left is worse than missing a charge.
///
/// Not to be confused with: the last bill, which carries usage and fees; only renewals and recoveries count here.
///
/// What to do: give the money back, and see why billing does not know that the line has ended.
enum ChargeAfterEnd: RenewalRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargeAfterEnd

    /// What the rule finds in the account of a subscription.
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms else { return [] }
        return account.afterEnd.compactMap { afterEnd in
            // Charges without a period stand together; one of them in the window is enough.
            let days = afterEnd.start.map { [$0] } ?? afterEnd.charges.compactMap(\.chargedOn)
            let sums = sums(afterEnd.charges, currency: terms.price.currency)
            guard days.contains(where: account.audit.window.contains), sums.hasSurplus else { return nil }
            return Discrepancy(
                rule: rule, subject: .subscription(row: account.row),
                period: afterEnd.start.flatMap { BillingPeriod(start: $0, end: afterEnd.end ?? $0) }, dueOn: nil,
                expected: 0, charged: sums.inCurrency, currency: terms.price.currency, confidence: .high,
                charges: afterEnd.charges.map(\.position), reason: reason(terms.endedOn))
        }
    }

    /// What the charges come to, currency by currency: the sum in the subscription's own, if it fits, and whether
    /// any sum took money.
    private static func sums(
        _ charges: [KeptCharge], currency: Currency
    ) -> (inCurrency: Int64?, hasSurplus: Bool) {
        var tally = MoneyTally()
        for charge in charges { tally.add(amount: charge.amount, currency: charge.currency) }
        let own = tally.entries.first { $0.currency == currency.packedCode }
        let amount = tally.entries.count == 1 ? own.flatMap { Int64(exactly: $0.amount) } : nil
        return (amount, tally.entries.contains { $0.amount > 0 })
    }

    private static func reason(_ endedOn: CivilDate?) -> String {
        guard let endedOn else { return "charged for time after the end of the subscription" }
        return "the subscription ended on \(endedOn)"
    }
}
