import BillingRecords
import BillingValues

/// A renewal was paid earlier than the grace of the policy allows.
///
/// The first posted charge of the period is dated more than the grace (5 days by default) before the due day; a
/// date like 1970-01-01 is the commonest cause. A charge that states several periods is due when the first of them is.
///
/// Not to be confused with: a charge for the period before. A charge that states its period belongs to that period.
///
/// What to do: check the date of the charge; the renewal is paid and nothing is recovered.
enum ChargedEarly: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargedEarly

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard let first = period.firstRenewalPayment, let paidOn = first.chargedOn else { return nil }
        let parts = period.payments.filter { $0.isPart && $0.kind == .renewal && $0.chargedOn == paidOn }
        let dueOn = min(period.dueOn, parts.compactMap(\.periodStart).min() ?? period.dueOn)
        let days = paidOn.days(since: dueOn)
        guard days < -audit.policy.graceDaysBefore else { return nil }
        return PeriodVerdict(charged: period.net, charges: [first], reason: "charged \(-days) days before the due day")
    }
}

extension PeriodAccount {
    /// The first renewal charge that paid the period, if the period stays paid; recoveries come late by their nature.
    var firstRenewalPayment: KeptCharge? {
        guard !isUndecided, let net, net > 0 else { return nil }
        let first = payments.min { ($0.chargedOnDay, $0.position) < ($1.chargedOnDay, $1.position) }
        if first?.kind == .renewal { return first }
        // A recovery of the same day must not hide the renewal charge because it stands first in the files.
        return payments.first { $0.kind == .renewal && $0.chargedOnDay == first?.chargedOnDay }
    }

    /// How many days after the due day a charge was made.
    func daysFromDue(_ charge: KeptCharge) -> Int? {
        charge.chargedOn?.days(since: dueOn)
    }
}
