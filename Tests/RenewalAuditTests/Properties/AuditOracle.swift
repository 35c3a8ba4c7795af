import BillingRecords
import BillingValues
import RenewalAudit

/// A second opinion: slow, plain, and written from the contract and the pages of the rules alone.
///
/// It shares the calendar with the engine and nothing else. It walks every cycle of a subscription, asks of every
/// charge where it belongs, adds up and judges. Where the contract leaves a choice, a comment begins with "Choice".
struct AuditOracle {
    let audit: AuditTerms

    /// A due renewal and what is known of it.
    struct Renewal {
        let period: BillingPeriod
        var charges: [CaseCharge] = []
        var isDoubtful = false
    }

    /// A cycle, and whether its renewal is due.
    struct Cycle {
        let period: BillingPeriod
        let isDue: Bool
        let hasEnded: Bool
    }

    func findings(_ subscription: CaseSubscription, charges: [CaseCharge]) -> Set<Verdict> {
        guard let terms = subscription.terms else {
            return [Verdict(rule: .undecided, subscription: subscription.identifier, periodStart: nil)]
        }
        let cycles = cycles(terms)
        var ledger = Ledger(renewals: cycles.filter(\.isDue).map { Renewal(period: $0.period) })
        for charge in charges where charge.kind?.concernsRenewals ?? true {
            enter(charge, in: &ledger, cycles: cycles, terms: terms)
        }
        for back in ledger.openReturns { giveBack(back, in: &ledger, terms: terms) }
        for doubtful in ledger.covered { doubt(&ledger, covered: doubtful, price: terms.price.minorUnits) }
        let openPayments = ledger.openPayments.sorted { ($0.chargedOn ?? .earliest) < ($1.chargedOn ?? .earliest) }
        for payment in openPayments { doubt(&ledger, openPayment: payment, price: terms.price.minorUnits) }
        if ledger.hasUnplaceableRow {
            for index in ledger.renewals.indices { ledger.renewals[index].isDoubtful = true }
        }
        var found: Set<Verdict> = []
        func report(_ rule: AuditRule, _ start: CivilDate?) {
            found.insert(Verdict(rule: rule, subscription: subscription.identifier, periodStart: start))
        }
        for charge in ledger.mismatches {
            guard let day = charge.periodStart ?? charge.chargedOn, audit.window.contains(day) else { continue }
            report(.periodMismatch, charge.periodStart)
        }
        for (start, charges) in Dictionary(grouping: ledger.afterEnd, by: \.start) {
            let days = charges.compactMap { start ?? $0.charge.chargedOn }
            guard days.contains(where: audit.window.contains) else { continue }
            let sums = Dictionary(grouping: charges, by: \.charge.currency).values.map { charges in
                charges.reduce(0) { $0 + $1.charge.amount }
            }
            if sums.contains(where: { $0 > 0 }) { report(.chargeAfterEnd, start) }
        }
        for renewal in ledger.renewals {
            for rule in rules(for: renewal, terms: terms) { report(rule, renewal.period.start) }
        }
        return found
    }

    /// What becomes of the charges of one subscription.
    struct Ledger {
        var renewals: [Renewal]
        var mismatches: [CaseCharge] = []
        var afterEnd: [(start: CivilDate?, charge: CaseCharge)] = []
        var openReturns: [CaseCharge] = []
        var openPayments: [CaseCharge] = []
        var covered: [BillingPeriod] = []
        var hasUnplaceableRow = false
    }

    /// All cycles from the activation to well behind the window.
    private func cycles(_ terms: RenewalTerms) -> [Cycle] {
        var cycles: [Cycle] = []
        while let period = terms.cycle.period(ofCycle: cycles.count, from: terms.activatedOn) {
            let start = period.start
            if start.days(since: audit.window.to) > 500 { break }
            let hasEnded = terms.endedOn.map { start >= $0 } ?? false
            let isDue = !cycles.isEmpty && !hasEnded && audit.window.contains(start)
            cycles.append(Cycle(period: period, isDue: isDue, hasEnded: hasEnded))
        }
        return cycles
    }
}
