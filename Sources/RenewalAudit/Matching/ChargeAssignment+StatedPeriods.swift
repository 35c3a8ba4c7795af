import BillingRecords
import BillingValues

/// Charges that state a service period.
extension ChargeAssignment {
    mutating func assign(_ charge: KeptCharge, statedStart start: CivilDate) {
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        if let obstacle = calendar.obstacle(on: start), obstacle.cause == .ended {
            addNotDue(charge, obstacle, start: start)
            return
        }
        if assignSpan(charge, stated: stated) { return }
        if let index = calendar.index(startingOn: start) {
            if let obstacle = obstacle(index) {
                addNotDue(charge, obstacle, start: start)
            } else {
                add(charge, toCycle: index)
            }
            noteStatedEnd(charge, stated, cycle: index)
            return
        }
        if let index = nearest(to: start), index >= calendar.firstRenewal {
            switch obstacle(index) {
            case nil:
                add(charge, toCycle: index)
                guard charge.takesMoney else { return }
                addMisplaced(charge, stated: stated, near: index)
                // Shifted by some days it ends some days late; beyond that it covers other renewals, too.
                if let stated, let period = calendar.period(index),
                    stated.end.days(since: period.end) > audit.policy.graceDaysAfter
                {
                    coveredPeriods.append((stated, charge))
                }
                return
            case let obstacle? where obstacle.cause != .ended:
                return addNotDue(charge, obstacle, start: calendar.period(index)?.start)
            default: break
            }
        }
        guard charge.takesMoney else { return }
        addMisplaced(charge, stated: stated, near: nil)
        let lastDay = charge.periodEnd ?? start.adding(days: calendar.shortestLength(on: start) - 1) ?? start
        if let covered = BillingPeriod(start: start, end: lastDay) { coveredPeriods.append((covered, charge)) }
    }

    /// Looks whether a charge whose period begins with a cycle states its last day, too.
    private mutating func noteStatedEnd(_ charge: KeptCharge, _ stated: BillingPeriod?, cycle index: Int) {
        guard charge.periodEnd != nil, let period = calendar.period(index), charge.takesMoney else { return }
        guard let stated else { return addMisplaced(charge, stated: nil, near: index) }
        guard stated.end != period.end, !calendar.mayEnd(stated.end, cycle: index) else { return }
        // Where nothing was due the charge is out of place already.
        if obstacle(index) == nil { addMisplaced(charge, stated: stated, near: index) }
        if stated.end > period.end { coveredPeriods.append((stated, charge)) }
    }
}
