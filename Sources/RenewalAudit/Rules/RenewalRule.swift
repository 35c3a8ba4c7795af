import BillingRecords
import BillingValues

/// A rule of the audit: what it looks for in the account of one subscription.
///
/// A rule reads accounts and nothing else. Its doc comment is the page that users read (`rinnovo rules explain`):
/// what it finds, what it is not to be confused with, and what to do.
protocol RenewalRule: SendableMetatype {
    /// The rule's identifier.
    static var rule: AuditRule { get }

    /// What the rule finds, at most one discrepancy a period.
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy]
}

/// A rule that judges each due renewal by itself.
protocol PeriodRule: RenewalRule {
    /// What the rule finds in one renewal's account, if anything.
    static func verdict(on period: PeriodAccount, audit: AuditTerms) -> PeriodVerdict?
}

/// What a rule says of one renewal.
struct PeriodVerdict {
    /// What was charged and kept, in minor units; nil where it cannot be told.
    var charged: Int64?

    /// The charges that prove it.
    var charges: [KeptCharge]

    /// Why, in words.
    var reason: String

    /// How sure the audit is.
    var confidence = Discrepancy.Confidence.high

    /// The day on which the renewal was charged, where that is the finding.
    var paidOn: CivilDate?
}

extension PeriodRule {
    static func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        guard let terms = account.terms else { return [] }
        var found: [Discrepancy] = []
        // Looked at in place: a copy of each would count references up and down, for every rule again.
        let periods = account.openPeriods.span
        for place in periods.indices {
            guard let verdict = verdict(on: periods[place], audit: account.audit) else { continue }
            found.append(
                Discrepancy(
                    rule: rule, subject: .subscription(row: account.row), period: periods[place].period,
                    dueOn: periods[place].dueOn, expected: periods[place].due, charged: verdict.charged,
                    currency: terms.price.currency, confidence: verdict.confidence,
                    charges: verdict.charges.map(\.position).sorted(),
                    reason: periods[place].withNote(verdict.reason), paidOn: verdict.paidOn))
        }
        return found
    }
}

extension PeriodAccount {
    /// A reason, with the event that set what is due.
    func withNote(_ reason: String) -> String { note.map { "\(reason); due: \($0)" } ?? reason }
}

/// The rules that judge subscriptions; the order has no meaning, the findings are sorted.
enum RenewalRules {
    /// Every rule that reads the account of a subscription.
    static let all: [any RenewalRule.Type] = [
        ChargeAfterEnd.self, ChargeInFreePeriod.self, ChargeWhileSuspended.self, ChargedEarly.self, ChargedLate.self,
        CollectionFailed.self, CurrencyMismatch.self, DuplicateCharge.self, PartialCharge.self, PeriodMismatch.self,
        RefundedRenewal.self, UnchargedActivationFee.self, UnchargedRenewal.self,
        Undecided.self, WrongAmount.self, ZeroCharge.self,
    ]

    /// The rules that find something where there is no charge; all others are about charges.
    static let withoutCharges: [any RenewalRule.Type] = [
        UnchargedActivationFee.self, UnchargedRenewal.self, Undecided.self,
    ]
}
