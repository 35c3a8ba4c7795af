import BillingRecords
import BillingValues
import RenewalAudit

/// Where a charge belongs.
extension AuditOracle {
    func enter(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], terms: RenewalTerms) {
        if !charge.isSound {
            enterRejected(charge, in: &ledger, cycles: cycles)
        } else if let start = charge.periodStart {
            enter(charge, from: start, in: &ledger, cycles: cycles, terms: terms)
        } else if charge.pays, charge.amount >= 0 {
            enterByDay(charge, in: &ledger, cycles: cycles, terms: terms)
        } else if charge.isPosted {
            ledger.openReturns.append(charge)
        }
    }

    /// A charge that states its period.
    private func enter(
        _ charge: CaseCharge, from start: CivilDate, in ledger: inout Ledger, cycles: [Cycle], terms: RenewalTerms
    ) {
        if let ended = terms.endedOn, start >= ended { return enterAfterEnd(charge, start, in: &ledger) }
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        // Choice: an attempt that failed takes no money, so nobody needs to look at its period.
        let takesMoney = charge.pays && charge.amount > 0 && (charge.status == .posted || charge.status == .pending)
        if let exact = cycles.first(where: { $0.period.start == start }) {
            add(charge, to: exact, in: &ledger)
            guard takesMoney, let end = charge.periodEnd, end != exact.period.end else { return }
            // Choice: a last period that ends with the line is no contradiction.
            if let ended = terms.endedOn, end == ended.adding(days: -1) { return }
            ledger.mismatches.append(charge)
            if let stated, end > exact.period.end { ledger.covered.append(stated) }
            return
        }
        // Choice: the activation is no renewal, and a charge that is shifted beside it belongs to none.
        if let near = nearest(to: start, cycles: cycles), !near.hasEnded, near.period != cycles.first?.period {
            add(charge, to: near, in: &ledger)
            if takesMoney { ledger.mismatches.append(charge) }
            return
        }
        guard takesMoney else { return }
        ledger.mismatches.append(charge)
        // Choice: a period without a last day is as long as the shortest of its cycle.
        let end = charge.periodEnd ?? start.adding(days: terms.cycle.shortestLengthInDays - 1) ?? start
        if let period = BillingPeriod(start: start, end: end) { ledger.covered.append(period) }
    }

    /// A payment that states no period, matched by its day.
    private func enterByDay(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], terms: RenewalTerms) {
        guard let day = charge.chargedOn else { return }
        if let near = nearest(to: day, cycles: cycles) {
            if near.hasEnded { return enterAfterEnd(charge, near.period.start, in: &ledger) }
            return add(charge, to: near, in: &ledger)
        }
        guard charge.isPosted, charge.amount > 0 else { return }
        // Choice: within the grace behind the end it may still be late for the last renewal.
        if let ended = terms.endedOn, day.days(since: ended) > audit.policy.graceDaysAfter {
            return enterAfterEnd(charge, nil, in: &ledger)
        }
        // Choice: what lies before the window belongs to renewals that nobody judges here.
        guard day.days(since: audit.window.from) >= -audit.policy.graceDaysBefore else { return }
        ledger.openPayments.append(charge)
    }

    private func enterRejected(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle]) {
        if !charge.periodStartIsDamaged, let day = charge.periodStart ?? charge.chargedOn {
            let exact = cycles.first { charge.periodStart == $0.period.start }
            if let home = exact ?? nearest(to: day, cycles: cycles) {
                for index in ledger.renewals.indices where ledger.renewals[index].period == home.period {
                    ledger.renewals[index].isDoubtful = true
                }
                return
            }
        }
        ledger.hasUnplaceableRow = true
    }

    /// Choice: a pending charge for time after the end counts, for it will take money.
    private func enterAfterEnd(_ charge: CaseCharge, _ start: CivilDate?, in ledger: inout Ledger) {
        if charge.status == .posted || charge.status == .pending { ledger.afterEnd.append((start, charge)) }
    }

    private func add(_ charge: CaseCharge, to cycle: Cycle, in ledger: inout Ledger) {
        for index in ledger.renewals.indices where ledger.renewals[index].period == cycle.period {
            ledger.renewals[index].charges.append(charge)
        }
    }

    /// The cycle that begins nearest to a day, within the grace; of two equally near the earlier.
    private func nearest(to day: CivilDate, cycles: [Cycle]) -> Cycle? {
        cycles.filter { cycle in
            let days = day.days(since: cycle.period.start)
            return -audit.policy.graceDaysBefore <= days && days <= audit.policy.graceDaysAfter
        }
        .min { abs(day.days(since: $0.period.start)) < abs(day.days(since: $1.period.start)) }
    }

    /// Choice: money given back without a period belongs to the latest renewal paid by then.
    ///
    /// A credit or an adjustment only if it is exactly the price, for it may have any other cause.
    func giveBack(_ charge: CaseCharge, in ledger: inout Ledger, terms: RenewalTerms) {
        let isRefund = charge.kind == .refund || charge.pays
        guard isRefund || charge.amount == -terms.price.minorUnits, let day = charge.chargedOn, charge.amount != 0
        else {
            return
        }
        let home = ledger.renewals.lastIndex { renewal in
            let isPaid = renewal.charges.contains {
                $0.isPosted && $0.amount > 0 && $0.currency == terms.price.currency
            }
            return isPaid && renewal.period.start <= day
        }
        if let home { ledger.renewals[home].charges.append(charge) }
    }

    /// The renewals whose days a contradicting charge covers.
    func doubt(_ ledger: inout Ledger, covered: BillingPeriod, price: Int64) {
        for index in ledger.renewals.indices
        where ledger.renewals[index].period.overlaps(covered) && isUnpaid(ledger.renewals[index], price) {
            ledger.renewals[index].isDoubtful = true
        }
    }

    /// Choice: a payment near no renewal may be late for the latest one that is unpaid by its day.
    ///
    /// Each payment for one of them; where there is none, it is out of place.
    func doubt(_ ledger: inout Ledger, openPayment charge: CaseCharge, price: Int64) {
        let home = ledger.renewals.lastIndex { renewal in
            guard let day = charge.chargedOn, renewal.period.start <= day, isUnpaid(renewal, price) else {
                return false
            }
            let isStale = renewal.charges.contains(where: isStale)
            return !renewal.isDoubtful && !isStale
        }
        if let home {
            ledger.renewals[home].isDoubtful = true
        } else {
            ledger.mismatches.append(charge)
        }
    }

    private func isUnpaid(_ renewal: Renewal, _ price: Int64) -> Bool {
        price > 0 && !renewal.charges.contains { $0.isPosted || ($0.pays && $0.status == .pending && $0.amount >= 0) }
    }
}
