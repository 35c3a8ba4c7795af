public import BillingRecords
import BillingValues

/// What banks say of a charge contradicts the charge or itself.
///
/// Reported once for a charge: a result states another amount or currency; the charge was booked more than once without a
/// return between, or refused and booked on one day; the export says that it failed, and the bank says that it was booked
/// and never that it failed; several charges have the id; a row of the results was rejected. Nobody can tell what became
/// of such a charge, nor what the other payments of its line are for: each renewal of the line that nothing else has paid is
/// `undecided`, and none is recovered.
///
/// Not to be confused with: a charge that was booked and returned, refused and presented again, or told of in two files.
/// All these follow one upon the other and are no contradiction.
///
/// What to do: ask the bank for the entry, or look at the account; mend the export or leave the wrong file out, and run
/// the audit again.
public enum ContradictingResult {
    /// The rule's identifier.
    public static let rule = AuditRule.contradictingResult

    /// The findings on charges of the files, in their order.
    public static func discrepancies(in answered: AnsweredCharges, subscriptions: Subscriptions) -> [Discrepancy] {
        zip(answered.charges, answered.histories).compactMap { charge, history in
            guard let contradiction = history.contradiction else { return nil }
            let record = charge.record
            let start = CivilDate(dayNumber: record.periodStart.dayNumber)
            let day = start ?? CivilDate(dayNumber: record.chargedOn.dayNumber)
            let row = day.flatMap { subscriptions.row(ofAnyIdentifier: charge.subscription, inForceOn: $0) }
            return discrepancy(
                contradiction, subject: row.map { .subscription(row: $0) } ?? .stranger(charge.subscription),
                start: start, end: CivilDate(dayNumber: record.periodEndDay),
                amount: Currency(packedCode: record.currency).map {
                    Money(minorUnits: record.amount, currency: $0)
                }, at: charge.position, answered.results, group: charge.group)
        }
    }

    /// The findings on recovery charges that no file has, in their order.
    public static func discrepancies(
        in recoveries: [AnsweredRecovery], at positions: [RecordPosition], results: BankResults
    ) -> [Discrepancy] {
        zip(recoveries, positions).compactMap { recovery, position in
            guard let contradiction = recovery.history.contradiction else { return nil }
            return discrepancy(
                contradiction, subject: recovery.subject, start: recovery.periodStart, end: recovery.periodEnd,
                amount: recovery.amount, at: position, results, group: recovery.group)
        }
    }

    private static func discrepancy(
        _ contradiction: CollectionHistory.Contradiction, subject: Discrepancy.Subject, start: CivilDate?,
        end: CivilDate?, amount: Money?, at position: RecordPosition, _ results: BankResults, group: Int
    ) -> Discrepancy {
        Discrepancy(
            rule: rule, subject: subject, period: start.flatMap { BillingPeriod(start: $0, end: end ?? $0) },
            dueOn: nil, expected: amount?.minorUnits, charged: nil, currency: amount?.currency, confidence: .low,
            charges: [position], reason: contradiction.words)
    }
}
