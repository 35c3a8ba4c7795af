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
        // A damaged period may be any. Whether the row paid decides what late payments are for and what money given back
        // undoes, and each of several rows what the others are; where an event was rejected too, nobody knows what was due.
        guard charge.reading == .unreadable, unreadable.count == 1, firstDoubtfulDay == nil, !hasLatePayments,
            strays.isEmpty, leftovers.isEmpty, returns.isEmpty
        else { return true }
        let home = home(ofUnreadable: charge)
        if let home, payments(of: home).contains(where: { mayBeMisplaced($0, for: place) }) { return true }
        guard let start = charge.periodStart else {
            // Of any amount, it may be late for everything that was due by its day.
            return charge.chargedOn.map { isDue(place, by: $0) } ?? true
        }
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        guard let stated, let home else { return true }
        let renewal = account.periods[place]
        if let period = calendar.period(home) {
            // One that is shifted by some days ends some days late, and is still for one renewal; not so beside the
            // activation, to which a sound one would not belong.
            let isShifted = period.start != start && home >= calendar.firstRenewal
            let slack = isShifted ? audit.policy.graceDaysAfter : 0
            if stated.end.days(since: period.end) > slack, stated.overlaps(renewal.period) { return true }
        }
        // Where its renewal is paid without it, it may state the wrong period.
        guard charge.kind.map({ $0 == .renewal }) ?? true, let own = self.place(home), own != place,
            !account.periods[own].isUnpaid
        else { return false }
        return charge.chargedOn.map { dueNearest(to: $0) == renewal.cycle } ?? true
    }

    private func payments(of cycle: Int) -> [KeptCharge] {
        place(cycle).map { account.periods[$0].payments } ?? []
    }

    /// Whether a payment would be for a renewal if its own were paid by a rejected row: late, or with a wrong period.
    private func mayBeMisplaced(_ payment: KeptCharge, for place: Int) -> Bool {
        guard let day = payment.chargedOn else { return false }
        if payment.periodStart == nil { return isDue(place, by: day) }
        return payment.kind == .renewal && dueNearest(to: day) == account.periods[place].cycle
    }

    /// Whether a payment of a day may be for a renewal.
    func isDue(_ place: Int, by day: CivilDate) -> Bool {
        let renewal = account.periods[place]
        return renewal.period.start <= day || renewal.dueOn.days(since: day) <= audit.policy.graceDaysBefore
    }
}

extension KeptCharge {
    /// Why a charge that is not sound leaves a renewal open.
    var doubt: PeriodAccount.Doubt { reading == .contested ? .contestedResult : .unreadableCharge }
}
