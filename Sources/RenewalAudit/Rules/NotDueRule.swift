import BillingRecords
import BillingValues

/// A rule about charges for periods for which nothing was due.
protocol NotDueRule: RenewalRule {
    /// Why nothing was due.
    static var cause: Obstacle.Cause { get }
}

extension NotDueRule {
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms else { return [] }
        return account.notDue.compactMap { notDue in
            guard notDue.obstacle.cause == cause else { return nil }
            // Charges without a period stand together; one of them in the window is enough.
            let days = notDue.start.map { [$0] } ?? notDue.charges.compactMap(\.chargedOn)
            let sums = sums(notDue.charges, currency: terms.price.currency)
            guard days.contains(where: account.audit.window.contains), sums.hasSurplus else { return nil }
            return Discrepancy(
                rule: rule, subject: .subscription(row: account.row),
                period: notDue.start.flatMap { BillingPeriod(start: $0, end: notDue.end ?? $0) }, dueOn: nil,
                expected: 0, charged: sums.inCurrency, currency: terms.price.currency, confidence: .high,
                charges: notDue.charges.map(\.position), reason: notDue.obstacle.reason)
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
}
