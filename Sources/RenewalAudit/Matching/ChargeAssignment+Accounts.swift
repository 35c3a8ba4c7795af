import BillingRecords
import BillingValues

/// How a charge comes to stand in an account.
extension ChargeAssignment {
    /// Adds a charge to the renewal of a cycle, if that is judged.
    mutating func add(_ charge: KeptCharge, toCycle index: Int) {
        guard let place = place(index) else { return }
        switch charge.status {
        case .failed, .reversed:
            if charge.kind?.paysRenewal ?? false { add(charge, as: .failure, place) }
        case .pending:
            if charge.kind?.paysRenewal ?? false, charge.amount >= 0 { addPending(charge, place) }
        case .posted where isForeign(charge): add(charge, as: .foreign, place)
        case .posted where charge.amount == 0: add(charge, as: .zero, place)
        case .posted where charge.amount < 0: add(charge, as: .giveBack, place)
        case .posted:
            if charge.kind == .refund || charge.kind == .credit { doubt(place, .positiveRefund, charge) }
            add(charge, as: .payment, place)
        }
    }

    /// Adds a charge in a role.
    mutating func add(_ charge: KeptCharge, as role: AssignedCharge.Role, _ place: Int) {
        account.periods[place].assigned.append(AssignedCharge(charge: charge, role: role))
    }

    private mutating func addPending(_ charge: KeptCharge, _ place: Int) {
        add(charge, as: .pending, place)
        // A planned recovery waits for its collection day; a renewal should have been collected by now.
        guard charge.kind == .renewal, let chargedOn = charge.chargedOn,
            audit.decidedOn.days(since: chargedOn) > audit.policy.pendingDays
        else { return }
        doubt(place, .stalePending, charge)
    }

    /// Notes a charge whose period is none of the contract's.
    mutating func addMisplaced(_ charge: KeptCharge, stated: BillingPeriod?, near index: Int?) {
        account.misplaced.append(
            .init(
                charge: charge, period: stated, nearRenewal: index.flatMap { calendar.period($0) },
                nearPrice: index.map { calendar.price(ofCycle: $0) } ?? 0))
    }

    /// Notes a charge for time in which nothing was due.
    mutating func addNotDue(_ charge: KeptCharge, _ obstacle: Obstacle, start: CivilDate?) {
        guard charge.status == .posted || charge.status == .pending else { return }
        let known = account.notDue.firstIndex { $0.start == start && $0.obstacle.cause == obstacle.cause }
        if let known {
            account.notDue[known].charges.append(charge)
            // The earliest of several stated ends, so that the order of the rows decides nothing.
            account.notDue[known].end = [account.notDue[known].end, charge.periodEnd].compactMap(\.self).min()
        } else {
            account.notDue.append(.init(obstacle: obstacle, start: start, end: charge.periodEnd, charges: [charge]))
        }
    }

    /// Notes why nobody can tell whether a renewal was paid, and the charge that is the reason.
    mutating func doubt(_ place: Int, _ doubt: PeriodAccount.Doubt, _ charge: KeptCharge) {
        account.periods[place].doubts.insert(doubt)
        if !account.periods[place].doubtfulCharges.contains(charge) {
            account.periods[place].doubtfulCharges.append(charge)
        }
    }
}

/// What contradicts itself when everything is assigned.
extension ChargeAssignment {
    mutating func noteContradictions() {
        for index in account.periods.indices where !account.periods[index].assigned.isEmpty {
            let period = account.periods[index]
            if period.payments.isEmpty, let first = period.returns.first { doubt(index, .refundWithoutCharge, first) }
            if period.net == nil || period.paid == nil, let first = period.payments.first {
                doubt(index, .sumOutOfRange, first)
            }
        }
    }

    /// Renewals whose days a charge covers that states another period are not called uncharged.
    mutating func noteCoverage() {
        for (covered, charge) in coveredPeriods {
            for index in account.periods.indices
            where account.periods[index].isUnpaid && account.periods[index].period.overlaps(covered) {
                doubt(index, .overlappingCharge, charge)
            }
        }
    }

    /// A charge that states a period which is paid without it, made on time for a renewal that is not paid, may state
    /// the wrong period.
    mutating func noteMisdatedCharges() {
        for place in account.periods.indices where account.periods[place].payments.count > 1 {
            let period = account.periods[place]
            guard let net = period.net else { continue }
            for charge in period.payments
            where charge.kind == .renewal && charge.periodStart != nil && charge.amount > 0 {
                let (rest, overflow) = net.subtractingReportingOverflow(charge.amount)
                guard !overflow, rest >= period.due, let day = charge.chargedOn,
                    !isOnTime(day, dueOn: period.dueOn),
                    let other = dueNearest(to: day).flatMap({ self.place($0) }), account.periods[other].isUnpaid
                else { continue }
                doubt(other, .misdatedCharge, charge)
            }
        }
    }
}
