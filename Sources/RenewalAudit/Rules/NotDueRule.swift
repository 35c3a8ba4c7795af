import BillingRecords
import BillingValues

/// A rule about charges for periods for which nothing was due.
protocol NotDueRule: RenewalRule {
    /// Why nothing was due.
    static var cause: Obstacle.Cause { get }
}

extension NotDueRule {
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        account.notDue.compactMap { notDue in
            guard notDue.obstacle.cause == cause, notDue.doubtfulReturns.isEmpty else { return nil }
            return notDue.discrepancy(rule, in: account, confidence: .high, reason: notDue.obstacle.reason)
        }
    }
}

extension SubscriptionAccount.NotDue {
    /// A finding on these charges, if they took money in the window.
    func discrepancy(
        _ rule: AuditRule, in account: SubscriptionAccount, confidence: Discrepancy.Confidence, reason: String
    ) -> Discrepancy? {
        guard let terms = account.terms else { return nil }
        // Charges without a period stand together; one of them in the window is enough.
        let days = start.map { [$0] } ?? charges.compactMap(\.chargedOn)
        let sums = sums(currency: terms.price.currency)
        guard days.contains(where: account.audit.window.contains), sums.hasSurplus else { return nil }
        return Discrepancy(
            rule: rule, subject: .subscription(row: account.row),
            // The stated period may be shifted so far that it ends before the cycle that it is near to begins.
            period: start.flatMap { BillingPeriod(start: $0, end: max($0, end ?? $0)) }, dueOn: nil,
            expected: 0, charged: sums.inCurrency, currency: terms.price.currency, confidence: confidence,
            charges: (charges + doubtfulReturns).map(\.position).sorted(), reason: reason)
    }

    /// What the charges come to, currency by currency: the sum in the subscription's own, if it fits, and whether
    /// any sum took money.
    private func sums(currency: Currency) -> (inCurrency: Int64?, hasSurplus: Bool) {
        var tally = MoneyTally()
        for charge in charges { tally.add(amount: charge.amount, currency: charge.currency) }
        let own = tally.entries.first { $0.currency == currency.packedCode }
        let amount = tally.entries.count == 1 ? own.flatMap { Int64(exactly: $0.amount) } : nil
        return (amount, tally.entries.contains { $0.amount > 0 })
    }
}
