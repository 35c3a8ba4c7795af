import BillingRecords
import BillingValues

/// A bank's result names a charge that nobody knows.
///
/// The reference (EndToEndId) of a result is the id of no charge in the files, of no recovery that the ledger or the
/// subscriptions tell of. Reported once for each reference, which stands in `charge_ids`, with all that banks say of it.
/// The money is real; whose it is these files do not tell.
///
/// Not to be confused with: a result that names nothing at all (`unnamed-result`), a charge of a subscription that is not
/// in the file (`unknown-subscription`).
///
/// What to do: look whether the export of the charges reaches back to the day on which the collection was sent; notices of
/// an account may also tell of payments that are no collections.
public enum UnknownResult {
    /// The rule's identifier.
    public static let rule = AuditRule.unknownResult

    /// The findings on some groups of results, in their order.
    public static func discrepancies(_ groups: [Int], in results: BankResults) -> [Discrepancy] {
        groups.map { group in
            let all = results.results(ofGroup: group)
            let history = CollectionHistory(exported: .pending, amount: nil, results: all)
            let amount = history.contradiction == nil ? all.lazy.compactMap(\.amount).first : nil
            return Discrepancy(
                rule: rule, subject: .reference(results.reference(ofGroup: group)), period: nil, dueOn: nil,
                expected: nil, charged: amount.map { history.status == .posted ? $0.minorUnits : 0 },
                currency: amount?.currency, confidence: .high, charges: [],
                reason: "no charge has this id; \(results.words(ofGroup: group))")
        }
    }
}
