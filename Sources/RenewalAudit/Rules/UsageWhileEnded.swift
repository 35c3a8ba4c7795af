import BillingRecords
import BillingValues

/// A line was used after its subscription had ended.
///
/// Usage records in the window name the number of a subscription that had ended, or whose line was ported out, by their
/// day, and no other subscription had the number then. Reported once for a subscription, from the first day to the last;
/// no renewal is due for that time, and nothing is recovered.
///
/// Not to be confused with: a number that was given to another customer, whose subscription explains the usage.
///
/// What to do: see whether the line was switched off, and whether the end in the export is right: if the contract went on,
/// its renewals are missing.
public enum UsageWhileEnded {
    /// The rule's identifier.
    public static let rule = AuditRule.usageWhileEnded

    /// What the rule finds in the usage of all lines, in the order of the rows.
    public static func discrepancies(in usage: UsageEvidence) -> [Discrepancy] {
        usage.ended.sorted { $0.key < $1.key }.map { row, span in
            Discrepancy(
                rule: rule, subject: .subscription(row: row), period: BillingPeriod(start: span.first, end: span.last),
                dueOn: nil, expected: nil, charged: nil, currency: nil, confidence: .high, charges: [],
                reason: "\(span.words) after the end of the subscription")
        }
    }
}

extension UsageSpan {
    /// How many records there are, and of which days, in words.
    var words: String {
        let count = records == 1 ? "1 usage record" : "\(records) usage records"
        return first == last ? "\(count) of \(first)" : "\(count) from \(first) to \(last)"
    }
}
