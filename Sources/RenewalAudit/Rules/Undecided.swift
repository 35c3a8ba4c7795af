import BillingRecords
import BillingValues

/// The evidence contradicts itself or is damaged, and a person decides.
///
/// Reported for a renewal that a rejected row, a charge with another period or a charge without a period may have
/// paid; for money given back that was never taken; for a charge that has been pending for too long; and once for a
/// subscription whose contract could not be read or stands in the file twice. An undecided renewal is never
/// recovered.
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
        return account.openPeriods.filter(\.isUndecided).map { period in
            Discrepancy(
                rule: rule, subject: .subscription(row: account.row), period: period.period,
                dueOn: period.period.start, expected: period.due, charged: period.net,
                currency: terms.price.currency, confidence: .low,
                charges: Set((period.doubtfulCharges + period.allCharges).map(\.position)).sorted(),
                reason: reasons(period.doubts))
        }
    }

    private static func contract(_ account: SubscriptionAccount) -> Discrepancy {
        Discrepancy(
            rule: rule, subject: .subscription(row: account.row), period: nil, dueOn: nil, expected: nil,
            charged: nil, currency: nil, confidence: .low, charges: [],
            reason: "the subscription's row was rejected or stands twice, so nobody can tell which renewals were due")
    }

    private static func reasons(_ doubts: Set<PeriodAccount.Doubt>) -> String {
        doubts.map(reason).sorted().joined(separator: "; ")
    }

    private static func reason(_ doubt: PeriodAccount.Doubt) -> String {
        switch doubt {
        case .unreadableCharge: "a rejected row may have settled this renewal"
        case .overlappingCharge: "a charge that states another period covers days of this one"
        case .unassignedCharge: "a charge without a period may have settled this renewal"
        case .positiveRefund: "a refund or credit has a positive amount"
        case .refundWithoutCharge: "money was given back that was never taken"
        case .stalePending: "a charge has been pending for too long"
        case .sumOutOfRange: "the sum of the charges does not fit"
        }
    }
}
