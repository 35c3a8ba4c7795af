/// The posted charges of a period sum to more than is due.
///
/// The sum counts every posted charge of the period less what was given back, so a charge that was too high and
/// corrected by a refund is no finding. Nor is one within the tolerance of the policy, which is nothing by default. Of a
/// charge that states several periods the last one has what is too much.
///
/// Not to be confused with: the same price taken twice (`duplicate-charge`), a sum that is too low
/// (`partial-charge`), a sum of nothing (`zero-charge`).
///
/// What to do: check the price in force on the first day of the period; give back what is too much.
enum WrongAmount: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.wrongAmount

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard !period.payments.isEmpty, !period.isUndecided, let net = period.net, period.isExcessive(net),
            !DuplicateCharge.holds(for: period)
        else { return nil }
        return PeriodVerdict(
            charged: net, charges: period.payments + period.returns, reason: "the charges sum to more than is due")
    }
}
