import BillingRecords
import BillingValues

/// A charge names a subscription that is not in the subscriptions file.
///
/// Reported once for each id and stated period in the window, whatever the kind and status of the charge.
///
/// Not to be confused with: a line that is known under an earlier id.
///
/// What to do: look for a renumbering or a migration first; a subscriptions export that is older than the charges
/// is the commonest cause.
public enum UnknownSubscription {
    /// The rule's identifier.
    public static let rule = AuditRule.unknownSubscription

    private struct Group: Hashable {
        let subscription: [UInt8]
        let start: CivilDate?
    }

    /// What the rule finds among charges of nobody, which must come in the order of the files.
    ///
    /// O(charges).
    public static func discrepancies(in strangers: [StrangerCharge], audit: AuditTerms) -> [Discrepancy] {
        var found: [Discrepancy] = []
        var places: [Group: Int] = [:]
        for stranger in strangers {
            let charge = stranger.charge
            guard let day = charge.periodStart ?? charge.chargedOn, audit.window.contains(day) else { continue }
            let group = Group(subscription: stranger.subscription, start: charge.periodStart)
            guard let place = places[group] else {
                places[group] = found.count
                found.append(discrepancy(stranger))
                continue
            }
            found[place].charges.append(charge.position)
            let isSameCurrency = found[place].currency?.packedCode == charge.currency
            let sum = found[place].charged?.addingReportingOverflow(charge.takenAmount)
            found[place].charged = sum.flatMap { $0.overflow || !isSameCurrency ? nil : $0.partialValue }
        }
        return found
    }

    private static func discrepancy(_ stranger: StrangerCharge) -> Discrepancy {
        let charge = stranger.charge
        let period = charge.periodStart.flatMap { BillingPeriod(start: $0, end: charge.periodEnd ?? $0) }
        return Discrepancy(
            rule: rule, subject: .stranger(stranger.subscription), period: period, dueOn: nil, expected: nil,
            charged: charge.takenAmount, currency: Currency(packedCode: charge.currency), confidence: .high,
            charges: [charge.position], reason: "no subscription has this id")
    }
}

extension KeptCharge {
    /// The amount if the charge was posted, else 0.
    fileprivate var takenAmount: Int64 { isPosted ? amount : 0 }
}
