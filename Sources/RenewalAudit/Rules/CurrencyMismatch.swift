/// A renewal was charged in another currency than the subscription's.
///
/// Amounts of two currencies are never added up or compared: the renewal is neither called paid nor uncharged, and
/// it is not recovered.
///
/// Not to be confused with: `wrong-amount`, where the currency is right.
///
/// What to do: find out which of the two is wrong, the contract or the charge.
enum CurrencyMismatch: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.currencyMismatch

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard !period.foreignCharges.isEmpty else { return nil }
        return PeriodVerdict(
            charged: nil, charges: period.foreignCharges,
            reason: "charged in another currency than the subscription's")
    }
}
