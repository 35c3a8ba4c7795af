import BillingRecords
import BillingValues

/// Rows that were rejected, and charges of which banks say two things.
///
/// What such a row paid, nobody can tell before it is mended. Every renewal that it could have paid with some amount, had
/// it been sound, is in doubt where nothing else pays it: none of them is called uncharged, and nobody is charged again.
extension ChargeAssignment {
    /// Puts the renewal in doubt that a row names or is near to, and keeps the row for `noteUnreadable`.
    mutating func assignUnreadable(_ charge: KeptCharge) {
        guard charge.kind?.concernsRenewals ?? true else { return }
        unreadable.append(charge)
        guard let home = home(ofUnreadable: charge), let place = place(home) else { return }
        doubt(place, charge.doubt, charge)
    }

    /// Puts in doubt what else the rows may have paid, when all others are assigned.
    mutating func noteUnreadable() {
        for charge in unreadable {
            for place in account.periods.indices where mayHavePaid(charge, place) { doubt(place, charge.doubt, charge) }
        }
    }

    /// The cycle that a rejected row names or, if it states no period, is near to; nil if nobody can tell.
    private func home(ofUnreadable charge: KeptCharge) -> Int? {
        guard charge.reading == .unreadable else { return nil }
        if let start = charge.periodStart {
            if let exact = calendar.index(startingOn: start) { return exact }
            return nearest(to: start).flatMap { isIdle($0) ? nil : $0 }
        }
        return charge.chargedOn.flatMap { dueNearest(to: $0) }.flatMap { isIdle($0) ? nil : $0 }
    }

    private func mayHavePaid(_ charge: KeptCharge, _ place: Int) -> Bool {
        let renewal = account.periods[place]
        // Whether a contested charge paid decides what other payments are for, and a wrong period may be any.
        guard charge.reading == .unreadable else { return true }
        guard let start = charge.periodStart else {
            // Of any amount, it may be late for everything that was due by its day.
            guard let day = charge.chargedOn else { return true }
            return renewal.period.start <= day || renewal.dueOn.days(since: day) <= audit.policy.graceDaysBefore
        }
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        guard let stated, let home = home(ofUnreadable: charge) else { return true }
        if let period = calendar.period(home) {
            // One that is shifted by some days ends some days late, and is still for one renewal.
            let slack = period.start == start ? 0 : audit.policy.graceDaysAfter
            if stated.end.days(since: period.end) > slack, stated.overlaps(renewal.period) { return true }
        }
        // Where its renewal is paid without it, it may state the wrong period.
        guard charge.kind.map({ $0 == .renewal }) ?? true, let own = self.place(home), own != place,
            !account.periods[own].isUnpaid
        else { return false }
        return charge.chargedOn.map { dueNearest(to: $0) == renewal.cycle } ?? true
    }
}

extension KeptCharge {
    /// Why a charge that is not sound leaves a renewal open.
    fileprivate var doubt: PeriodAccount.Doubt { reading == .contested ? .contestedResult : .unreadableCharge }
}
