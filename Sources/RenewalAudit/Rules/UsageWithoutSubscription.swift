import BillingRecords
import BillingValues

/// A number was used that no subscription has.
///
/// Usage records in the window name a number that is not in the subscriptions, or one whose subscription was activated
/// only later. A leading `+` or `00` makes no difference. Reported once for a number, from the first day to the last; of
/// very many numbers the first 10,000 are reported and the records of the others counted.
///
/// Not to be confused with: usage after the end of a subscription (`usage-while-ended`).
///
/// What to do: a subscriptions export that is older than the usage, or lacks an offer, is the commonest cause; a line in
/// service that nobody pays for is the dearest.
public enum UsageWithoutSubscription {
    /// The rule's identifier.
    public static let rule = AuditRule.usageWithoutSubscription

    /// What the rule finds in the usage of all lines, in the order in which the numbers were met.
    public static func discrepancies(in usage: UsageEvidence) -> [Discrepancy] {
        usage.strangers.numbers.map { stranger in
            Discrepancy(
                rule: rule, subject: .number(stranger.number),
                period: BillingPeriod(start: stranger.span.first, end: stranger.span.last), dueOn: nil, expected: nil,
                charged: nil, currency: nil, confidence: .high, charges: [],
                reason: "\(stranger.span.words), and no subscription had the number")
        }
    }
}
