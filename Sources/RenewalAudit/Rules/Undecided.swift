import BillingRecords
import BillingValues

/// The evidence contradicts itself or is damaged, and a person decides.
///
/// Reported for a renewal that a rejected row, a charge with another period or a charge without a period may have
/// paid; for fewer late charges without a period than renewals that they may have paid; for money given back that
/// was never taken, that may undo either of two charges, or that names a charge which is not found; for a charge of
/// which banks contradict the export or each other (`contradicting-result`); for a charge that has been pending for
/// too long; for a renewal whose price, cycle or end the events and the subscription's row tell differently, or which
/// a rejected event may have changed; and once for a subscription whose contract could not be read or stands in the
/// file twice, or whose line stands there under several ids. An undecided renewal is never recovered.
///
/// Not to be confused with: `uncharged-renewal`, where nothing speaks for a payment.
///
/// What to do: look at the charges named in the evidence, mend the export, and run the audit again.
enum Undecided: RenewalRule {
    /// The rule's identifier.
    static let rule = AuditRule.undecided

    /// What the rule finds in the account of a subscription.
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms else { return [contract(account)] }
        let notDue = account.notDue.filter { !$0.doubtfulReturns.isEmpty }.compactMap { notDue in
            notDue.discrepancy(
                rule, in: account, confidence: .low, reason: "\(reason(.unassignedReturn)); \(notDue.obstacle.reason)")
        }
        // Nearly no period is doubtful; those that are not are not copied.
        return notDue
            + account.openPeriods.indices.filter { account.openPeriods[$0].isUndecided }.map { place in
                let period = account.openPeriods[place]
                return Discrepancy(
                    rule: rule, subject: .subscription(row: account.row), period: period.period,
                    dueOn: period.dueOn, expected: period.due, charged: period.net,
                    currency: terms.price.currency, confidence: .low,
                    charges: Set((period.doubtfulCharges + period.allCharges).map(\.position)).sorted(),
                    reason: period.withNote(reasons(period)))
            }
    }

    private static func contract(_ account: SubscriptionAccount) -> Discrepancy {
        Discrepancy(
            rule: rule, subject: .subscription(row: account.row), period: nil, dueOn: nil, expected: nil,
            charged: nil, currency: nil, confidence: .low, charges: [],
            reason: account.contractFault)
    }

    private static func reasons(_ period: PeriodAccount) -> String {
        let stated = period.doubts.flatMap { period.contradictions[$0] ?? [reason($0)] }
        return stated.sorted().joined(separator: "; ")
    }

    private static func reason(_ doubt: PeriodAccount.Doubt) -> String {
        switch doubt {
        case .uncertainTerms: "the events contradict each other"
        case .unknownPrice: "nothing tells what was due"
        case .uncertainEnd: "nobody can tell whether the line had ended"
        case .unreadableCharge: "a rejected row may have settled this renewal"
        case .contestedResult: "what banks say of a charge for this renewal contradicts the charge or itself"
        case .misdatedCharge:
            "a charge that states another period, which is paid without it, was made when this one was due"
        case .unassignedReturn: "money given back may undo a charge for this period or another one"
        case .unknownReference:
            "money given back names a charge that is not found once among those of the line that took money"
        case .overlappingCharge: "a charge that states another period covers days of this one"
        case .unassignedCharge: "a charge without a period may have settled this renewal"
        case .positiveRefund: "a refund or credit has a positive amount"
        case .refundWithoutCharge: "money was given back that was never taken"
        case .stalePending: "a charge has been pending for too long"
        case .sumOutOfRange: "the sum of the charges does not fit"
        }
    }
}
