import BillingValues

/// A renewal was paid later than the grace of the policy allows.
///
/// The first posted charge of the period is dated more than the grace (5 days by default) after the due day. The
/// renewal is paid; nothing is recovered. A charge that states no period is late for a renewal when it is exactly what is
/// open for it, or for it and all older open ones together, and when nothing else explains it; the finding then has
/// medium confidence.
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
        // Without a period the charge was assigned by its day and amount.
        let isAssigned = first.periodStart == nil
        return PeriodVerdict(
            charged: period.net, charges: [first],
            reason: "charged \(days) days after the due day" + (isAssigned ? ", without a period" : ""),
            confidence: isAssigned ? .medium : .high, paidOn: first.chargedOn)
    }
}
