import BillingRecords
import BillingValues

/// The fee for the activation was due by the offers file and nothing was charged for it.
///
/// Looked for only with an offers file that has a fee for the line's offer, and for lines that were activated in the
/// window. The fee is paid by a charge of the kind `activation`, by a `one_off` charge of its amount, or as a part of the
/// first collection of the billing calendar.
///
/// Not to be confused with: an uncharged renewal. The recovery does not collect a fee.
///
/// What to do: look whether the fee was waived; if all of them share an offer or a day, look for the billing run that did
/// not happen.
enum UnchargedActivationFee: RenewalRule {
    /// The rule's identifier.
    static let rule = AuditRule.unchargedActivationFee

    /// What the rule finds in the account of a subscription.
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms, let fee = account.activationFee, fee.charges.isEmpty, !fee.isDoubtful
        else { return [] }
        return [
            Discrepancy(
                rule: rule, subject: .subscription(row: account.row), period: fee.period, dueOn: fee.dueOn,
                expected: fee.due, charged: 0, currency: terms.price.currency, confidence: .medium, charges: [],
                reason: "no charge is one of the activation fee, alone or with the first periods")
        ]
    }
}
