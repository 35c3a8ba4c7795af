import BillingRecords
import BillingValues
import RenewalAudit

/// What the charges of a renewal come to.
extension AuditOracle {
    func rules(for renewal: Renewal, terms: RenewalTerms) -> Set<AuditRule> {
        let price = renewal.price
        let posted = renewal.charges.filter(\.isPosted)
        let own = posted.filter { $0.currency == terms.price.currency }
        var rules = isForeign(posted, own) ? [AuditRule.currencyMismatch] : []
        let payments = own.filter(\.isPayment)
        let returns = own.filter { $0.amount < 0 }
        // Choice: an end that is in doubt leaves open whether even a paid renewal was due.
        if renewal.cycle.mayHaveEnded { return Set(rules + [.undecided]) }
        let sum = own.reduce(0) { $0 + $1.amount }
        let waits = posted.isEmpty && hasPending(renewal) && !renewal.charges.contains(where: isStale)
        if renewal.cycle.isUncertain, sum != price, !waits { return Set(rules + [.undecided]) }
        if renewal.hasStrangeReturn { return Set(rules + [.undecided]) }
        if payments.contains(where: { $0.kind == .refund || $0.kind == .credit }) {
            return Set(rules + [.undecided])
        }
        if price > 0, payments.isEmpty, !returns.isEmpty { return Set(rules + [.undecided]) }
        if price > 0, posted.isEmpty { return verdict(onNothingPosted: renewal) }
        let kept = (payments + returns).reduce(0) { $0 + $1.amount }
        // The doubt is settled where the price was paid, given back or charged in another currency anyway.
        let isPaid = !payments.isEmpty && kept >= price
        let isInCollection = hasPending(renewal) && !renewal.charges.contains(where: isStale)
        if renewal.isDoubtful, price > 0, !isPaid, returns.isEmpty, !isForeign(posted, own), !isInCollection {
            return [.undecided]
        }
        if payments.isEmpty {
            if price > 0, !own.isEmpty, !isForeign(posted, own) { rules.append(.zeroCharge) }
            return Set(rules)
        }
        if kept < price {
            rules.append(returns.isEmpty ? .partialCharge : .refundedRenewal)
        } else if kept > price {
            let full = payments.count { $0.amount >= price }
            rules.append(price > 0 && full >= 2 && kept >= 2 * price ? .duplicateCharge : .wrongAmount)
        }
        if kept > 0, let rule = untimely(payments, dueOn: renewal.period.start) { rules.append(rule) }
        return Set(rules)
    }

    /// Whether a renewal without posted charges was tried, is on its way, or may have been paid by a lost row.
    private func verdict(onNothingPosted renewal: Renewal) -> Set<AuditRule> {
        if renewal.charges.contains(where: isStale) { return [.undecided] }
        if hasPending(renewal) { return [] }
        if renewal.isDoubtful { return [.undecided] }
        let attempts = renewal.charges.filter { $0.pays && ($0.status == .failed || $0.status == .reversed) }
        return [attempts.isEmpty ? .unchargedRenewal : .collectionFailed]
    }

    /// Choice: the first payment is the one with the earliest day; a recovery is never untimely.
    private func untimely(_ payments: [CaseCharge], dueOn due: CivilDate) -> AuditRule? {
        let first = payments.compactMap(\.chargedOn).min()
        guard let first, payments.contains(where: { $0.chargedOn == first && $0.kind == .renewal }) else { return nil }
        if first.days(since: due) > audit.policy.graceDaysAfter { return .chargedLate }
        // Choice: a charge for several periods is due with the first of them.
        let shares = payments.filter { $0.isShare && $0.kind == .renewal && $0.chargedOn == first }
        let days = first.days(since: min(due, shares.compactMap(\.periodStart).min() ?? due))
        return days < -audit.policy.graceDaysBefore ? .chargedEarly : nil
    }

    private func isForeign(_ posted: [CaseCharge], _ own: [CaseCharge]) -> Bool { posted.count > own.count }

    private func hasPending(_ renewal: Renewal) -> Bool {
        renewal.charges.contains { $0.pays && $0.status == .pending && $0.amount >= 0 }
    }

    /// Whether a charge has been pending for too long; planned recoveries wait for their day.
    func isStale(_ charge: CaseCharge) -> Bool {
        guard charge.isSound, charge.kind == .renewal, charge.status == .pending, charge.amount >= 0,
            let day = charge.chargedOn
        else { return false }
        return audit.decidedOn.days(since: day) > audit.policy.pendingDays
    }
}
