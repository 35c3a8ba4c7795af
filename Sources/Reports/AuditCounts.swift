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
            add(discrepancies[place], subscriptions, last: &lastUncharged)
        }
    }

    private mutating func add(
        _ discrepancy: borrowing Discrepancy, _ subscriptions: borrowing Subscriptions,
        last lastUncharged: inout Int?
    ) {
        rules[discrepancy.rule, default: RuleCount()].add(discrepancy)
        if discrepancy.isUnpaidRenewal { unpaidPeriods += 1 }
        if discrepancy.rule == .undecided, discrepancy.period != nil { undecidedRenewals += 1 }
        guard discrepancy.rule == .unchargedRenewal, case .subscription(let row) = discrepancy.subject else { return }
        if lastUncharged != row { unchargedSubscriptions += 1 }
        lastUncharged = row
        unchargedByGroup[RenewalGroup(row: row, in: subscriptions), default: Uncharged()].add(discrepancy)
        if let day = discrepancy.dueOn { unchargedByDay[day, default: Uncharged()].add(discrepancy) }
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
    fileprivate mutating func add(_ discrepancy: borrowing Discrepancy) {
        findings += 1
        let currency = discrepancy.currency?.packedCode ?? 0
        if let amount = discrepancy.expected { expected.add(amount: amount, currency: currency) }
        if let amount = discrepancy.charged { charged.add(amount: amount, currency: currency) }
        if let amount = discrepancy.difference { difference.add(amount: amount, currency: currency) }
    }
}

extension AuditCounts.Uncharged {
    fileprivate mutating func add(_ discrepancy: borrowing Discrepancy) {
        renewals += 1
        guard let currency = discrepancy.currency, let expected = discrepancy.expected else { return }
        amount.add(amount: expected, currency: currency.packedCode)
    }
}

extension Discrepancy {
    /// Whether it says that a due renewal was not, or not for certain, charged.
    fileprivate var isUnpaidRenewal: Bool {
        switch rule {
        case .unchargedRenewal, .collectionFailed, .refundedRenewal: true
        case .undecided: period != nil
        default: false
        }
    }
}
