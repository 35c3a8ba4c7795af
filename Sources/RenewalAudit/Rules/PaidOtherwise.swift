public import BillingRecords
public import BillingValues

/// A recovery was planned, and then another charge paid the renewal.
///
/// The ledger (`--ledger`) says that an earlier run planned to collect this renewal, and now a charge that is not the
/// recovery pays it: a late renewal, an adjustment. If the recovery is collected too, the customer pays twice. Its
/// reversal is in `withdrawn-charges.csv`. Reported once, by the run that sees it first.
///
/// Not to be confused with: a recovery that was collected, which settles the renewal (no finding); a renewal that was
/// paid twice without a ledger (`duplicate-charge`).
///
/// What to do: take the recovery charge back before its day of collection, or hand in the reversal.
public enum PaidOtherwise {
    /// The rule's identifier.
    static let rule = AuditRule.paidOtherwise

    /// The finding on one period.
    ///
    /// - Parameters:
    ///   - planned: what the recovery collects, on the day `collectOn`.
    ///   - net: what the customer has paid and kept, in minor units.
    ///   - isCollected: whether the recovery was collected, so that the customer has paid twice.
    ///   - charges: the charges that show it.
    public static func discrepancy(
        _ subject: Discrepancy.Subject, period: BillingPeriod, planned: Money, collectOn: CivilDate, net: Int64?,
        isCollected: Bool, charges: [RecordPosition]
    ) -> Discrepancy {
        Discrepancy(
            rule: rule, subject: subject, period: period, dueOn: nil, expected: planned.minorUnits,
            charged: net, currency: planned.currency, confidence: .high, charges: charges,
            reason: isCollected
                ? "its recovery was collected, and another charge paid the renewal too"
                : "its recovery is planned for \(collectOn), and another charge paid the renewal")
    }
}
