/// Only failed or reversed attempts to collect a due renewal exist.
///
/// The renewal was charged, and the bank, the card or the balance refused it. The customer owes it, but it was not
/// missed: it belongs to dunning, and the recovery does not touch it.
///
/// Not to be confused with: `uncharged-renewal`, where nobody tried.
///
/// What to do: see whether dunning has it; a renewal that failed once and was paid later is no finding.
enum CollectionFailed: PeriodRule {
    /// The rule's identifier.
    static let rule = AuditRule.collectionFailed

    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict? {
        guard period.isUnpaid, !period.failures.isEmpty, !period.isUndecided else { return nil }
        return PeriodVerdict(charged: 0, charges: period.failures, reason: attempts(period.failures.count))
    }

    private static func attempts(_ count: Int) -> String {
        count == 1
            ? "the only attempt failed or was reversed"
            : "\(count) attempts failed or were reversed, and none succeeded"
    }
}
