/// A period is paid more than once, each time in full, and the money was not given back.
///
/// Two or more posted charges cover the whole price each, and what is left after refunds is at least twice the
/// price.
///
/// Not to be confused with: a partial charge and its remainder (no finding), a duplicate that was refunded (no
/// finding, with or without a period), a single charge that is too high (`wrong-amount`), late charges for other renewals.
///
/// What to do: give the surplus back.
enum DuplicateCharge: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.duplicateCharge

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard holds(for: period), let net = period.net else { return nil }
        return PeriodVerdict(
            charged: net, charges: period.payments + period.returns, reason: paid(times: period.fullPayments))
    }

    /// Whether a renewal is paid twice or more; `WrongAmount` leaves such renewals to this rule.
    static func holds(for period: PeriodAccount) -> Bool {
        guard period.due > 0, period.fullPayments >= 2, !period.isUndecided, let net = period.net else { return false }
        return !period.isShort(net / 2) && period.isExcessive(net)
    }

    private static func paid(times: Int) -> String { "paid in full \(times) times and not given back" }
}
