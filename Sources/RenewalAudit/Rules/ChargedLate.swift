import BillingValues

/// A renewal was paid later than the grace of the policy allows.
///
/// The first posted charge of the period is dated more than the grace (5 days by default) after the due day. The
/// renewal is paid; nothing is recovered.
///
/// Not to be confused with: a charge that counts for the next period. A charge that states its period belongs to
/// that period, however late it is.
///
/// What to do: many of them on one day are a billing run that came late.
enum ChargedLate: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargedLate

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard let first = period.firstRenewalPayment, let days = period.daysFromDue(first),
            days > audit.policy.graceDaysAfter
        else { return nil }
        return PeriodVerdict(
            charged: period.net, charges: [first], reason: "charged \(days) days after the due day",
            paidOn: first.chargedOn)
    }
}
