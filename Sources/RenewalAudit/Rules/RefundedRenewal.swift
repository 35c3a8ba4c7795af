/// A renewal was charged and the money was given back, in whole or in part.
///
/// Somebody decided to give it back: a refund, a credit or a negative charge stands against the payment, and what
/// is left is less than the price. It is never charged again; charging a goodwill credit back is the worst mistake
/// that a recovery can make.
///
/// Money given back undoes the charge that it names (`refers_to`), or a charge of the period that it states. Without
/// either it goes to the latest payment, but only if it repairs no charge of exactly its amount that should not exist.
///
/// Not to be confused with: a duplicate that was given back (no finding), an attempt that was reversed by the bank
/// (`collection-failed`).
///
/// What to do: nothing, unless a person finds that it was given back by mistake.
enum RefundedRenewal: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.refundedRenewal

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard period.due > 0, !period.payments.isEmpty, !period.returns.isEmpty, !period.isUndecided,
            let net = period.net, period.isShort(net)
        else { return nil }
        return PeriodVerdict(
            charged: net, charges: period.payments + period.returns,
            reason: net > 0 ? "charged and given back in part" : "charged and given back")
    }
}
