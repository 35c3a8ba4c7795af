import BillingRecords
import BillingValues

/// Charges behind a rejected event.
///
/// The event may have moved the periods, ended the line or changed the price, so nobody can tell what a charge is for that
/// was made, or that states a period, when it may have held. What it may have paid of what was due before is in doubt.
extension ChargeAssignment {
    /// Whether a charge that states a period may state one that a rejected event changed, or end where it changed one.
    func mayBeInDoubt(_ charge: KeptCharge, statedStart start: CivilDate) -> Bool {
        guard let firstDoubtfulDay else { return false }
        let lastDay = max(start, charge.periodEnd ?? start)
        return lastDay.days(since: firstDoubtfulDay) >= -1 - audit.policy.graceDaysBefore
    }

    /// Puts in doubt what charges behind the first day of a rejected event may be for.
    mutating func noteUnreadableEvents() {
        guard let firstDoubtfulDay else { return }
        // The renewal that a payment is near to may be none.
        for charge in payments + foreignPayments + strays.map(\.charge) + leftovers {
            guard let day = charge.chargedOn,
                day.days(since: firstDoubtfulDay) >= -audit.policy.graceDaysBefore
            else { continue }
            for place in account.periods.indices where isDue(place, by: day) { doubt(place, .unassignedCharge, charge) }
        }
        for charge in statedInDoubt { noteInDoubt(charge) }
    }

    /// Puts in doubt what a charge may be for whose stated period a rejected event may have changed: all renewals whose
    /// days it covers, and the one on whose day it was made.
    private mutating func noteInDoubt(_ charge: KeptCharge) {
        guard let start = charge.periodStart else { return }
        if let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start) {
            for place in account.periods.indices
            where hasNoTrace(place) && account.periods[place].period.overlaps(stated) {
                doubt(place, .overlappingCharge, charge)
            }
        }
        guard charge.kind == .renewal, charge.isPosted, charge.amount > 0, !isPlain(charge, statedStart: start),
            let place = charge.chargedOn.flatMap({ dueNearest(to: $0) }).flatMap({ place($0) }), hasNoTrace(place)
        else { return }
        doubt(place, .misdatedCharge, charge)
    }

    /// Whether nothing was charged for a renewal, and nobody tried.
    private func hasNoTrace(_ place: Int) -> Bool {
        account.periods[place].isUnpaid && account.periods[place].failures.isEmpty
    }

    /// Whether a charge was made on time for a renewal that it names or is near to, of which no event leaves a doubt.
    private func isPlain(_ charge: KeptCharge, statedStart start: CivilDate) -> Bool {
        guard let own = (calendar.index(startingOn: start) ?? nearest(to: start)).flatMap({ place($0) }),
            let day = charge.chargedOn
        else { return false }
        return isOnTime(day, dueOn: account.periods[own].dueOn) && account.periods[own].contradictions.isEmpty
    }
}
