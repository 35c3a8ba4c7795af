import BillingRecords
import BillingValues
import RenewalAudit

/// A second opinion: slow, plain, and written from the contract and the pages of the rules alone.
///
/// It shares the calendar of cycles with the engine and nothing else. It walks every cycle of a subscription, asks of every
/// charge where it belongs, adds up and judges. Where the contract leaves a choice, a comment begins with "Choice".
struct AuditOracle {
    let audit: AuditTerms

    /// A due renewal and what is known of it.
    struct Renewal {
        let cycle: Cycle
        var charges: [CaseCharge] = []
        var isDoubtful = false
        /// Whether money was given back with a positive amount.
        var hasStrangeReturn = false
        /// Whether a payment that belongs nowhere may be its own.
        var hasOpenPayment = false

        var period: BillingPeriod { cycle.period }
        var price: Int64 { cycle.price }
    }

    func findings(_ subscription: CaseSubscription, charges: [CaseCharge], events: [CaseEvent] = []) -> Set<Judgement> {
        var found: Set<Judgement> = []
        func report(_ rule: AuditRule, _ start: CivilDate?, _ expected: Int64?, _ charged: Int64?) {
            let verdict = Verdict(rule: rule, subscription: subscription.identifier, periodStart: start)
            found.insert(Judgement(verdict: verdict, expected: expected, charged: charged))
        }
        guard let terms = subscription.terms else {
            report(.undecided, nil, nil, nil)
            return found
        }
        let cycles = cycles(subscription, events)
        let life = Life(subscription, terms, events)
        var ledger = Ledger(
            currency: life.currency,
            renewals: cycles.filter { isJudged($0) && $0.state == .active }.map { Renewal(cycle: $0) })
        let given = Set(charges.filter { $0.isPosted && $0.namesAnother }.map(\.refersTo))
        let charges = charges.map { charge in
            var charge = charge
            charge.isNamed = !charge.identifier.isEmpty && given.contains(charge.identifier)
            return charge
        }
        for charge in charges where charge.kind?.concernsRenewals ?? true {
            enter(charge, in: &ledger, cycles: cycles, life: life)
        }
        settlePayments(&ledger, cycles: cycles, life: life)
        settleStrays(&ledger)
        settleNamed(&ledger, of: charges, cycles: cycles, life: life)
        giveBack(ledger.openReturns, in: &ledger, life: life)
        for doubtful in ledger.covered { doubt(&ledger, covered: doubtful) }
        doubtMisdated(&ledger, cycles: cycles, life: life)
        let openPayments = ledger.openPayments.sorted(by: Self.isEarlier)
        for payment in openPayments { doubt(&ledger, openPayment: payment) }
        doubtRejected(&ledger, cycles: cycles, life: life)
        let mismatches = Dictionary(grouping: ledger.mismatches, by: \.charge.periodStart)
        for (start, mismatches) in mismatches {
            let inWindow = mismatches.filter { mismatch in
                (start ?? mismatch.charge.chargedOn).map(audit.window.contains) ?? false
            }
            guard let first = inWindow.first else { continue }
            let isForeign = inWindow.contains { $0.charge.currency != terms.price.currency }
            report(
                .periodMismatch, start, first.near?.price ?? 0,
                isForeign ? nil : inWindow.reduce(0) { $0 + $1.charge.amount })
        }
        for group in ledger.notDue {
            let days = group.charges.compactMap { group.start ?? $0.chargedOn }
            guard days.contains(where: audit.window.contains) else { continue }
            let sums = Dictionary(grouping: group.charges, by: \.currency).mapValues { $0.reduce(0) { $0 + $1.amount } }
            guard sums.values.contains(where: { $0 > 0 }) else { continue }
            report(
                group.isDoubtful ? .undecided : rule(for: group.state), group.start, 0,
                sums.count == 1 ? sums[terms.price.currency] : nil)
        }
        for renewal in ledger.renewals {
            let own = renewal.charges.filter { $0.isPosted && $0.currency == terms.price.currency }
            let kept = own.reduce(0) { $0 + $1.amount }
            for rule in rules(for: renewal, terms: terms) {
                let charged: Int64? = rule == .currencyMismatch ? nil : kept
                report(rule, renewal.period.start, renewal.price, charged)
            }
        }
        return found
    }

    /// What becomes of the charges of one subscription.
    struct Ledger {
        let currency: Currency
        var renewals: [Renewal]
        var mismatches: [(charge: CaseCharge, near: Cycle?)] = []
        var notDue: [(start: CivilDate?, state: State, charges: [CaseCharge], isDoubtful: Bool)] = []
        var openReturns: [CaseCharge] = []
        var openPayments: [CaseCharge] = []
        /// Money given back that names a charge.
        var named: [CaseCharge] = []
        /// Payments by day.
        var payments: [CaseCharge] = []
        /// Payments by day in another currency.
        var foreignPayments: [CaseCharge] = []
        /// Charges by day when nothing was due.
        var strays: [(charge: CaseCharge, start: CivilDate?, state: State)] = []
        var covered: [BillingPeriod] = []
        var rejected: [CaseCharge] = []
        /// Sound charges that state a period.
        var stated: [CaseCharge] = []
        /// Whether some payments without a period are not simply the right one of a renewal.
        var hasLatePayments = false
    }

    private func rule(for state: State) -> AuditRule {
        switch state {
        case .suspended: .chargeWhileSuspended
        case .free: .chargeInFreePeriod
        case .ended, .active: .chargeAfterEnd
        }
    }

    /// Whether a cycle is a renewal of the window.
    func isJudged(_ cycle: Cycle) -> Bool { cycle.number > 0 && audit.window.contains(cycle.period.start) }
}
