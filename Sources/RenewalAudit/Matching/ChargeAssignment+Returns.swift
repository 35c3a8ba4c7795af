import BillingRecords
import BillingValues

/// Money given back without a period.
///
/// It undoes what it repairs best: first a charge that should not exist, of exactly its amount, made by its day (the
/// surplus of a renewal that is paid without it, or a charge for which nothing was due), the latest of several; then the
/// latest payment. Of two equally late ones nobody can tell which it undoes.
extension ChargeAssignment {
    private enum Home: Hashable {
        case renewal(Int)
        case notDue(Int)
    }

    mutating func settleReturns() {
        returns.sort(by: KeptCharge.isEarlier)
        // First all that repair something: a payment given back must not hide that another was one too many.
        let others = returns.filter { !repair($0) }
        for charge in others { giveBack(charge) }
    }

    /// Lets a return undo a charge that should not exist; false if there is none of its amount.
    private mutating func repair(_ charge: KeptCharge) -> Bool {
        guard charge.amount < 0, let day = charge.chargedOn else { return false }
        let amount = -Int128(charge.amount)
        var candidates: [(home: Home, day: CivilDate)] = []
        if !isForeign(charge) {
            for place in account.periods.indices where !account.periods[place].assigned.isEmpty {
                if let made = surplusDay(place, of: amount, by: day) { candidates.append((.renewal(place), made)) }
            }
        }
        for (index, group) in account.notDue.enumerated() {
            let own = group.charges.filter { $0.isPosted && $0.currency == charge.currency }
            let days = own.filter { Int128($0.amount) == amount }.compactMap(\.chargedOn).filter { $0 <= day }
            let sum = own.reduce(Int128(0)) { $0 + Int128($1.amount) }
            if let last = days.max(), sum >= amount { candidates.append((.notDue(index), last)) }
        }
        guard let latest = candidates.map(\.day).max() else { return false }
        let homes = candidates.filter { $0.day == latest }.map(\.home)
        for home in homes {
            switch home {
            case .renewal(let place) where homes.count == 1: add(charge, as: .giveBack, place)
            case .renewal(let place): doubt(place, .unassignedReturn, charge)
            case .notDue(let index):
                if homes.count == 1 {
                    account.notDue[index].charges.append(charge)
                } else {
                    account.notDue[index].doubtfulReturns.append(charge)
                }
            }
        }
        return true
    }

    /// The day of the latest payment that a renewal has too much by a day, if what it has too much is this amount or
    /// holds a charge of it.
    private func surplusDay(_ place: Int, of amount: Int128, by day: CivilDate) -> CivilDate? {
        let period = account.periods[place]
        // The day of a charge on time need not be known, so it counts as made on the due day.
        let made = period.payments.compactMap { payment -> (day: CivilDate, amount: Int128)? in
            guard let paidOn = payment.chargedOn else { return nil }
            let isTimely = isOnTime(paidOn, dueOn: period.dueOn)
            return (isTimely ? period.dueOn : paidOn, Int128(payment.amount))
        }
        .filter { $0.day <= day }
        let given = period.returns.reduce(Int128(0)) { $0 + Int128($1.amount) }
        let surplus = made.reduce(given) { $0 + $1.amount } - Int128(period.due)
        guard surplus >= amount else { return nil }
        if let exact = made.filter({ $0.amount == amount }).map(\.day).max() { return exact }
        return surplus == amount ? made.map(\.day).max() : nil
    }

    /// Gives money back to the latest renewal that was paid on or before the day of the return and is not given back yet,
    /// or to a later payment for which nothing was due.
    private mutating func giveBack(_ charge: KeptCharge) {
        let isRefund = charge.kind == .refund || charge.kind?.paysRenewal ?? false
        guard let day = charge.chargedOn, charge.amount != 0 else { return }
        let paid = account.periods.indices.filter { place in
            account.periods[place].has(.payment) && account.periods[place].period.start <= day
        }
        let last = paid.last { account.periods[$0].net.map { $0 > 0 } ?? true } ?? paid.last
        let place = last.flatMap { isRefund || isExactly(charge, account.periods[$0].due) ? $0 : nil }
        if charge.amount < 0, giveBack(charge, day, after: place, isRefund: isRefund) { return }
        guard let place else { return }
        if charge.amount > 0 {
            doubt(place, .positiveRefund, charge)
        } else {
            add(charge, as: isForeign(charge) ? .foreign : .giveBack, place)
        }
    }

    /// Gives money back to charges for which nothing was due, later than a renewal; false if there are none.
    private mutating func giveBack(
        _ charge: KeptCharge, _ day: CivilDate, after place: Int?, isRefund: Bool
    ) -> Bool {
        var home: (index: Int, day: CivilDate)?
        for (index, group) in account.notDue.enumerated() {
            let own = group.charges.filter { $0.isPosted && $0.currency == charge.currency }
            guard let made = group.start ?? own.compactMap(\.chargedOn).max(), made <= day,
                let sum = PeriodAccount.sum(own), sum > 0, isRefund || isExactly(charge, sum),
                place.map({ account.periods[$0].period.start < made }) ?? true,
                home.map({ $0.day < made }) ?? true
            else { continue }
            home = (index, made)
        }
        guard let home else { return false }
        account.notDue[home.index].charges.append(charge)
        return true
    }

    /// Whether a return is of exactly an amount.
    private func isExactly(_ charge: KeptCharge, _ amount: Int64) -> Bool {
        Int128(charge.amount) + Int128(amount) == 0
    }
}
