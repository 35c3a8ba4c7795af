import BillingRecords
import BillingValues
import RenewalAudit

/// Where a charge belongs.
extension AuditOracle {
    func enter(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], life: Life) {
        if !charge.isSound {
            enterRejected(charge, in: &ledger, cycles: cycles)
        } else if let start = charge.periodStart {
            enter(charge, from: start, in: &ledger, cycles: cycles, life: life)
        } else if let day = charge.chargedOn, day.days(since: audit.window.from) < -audit.policy.graceDaysBefore {
            // Choice: what lies before the window belongs to renewals that nobody judges here.
            return
        } else if charge.pays, charge.amount >= 0 {
            enterByDay(charge, in: &ledger, cycles: cycles, life: life)
        } else if charge.isPosted {
            ledger.openReturns.append(charge)
        }
    }

    /// A charge that states its period.
    private func enter(
        _ charge: CaseCharge, from start: CivilDate, in ledger: inout Ledger, cycles: [Cycle], life: Life
    ) {
        if life.hasEnded(by: start) { return enterNotDue(charge, start, .ended, in: &ledger) }
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        // Choice: an attempt that failed takes no money, so nobody needs to look at its period.
        let takesMoney = charge.pays && charge.amount > 0 && (charge.status == .posted || charge.status == .pending)
        if let exact = cycles.first(where: { $0.period.start == start }) {
            let isIdle = exact.number > 0 && exact.state != .active
            if isIdle {
                enterNotDue(charge, start, exact.state, in: &ledger)
            } else {
                add(charge, to: exact, in: &ledger)
            }
            guard takesMoney, let end = charge.periodEnd, end != exact.period.end, end != exact.wholeEnd else { return }
            // Choice: a last period that ends with the line is no contradiction.
            if life.endsAfter(end) { return }
            if !isIdle { ledger.mismatches.append((charge, exact)) }
            if let stated, end > exact.period.end { ledger.covered.append(stated) }
            return
        }
        // Choice: the activation is no renewal, and a charge that is shifted beside it belongs to none.
        if let near = nearest(to: start, cycles: cycles), near.state != .ended, near.number > 0 {
            if near.state != .active { return enterNotDue(charge, near.period.start, near.state, in: &ledger) }
            add(charge, to: near, in: &ledger)
            if takesMoney { ledger.mismatches.append((charge, near)) }
            return
        }
        guard takesMoney else { return }
        ledger.mismatches.append((charge, nil))
        // Choice: a period without a last day is as long as the shortest of its cycle.
        let shortest = (cycles.last { $0.period.start <= start } ?? cycles.first)?.shortest ?? 1
        let end = charge.periodEnd ?? start.adding(days: shortest - 1) ?? start
        if let period = BillingPeriod(start: start, end: end) { ledger.covered.append(period) }
    }

    /// A payment that states no period, matched by its day.
    private func enterByDay(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], life: Life) {
        guard let day = charge.chargedOn else { return }
        if let near = nearest(to: day, cycles: cycles) {
            if near.state == .ended { return enterNotDue(charge, near.period.start, .ended, in: &ledger) }
            if near.state == .active || near.number == 0 { return add(charge, to: near, in: &ledger) }
            if !charge.isPosted { return enterNotDue(charge, near.period.start, near.state, in: &ledger) }
            if charge.amount > 0 { ledger.idlePayments.append((charge, near)) }
            return
        }
        guard charge.isPosted, charge.amount > 0 else { return }
        // Choice: within the grace behind the end it may still be late for the last renewal.
        if let ended = life.endDay(before: day), day.days(since: ended) > audit.policy.graceDaysAfter {
            return enterNotDue(charge, nil, .ended, in: &ledger)
        }
        ledger.openPayments.append(charge)
    }

    private func enterRejected(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle]) {
        if !charge.periodStartIsDamaged, let day = charge.periodStart ?? charge.chargedOn {
            let exact = cycles.first { charge.periodStart == $0.period.start }
            let near = nearest(to: day, cycles: cycles)
            // Choice: near a cycle for which nothing was due it may have been late for any other.
            let isIdle = near.map { $0.number > 0 && ($0.state == .suspended || $0.state == .free) } ?? false
            if let home = exact ?? (charge.periodStart == nil && isIdle ? nil : near) {
                for index in ledger.renewals.indices where ledger.renewals[index].period == home.period {
                    ledger.renewals[index].isDoubtful = true
                }
                return
            }
        }
        ledger.hasUnplaceableRow = true
    }

    /// Choice: a pending charge for time in which nothing is due counts, for it will take money.
    private func enterNotDue(_ charge: CaseCharge, _ start: CivilDate?, _ state: State, in ledger: inout Ledger) {
        guard charge.status == .posted || charge.status == .pending else { return }
        if let home = ledger.notDue.firstIndex(where: { $0.start == start && $0.state == state }) {
            ledger.notDue[home].charges.append(charge)
        } else {
            ledger.notDue.append((start, state, [charge]))
        }
    }

    /// Choice: a payment made when nothing was due may be late for the latest renewal that is unpaid by its day.
    func settle(_ ledger: inout Ledger) {
        let payments = ledger.idlePayments.sorted {
            ($0.charge.chargedOn ?? .earliest) < ($1.charge.chargedOn ?? .earliest)
        }
        for (charge, cycle) in payments {
            let home = ledger.renewals.lastIndex { renewal in
                guard let day = charge.chargedOn, renewal.period.start <= day else { return false }
                return isUnpaid(renewal) && !renewal.hasOpenPayment
            }
            if let home {
                ledger.renewals[home].hasOpenPayment = true
                ledger.renewals[home].isDoubtful = true
            } else {
                enterNotDue(charge, cycle.period.start, cycle.state, in: &ledger)
            }
        }
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
        guard let day = charge.chargedOn, charge.amount != 0 else { return }
        let paid = ledger.renewals.lastIndex { renewal in
            let isPaid = renewal.charges.contains {
                $0.isPosted && $0.amount > 0 && $0.currency == terms.price.currency
            }
            return isPaid && renewal.period.start <= day
        }
        let home = paid.flatMap { isRefund || charge.amount == -ledger.renewals[$0].price ? $0 : nil }
        // Choice: or to a later payment for a period in which the line was suspended or free.
        var idle: Int?
        for (index, group) in ledger.notDue.enumerated() where group.state != .ended && charge.amount < 0 {
            let sum = group.charges.filter(\.isPosted).reduce(0) { $0 + $1.amount }
            guard let start = group.start, start <= day, sum > 0, isRefund || charge.amount == -sum else { continue }
            if let home, ledger.renewals[home].period.start >= start { continue }
            if let idle, let other = ledger.notDue[idle].start, other >= start { continue }
            idle = index
        }
        if let idle {
            ledger.notDue[idle].charges.append(charge)
        } else if let home, charge.amount > 0 {
            // Choice: money that was given back and has the wrong sign is not added up with anything.
            ledger.renewals[home].hasStrangeReturn = true
        } else if let home {
            ledger.renewals[home].charges.append(charge)
        }
    }

    /// The renewals whose days a contradicting charge covers.
    func doubt(_ ledger: inout Ledger, covered: BillingPeriod) {
        for index in ledger.renewals.indices
        where ledger.renewals[index].period.overlaps(covered) && isUnpaid(ledger.renewals[index]) {
            ledger.renewals[index].isDoubtful = true
        }
    }

    /// Choice: a payment near no renewal may be late for the latest one that is unpaid by its day.
    ///
    /// Each payment for one of them; where there is none, it is out of place.
    func doubt(_ ledger: inout Ledger, openPayment charge: CaseCharge) {
        let home = ledger.renewals.lastIndex { renewal in
            guard let day = charge.chargedOn, renewal.period.start <= day, isUnpaid(renewal) else {
                return false
            }
            let isStale = renewal.charges.contains(where: isStale)
            return !renewal.isDoubtful && !isStale && !renewal.cycle.isUncertain && !renewal.cycle.mayHaveEnded
        }
        if let home {
            ledger.renewals[home].isDoubtful = true
        } else {
            ledger.mismatches.append((charge, nil))
        }
    }

    private func isUnpaid(_ renewal: Renewal) -> Bool {
        renewal.price > 0
            && !renewal.charges.contains { $0.isPosted || ($0.pays && $0.status == .pending && $0.amount >= 0) }
    }
}
