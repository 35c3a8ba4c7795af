import BillingValues

/// A renewal was due and nothing was charged for it.
///
/// The line was active on the first day of the period, the price was above zero, and no charge of any status names
/// the period or falls near its first day. This is money that the operator never asked for: the one thing that the
/// recovery collects, and nothing else is.
///
/// Not to be confused with: a refused collection (`collection-failed`), money given back (`refunded-renewal`), a
/// charge whose value could not be read or whose period contradicts the contract (`undecided`).
///
/// What to do: look at the recovery plan; if all of them share an offer or a day, look for the billing run that
/// did not happen.
enum UnchargedRenewal: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.unchargedRenewal

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard period.isUnpaid, period.failures.isEmpty, !period.isUndecided else { return nil }
        let day = period.dueOn == period.period.start ? "first day" : "day of collection"
        return PeriodVerdict(charged: 0, charges: [], reason: "no charge names this period or falls near its \(day)")
    }
}
