import BillingRecords
import BillingValues

/// Money given back without a period.
///
/// It undoes what it repairs best: first a charge that should not exist, of exactly its amount, made by its day (the
/// surplus of a renewal that is paid without it, or a charge for which nothing was due), the latest of several; then the
/// latest payment. Of two equally late ones nobody can tell which it undoes.
extension ChargeAssignment {
    /// Whatever money given back may undo.
    enum Home: Hashable {
        case renewal(Int)
        case notDue(Int)
    }

    mutating func settleReturns() {
        returns.sort(by: KeptCharge.isEarlier)
        // First all that repair something: a payment given back must not hide that another was one too many.
        var others: [KeptCharge] = []
        for charge in returns {
            let homes = repairs(by: charge)
            if homes.isEmpty { others.append(charge) } else { give(charge, backTo: homes) }
        }
        for charge in others { give(charge, backTo: latestPayment(before: charge).map { [$0] } ?? []) }
    }

    /// Lets a return undo its home; of several nobody can tell which.
    mutating func give(_ charge: KeptCharge, backTo homes: [Home]) {
        guard homes.count == 1, let home = homes.first else { return doubt(homes, .unassignedReturn, charge) }
        switch home {
        case .renewal(let place) where charge.amount > 0: doubt(place, .positiveRefund, charge)
        case .renewal(let place): add(charge, as: isForeign(charge) ? .foreign : .giveBack, place)
        case .notDue(let index): account.notDue[index].charges.append(charge)
        }
    }

    /// Notes that a return may undo any of some homes, and why nobody can tell.
    mutating func doubt(_ homes: [Home], _ reason: PeriodAccount.Doubt, _ charge: KeptCharge) {
        for home in homes {
            switch home {
            case .renewal(let place): doubt(place, reason, charge)
            case .notDue(let index): account.notDue[index].doubtfulReturns.append(charge)
            }
        }
    }

    /// The charges that should not exist, of exactly the amount of a return, that were made last before it.
    func repairs(by charge: KeptCharge) -> [Home] {
        guard charge.amount < 0, let day = charge.chargedOn else { return [] }
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
        let latest = candidates.map(\.day).max()
        return candidates.filter { $0.day == latest }.map(\.home)
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

    /// The latest renewal that was paid on or before the day of a return and is not given back yet, or a later payment
    /// for which nothing was due.
    func latestPayment(before charge: KeptCharge) -> Home? {
        let isRefund = charge.kind == .refund || charge.kind?.paysRenewal ?? false
        guard let day = charge.chargedOn, charge.amount != 0 else { return nil }
        let paid = account.periods.indices.filter { place in
            account.periods[place].has(.payment) && account.periods[place].period.start <= day
        }
        let last = paid.last { account.periods[$0].net.map { $0 > 0 } ?? true } ?? paid.last
        let place = last.flatMap { isRefund || isExactly(charge, account.periods[$0].due) ? $0 : nil }
        var home: (index: Int, day: CivilDate)?
        for (index, group) in account.notDue.enumerated() where charge.amount < 0 {
            let own = group.charges.filter { $0.isPosted && $0.currency == charge.currency }
            guard let made = group.start ?? own.compactMap(\.chargedOn).max(), made <= day,
                let sum = PeriodAccount.sum(own), sum > 0, isRefund || isExactly(charge, sum),
                place.map({ account.periods[$0].period.start < made }) ?? true,
                home.map({ $0.day < made }) ?? true
            else { continue }
            home = (index, made)
        }
        return home.map { .notDue($0.index) } ?? place.map { .renewal($0) }
    }

    /// Whether a return is of exactly an amount.
    private func isExactly(_ charge: KeptCharge, _ amount: Int64) -> Bool {
        Int128(charge.amount) + Int128(amount) == 0
    }
}
