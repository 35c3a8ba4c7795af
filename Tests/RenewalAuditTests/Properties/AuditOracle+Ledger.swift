import BillingRecords
import BillingValues
import RenewalAudit

/// Where a charge belongs.
extension AuditOracle {
    func enter(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], life: Life) {
        if !charge.isSound {
            enterRejected(charge, in: &ledger, cycles: cycles)
        } else if charge.namesAnother {
            if charge.isPosted { ledger.named.append(charge) }
        } else if let start = charge.periodStart {
            ledger.stated.append(charge)
            enter(charge, from: start, in: &ledger, cycles: cycles, life: life)
        } else if let day = charge.chargedOn, day.days(since: audit.window.from) < -audit.policy.graceDaysBefore {
            // Choice: what lies before the window belongs to renewals that nobody judges here.
            return
        } else if charge.pays, charge.amount > 0, charge.isPosted, charge.currency == life.currency {
            ledger.payments.append(charge)
        } else if charge.pays, charge.amount >= 0 {
            if charge.isPosted, charge.amount > 0 { ledger.foreignPayments.append(charge) }
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
        if enterSpan(charge, from: start, in: &ledger, cycles: cycles, life: life) { return }
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
            guard takesMoney else { return }
            ledger.mismatches.append((charge, near))
            // Choice: a period that ends more than the grace behind the renewal's covers others, too.
            if let stated, stated.end.days(since: near.period.end) > audit.policy.graceDaysAfter {
                ledger.covered.append(stated)
            }
            return
        }
        guard takesMoney else { return }
        ledger.mismatches.append((charge, nil))
        // Choice: a period without a last day is as long as the shortest of its cycle.
        let shortest = (cycles.last { $0.period.start <= start } ?? cycles.first)?.shortest ?? 1
        let end = charge.periodEnd ?? start.adding(days: shortest - 1) ?? start
        if let period = BillingPeriod(start: start, end: end) { ledger.covered.append(period) }
    }

    /// An attempt, a charge of zero or one in another currency, matched by its day.
    private func enterByDay(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle], life: Life) {
        guard let day = charge.chargedOn else { return }
        if let near = nearest(to: day, cycles: cycles) {
            if near.state == .active || (near.number == 0 && near.state != .ended) {
                return add(charge, to: near, in: &ledger)
            }
            if !charge.isPosted { return enterNotDue(charge, near.period.start, near.state, in: &ledger) }
            if charge.amount > 0 || near.state == .ended {
                ledger.strays.append((charge, near.period.start, near.state))
            }
            return
        }
        guard charge.isPosted, charge.amount > 0 else { return }
        // Choice: within the grace behind the end it may still be late for the last renewal.
        if let ended = life.endDay(before: day), day.days(since: ended) > audit.policy.graceDaysAfter {
            ledger.strays.append((charge, nil, .ended))
        } else {
            ledger.openPayments.append(charge)
        }
    }

    private func enterRejected(_ charge: CaseCharge, in ledger: inout Ledger, cycles: [Cycle]) {
        ledger.rejected.append(charge)
        guard let home = home(ofRejected: charge, cycles: cycles) else { return }
        for index in ledger.renewals.indices where ledger.renewals[index].period == home.period {
            ledger.renewals[index].isDoubtful = true
        }
    }

    /// The cycle that a rejected row names or is near to.
    private func home(ofRejected charge: CaseCharge, cycles: [Cycle]) -> Cycle? {
        guard !charge.periodIsDamaged, let day = charge.periodStart ?? charge.chargedOn else { return nil }
        if let exact = cycles.first(where: { charge.periodStart == $0.period.start }) { return exact }
        // Choice: near a cycle for which nothing was due it may have been late for any other.
        let near = nearest(to: day, cycles: cycles)
        let isIdle = near.map { $0.number > 0 && ($0.state == .suspended || $0.state == .free) } ?? false
        return isIdle ? nil : near
    }

    /// Choice: what a rejected row may have paid, had it been sound, is in doubt, whatever its amount.
    func doubtRejected(_ ledger: inout Ledger, cycles: [Cycle], life: Life) {
        doubtPayments(&ledger, life: life)
        doubtStated(&ledger, cycles: cycles, life: life)
        for charge in ledger.rejected {
            let places = ledger.renewals.indices.filter { place in
                life.firstLostDay != nil || mayHavePaid(charge, place, in: ledger, cycles: cycles)
            }
            for place in places { ledger.renewals[place].isDoubtful = true }
        }
    }

    /// Choice: behind a lost event a payment by day may be for any renewal that was due by then.
    private func doubtPayments(_ ledger: inout Ledger, life: Life) {
        guard let since = life.firstLostDay else { return }
        for charge in ledger.payments + ledger.foreignPayments + ledger.strays.map(\.charge) + ledger.openPayments {
            guard let day = charge.chargedOn, day.days(since: since) >= -audit.policy.graceDaysBefore else { continue }
            for place in ledger.renewals.indices
            where ledger.renewals[place].period.start.days(since: day) <= audit.policy.graceDaysBefore {
                ledger.renewals[place].isDoubtful = true
            }
        }
    }

    /// Choice: behind a lost event a charge may be for any renewal whose days its period covers, and for that on whose day
    /// it was made, if nothing else tells what became of them.
    private func doubtStated(_ ledger: inout Ledger, cycles: [Cycle], life: Life) {
        guard let since = life.firstLostDay else { return }
        for charge in ledger.stated {
            guard let start = charge.periodStart else { continue }
            let end = max(start, charge.periodEnd ?? start)
            if end.days(since: since) < -1 - audit.policy.graceDaysBefore { continue }
            let home = cycles.first { $0.period.start == start } ?? nearest(to: start, cycles: cycles)
            let isOnTime = ledger.renewals.contains { renewal in
                let days = charge.chargedOn?.days(since: renewal.period.start) ?? .max
                let isSure = !renewal.cycle.isUncertain && !renewal.cycle.mayHaveEnded
                return renewal.period == home?.period && isSure
                    && days >= -audit.policy.graceDaysBefore && days <= audit.policy.graceDaysAfter
            }
            let day = charge.kind == .renewal && charge.isPayment && !isOnTime ? charge.chargedOn : nil
            let other = day.flatMap { nearest(to: $0, cycles: cycles) }
            for place in ledger.renewals.indices where hasNoTrace(ledger.renewals[place]) {
                let period = ledger.renewals[place].period
                let covers = period.start <= end && start <= period.end
                if covers || other?.period == period { ledger.renewals[place].isDoubtful = true }
            }
        }
    }

    private func hasNoTrace(_ renewal: Renewal) -> Bool {
        isUnpaid(renewal) && !renewal.charges.contains { $0.pays && ($0.status == .failed || $0.status == .reversed) }
    }

    private func mayHavePaid(_ charge: CaseCharge, _ place: Int, in ledger: Ledger, cycles: [Cycle]) -> Bool {
        if charge.periodIsDamaged || (charge.periodStart == nil && charge.chargedOn == nil) { return true }
        // What late payments, and other rejected rows, are for depends on whether this row paid.
        if ledger.hasLatePayments || !ledger.strays.isEmpty || !ledger.openPayments.isEmpty { return true }
        if ledger.rejected.count > 1 { return true }
        // So does what money given back by day undoes.
        if !ledger.openReturns.isEmpty { return true }
        let period = ledger.renewals[place].period
        let near = home(ofRejected: charge, cycles: cycles)
        // It may be late for what was due by its day, or early within the grace. Had it paid the renewal that it names or
        // is near to, so may be what paid that one without stating a period.
        let others = ledger.renewals.filter { $0.period == near?.period }.flatMap(\.charges).filter { other in
            other.isPosted && other.amount > 0 && other.currency == ledger.currency
        }
        // Or it states the wrong period.
        let isMisdated = others.contains { other in
            other.periodStart != nil && other.kind == .renewal
                && other.chargedOn.map { nearest(to: $0, cycles: cycles)?.period == period } ?? false
        }
        if isMisdated { return true }
        let days = (others + [charge]).filter { $0.periodStart == nil }.compactMap(\.chargedOn)
        if days.contains(where: { period.start.days(since: $0) <= audit.policy.graceDaysBefore }) { return true }
        guard let start = charge.periodStart else { return false }
        guard let home = near else { return true }
        let end = charge.periodEnd ?? start
        // What is shifted beside the activation belongs to no cycle.
        let slack = start == home.period.start || home.number == 0 ? 0 : audit.policy.graceDaysAfter
        let covers = period.start <= end && start <= period.end
        if covers, end.days(since: home.period.end) > slack { return true }
        // It may state the wrong period: then it was made on the day of the right one.
        guard charge.kind == nil || charge.kind == .renewal, home.period != period else { return false }
        let isPaid = ledger.renewals.contains { $0.period == home.period && !isUnpaid($0) }
        return isPaid && (charge.chargedOn.map { nearest(to: $0, cycles: cycles)?.period == period } ?? true)
    }

    /// Choice: a pending charge for time in which nothing is due counts, for it will take money.
    func enterNotDue(_ charge: CaseCharge, _ start: CivilDate?, _ state: State, in ledger: inout Ledger) {
        guard charge.status == .posted || charge.status == .pending else { return }
        if let home = ledger.notDue.firstIndex(where: { $0.start == start && $0.state == state }) {
            ledger.notDue[home].charges.append(charge)
        } else {
            ledger.notDue.append((start, state, [charge], false))
        }
    }

    /// Choice: a payment made when nothing was due may be late for the latest renewals that are unpaid by its day, as many
    /// as its amount may have paid.
    func settleStrays(_ ledger: inout Ledger) {
        for (charge, start, state) in ledger.strays.sorted(by: { Self.isEarlier($0.charge, $1.charge) }) {
            let homes = unpaid(for: charge, in: ledger) { !$0.hasOpenPayment }
            for home in homes {
                ledger.renewals[home].hasOpenPayment = true
                ledger.renewals[home].isDoubtful = true
            }
            if homes.isEmpty { enterNotDue(charge, start, state, in: &ledger) }
        }
    }

    /// The latest unpaid renewals that come to the amount of a payment.
    func unpaid(for charge: CaseCharge, in ledger: Ledger, where isWanted: (Renewal) -> Bool) -> [Int] {
        var homes: [Int] = []
        var sum: Int64 = 0
        for index in ledger.renewals.indices.reversed() {
            let renewal = ledger.renewals[index]
            guard let day = charge.chargedOn, renewal.period.start <= day, isUnpaid(renewal), isWanted(renewal) else {
                continue
            }
            if sum >= charge.amount || (charge.currency != ledger.currency && !homes.isEmpty) { break }
            homes.append(index)
            sum += renewal.price
        }
        return homes
    }

    static func isEarlier(_ one: CaseCharge, _ other: CaseCharge) -> Bool {
        let days = (one.chargedOn ?? .earliest, other.chargedOn ?? .earliest)
        if days.0 != days.1 { return days.0 < days.1 }
        if one.amount != other.amount { return one.amount < other.amount }
        if one.currency != other.currency { return one.currency.packedCode < other.currency.packedCode }
        let kinds = (one.kind?.rawValue ?? 0, other.kind?.rawValue ?? 0)
        if kinds.0 != kinds.1 { return kinds.0 < kinds.1 }
        // Choice: of equal ones the one that was given back by name is one too many.
        return !one.isNamed && other.isNamed
    }

    func add(_ charge: CaseCharge, to cycle: Cycle, in ledger: inout Ledger) {
        for index in ledger.renewals.indices where ledger.renewals[index].period == cycle.period {
            ledger.renewals[index].charges.append(charge)
        }
    }

    /// The cycle that begins nearest to a day, within the grace; of two equally near the earlier.
    func nearest(to day: CivilDate, cycles: [Cycle]) -> Cycle? {
        cycles.filter { cycle in
            let days = day.days(since: cycle.period.start)
            return -audit.policy.graceDaysBefore <= days && days <= audit.policy.graceDaysAfter
        }
        .min { abs(day.days(since: $0.period.start)) < abs(day.days(since: $1.period.start)) }
    }

    /// The renewals whose days a contradicting charge covers.
    func doubt(_ ledger: inout Ledger, covered: BillingPeriod) {
        for index in ledger.renewals.indices
        where ledger.renewals[index].period.overlaps(covered) && isUnpaid(ledger.renewals[index]) {
            ledger.renewals[index].isDoubtful = true
        }
    }

    /// Choice: a payment that fits nothing may be late for the latest renewals unpaid by its day of which nothing else is in
    /// doubt; where there is none, it is out of place.
    func doubt(_ ledger: inout Ledger, openPayment charge: CaseCharge) {
        if !doubtUnpaid(&ledger, charge) { ledger.mismatches.append((charge, nil)) }
    }

    /// False if there is no such renewal.
    @discardableResult
    func doubtUnpaid(_ ledger: inout Ledger, _ charge: CaseCharge) -> Bool {
        let homes = unpaid(for: charge, in: ledger) { renewal in
            let isStale = renewal.charges.contains(where: isStale)
            return !renewal.isDoubtful && !isStale && !renewal.cycle.isUncertain && !renewal.cycle.mayHaveEnded
        }
        for home in homes {
            ledger.renewals[home].isDoubtful = true
            ledger.renewals[home].hasOpenPayment = true
        }
        return !homes.isEmpty
    }

    func isUnpaid(_ renewal: Renewal) -> Bool {
        renewal.price > 0
            && !renewal.charges.contains { $0.isPosted || ($0.pays && $0.status == .pending && $0.amount >= 0) }
    }
}
