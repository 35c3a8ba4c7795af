/// The rules of the audit; their identifiers never change.
public enum AuditRule: String, CaseIterable, Sendable, Comparable {
    case chargeAfterEnd = "charge-after-end"
    case chargeInFreePeriod = "charge-in-free-period"
    case chargeWhileSuspended = "charge-while-suspended"
    case chargedEarly = "charged-early"
    case chargedLate = "charged-late"
    case collectionFailed = "collection-failed"
    case contradictingResult = "contradicting-result"
    case currencyMismatch = "currency-mismatch"
    case duplicateCharge = "duplicate-charge"
    case paidOtherwise = "paid-otherwise"
    case partialCharge = "partial-charge"
    case periodMismatch = "period-mismatch"
    case refundedRenewal = "refunded-renewal"
    case unchargedActivationFee = "uncharged-activation-fee"
    case unchargedRenewal = "uncharged-renewal"
    case undecided
    case unknownResult = "unknown-result"
    case unknownSubscription = "unknown-subscription"
    case unnamedResult = "unnamed-result"
    case usageWhileEnded = "usage-while-ended"
    case usageWithoutSubscription = "usage-without-subscription"
    case wrongAmount = "wrong-amount"
    case zeroCharge = "zero-charge"

    /// The identifier, as it stands in every report.
    public var identifier: String { rawValue }

    /// Rules order as their identifiers do.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
