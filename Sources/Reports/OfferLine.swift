import BillingValues
import RenewalAudit

/// The uncharged renewals of one offer, payment method and currency beside all of them that were due.
struct OfferLine {
    let offer: String
    let paymentMethod: String
    let currency: String
    let due: Int
    let uncharged: AuditCounts.Uncharged

    /// A line for each combination with due renewals, those with the most uncharged ones first.
    static func all(_ outcome: AuditOutcome, _ counts: AuditCounts) -> [OfferLine] {
        outcome.verdicts.dueByGroup.map { group, due in
            OfferLine(
                offer: outcome.subscriptions.offers[group.offer],
                paymentMethod: outcome.subscriptions.paymentMethods[group.paymentMethod],
                currency: Currency(packedCode: group.currency)?.alphabeticCode ?? "", due: due,
                uncharged: counts.unchargedByGroup[group] ?? AuditCounts.Uncharged())
        }.sorted {
            ($1.uncharged.renewals, $0.offer, $0.paymentMethod, $0.currency)
                < ($0.uncharged.renewals, $1.offer, $1.paymentMethod, $1.currency)
        }
    }
}
