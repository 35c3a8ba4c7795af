/// A due renewal was charged with an amount of zero.
///
/// A posted charge stands for the period, so the renewal was not forgotten, but it took no money although the price
/// is above zero.
///
/// Not to be confused with: a period that is free by contract, and `uncharged-renewal`.
///
/// What to do: look for a promotion that the contract does not show, or for a price that was lost.
enum ZeroCharge: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.zeroCharge

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard period.due > 0, !period.zeroCharges.isEmpty, period.payments.isEmpty, period.returns.isEmpty,
            period.foreignCharges.isEmpty, !period.isUndecided
        else { return nil }
        return PeriodVerdict(charged: 0, charges: period.zeroCharges, reason: "charged with an amount of zero")
    }
}
