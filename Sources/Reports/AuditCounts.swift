import BillingRecords
import BillingValues
public import RenewalAudit

/// The numbers of an audit that people and machines ask for first, worked out once from its findings.
public struct AuditCounts: Sendable {
    /// Findings of one rule.
    struct RuleCount: Sendable {
        var findings = 0
        var expected = MoneyTally()
        var charged = MoneyTally()
        var difference = MoneyTally()
    }

    /// Uncharged renewals of some kind: how many, and how much money.
    struct Uncharged: Sendable {
        var renewals = 0
        var amount = MoneyTally()
    }

    /// Findings by rule, rules without findings left out.
    private(set) var rules: [AuditRule: RuleCount] = [:]

    /// Uncharged renewals by offer, payment method and currency.
    private(set) var unchargedByGroup: [RenewalGroup: Uncharged] = [:]

    /// Uncharged renewals by due day.
    private(set) var unchargedByDay: [CivilDate: Uncharged] = [:]

    /// How many subscriptions have uncharged renewals.
    private(set) var unchargedSubscriptions = 0

    /// Renewals that are due.
    let due: Int

    /// Renewals that wait for a collection under way or a planned recovery.
    let inCollection: Int

    /// How many due renewals a person has to decide on.
    private(set) var undecidedRenewals = 0

    /// Findings that stand for a due renewal nobody was charged for, by rule.
    private var unpaidPeriods = 0

    /// The numbers of an audit with these findings, which must be in report order.
    ///
    /// O(findings).
    public init(verdicts: RenewalVerdicts, discrepancies: [Discrepancy], subscriptions: Subscriptions) {
        due = verdicts.due
        inCollection = verdicts.inCollection
        var lastUncharged: Int?
        // Looked at in place: a copy of each would count references up and down.
        let discrepancies = discrepancies.span
        for place in discrepancies.indices {
            add(discrepancies, place, subscriptions, last: &lastUncharged)
        }
    }

    private mutating func add(
        _ discrepancies: Span<Discrepancy>, _ place: Int, _ subscriptions: borrowing Subscriptions,
        last lastUncharged: inout Int?
    ) {
        let rule = discrepancies[place].rule
        let amounts = Amounts(
            expected: discrepancies[place].expected, charged: discrepancies[place].charged,
            currency: discrepancies[place].currency)
        let hasPeriod = discrepancies[place].period != nil
        rules[rule, default: RuleCount()].add(amounts)
        if rule.leavesRenewalUnpaid(hasPeriod: hasPeriod) { unpaidPeriods += 1 }
        if rule == .undecided, hasPeriod { undecidedRenewals += 1 }
        guard rule == .unchargedRenewal, case .subscription(let row) = discrepancies[place].subject else { return }
        if lastUncharged != row { unchargedSubscriptions += 1 }
        lastUncharged = row
        unchargedByGroup[RenewalGroup(row: row, in: subscriptions), default: Uncharged()].add(amounts)
        if let day = discrepancies[place].dueOn { unchargedByDay[day, default: Uncharged()].add(amounts) }
    }

    /// What a finding says of money.
    fileprivate struct Amounts {
        let expected: Int64?
        let charged: Int64?
        let currency: Currency?
    }

    /// How many due renewals were charged in some way that no person need decide on.
    var charged: Int { due - unpaidPeriods - inCollection }

    /// The uncharged renewals.
    var uncharged: Uncharged {
        Uncharged(renewals: count(.unchargedRenewal), amount: rules[.unchargedRenewal]?.expected ?? MoneyTally())
    }

    /// How many findings a rule has.
    func count(_ rule: AuditRule) -> Int { rules[rule]?.findings ?? 0 }

    /// How many findings there are.
    var findings: Int { rules.values.reduce(0) { $0 + $1.findings } }
}

extension AuditCounts.RuleCount {
    fileprivate mutating func add(_ amounts: AuditCounts.Amounts) {
        findings += 1
        let currency = amounts.currency?.packedCode ?? 0
        if let amount = amounts.expected { expected.add(amount: amount, currency: currency) }
        if let amount = amounts.charged { charged.add(amount: amount, currency: currency) }
        if let amount = Discrepancy.difference(expected: amounts.expected, charged: amounts.charged) {
            difference.add(amount: amount, currency: currency)
        }
    }
}

extension AuditCounts.Uncharged {
    fileprivate mutating func add(_ amounts: AuditCounts.Amounts) {
        renewals += 1
        guard let currency = amounts.currency, let expected = amounts.expected else { return }
        amount.add(amount: expected, currency: currency.packedCode)
    }
}

extension AuditRule {
    /// Whether a finding of the rule says that a due renewal was not, or not for certain, charged.
    fileprivate func leavesRenewalUnpaid(hasPeriod: Bool) -> Bool {
        switch self {
        case .unchargedRenewal, .collectionFailed, .refundedRenewal: true
        case .undecided: hasPeriod
        default: false
        }
    }
}
