/// The posted charges of a period sum to less than is due.
///
/// Prepaid balances often pay a part on the renewal day and the rest at the next top-up: the charges are added up
/// before they are judged, so a partial charge and its remainder are no finding. What is missing may be as much as the
/// tolerance of the policy, which is nothing by default. Of a charge that states several periods each gets what is due
/// for it, the oldest first, and the last what is left.
///
/// Not to be confused with: money that was taken and given back in part (`refunded-renewal`), a sum of nothing
/// (`zero-charge`).
///
/// What to do: see whether the remainder is still to come; the recovery does not collect it.
enum PartialCharge: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.partialCharge

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard !period.payments.isEmpty, period.returns.isEmpty, !period.isUndecided, let net = period.net,
            period.isShort(net)
        else { return nil }
        return PeriodVerdict(charged: net, charges: period.payments, reason: "the charges sum to less than is due")
    }
}
