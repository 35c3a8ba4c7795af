import BillingRecords
import BillingValues
import RenewalAudit

/// Money given back without a period.
extension AuditOracle {
    /// Whatever a return may undo: a renewal or a group of charges for which nothing was due.
    private enum Home {
        case renewal(Int), group(Int)
    }

    func giveBack(_ returns: [CaseCharge], in ledger: inout Ledger, life: Life) {
        var left: [CaseCharge] = []
        for charge in returns.sorted(by: Self.isEarlier) {
            if charge.amount >= 0 || !repair(charge, in: &ledger, life: life) { left.append(charge) }
        }
        for charge in left { giveBack(charge, in: &ledger, life: life) }
    }

    /// Choice: it repairs a charge too many of exactly its amount, the latest one; false if there is none.
    private func repair(_ charge: CaseCharge, in ledger: inout Ledger, life: Life) -> Bool {
        guard let day = charge.chargedOn else { return false }
        var found: [(home: Home, day: CivilDate)] = []
        for (index, renewal) in ledger.renewals.enumerated() where charge.currency == life.currency {
            let own = renewal.charges.filter { $0.isPosted && $0.currency == life.currency }
            let made = own.filter { $0.amount > 0 }.map { payment -> (day: CivilDate, amount: Int64) in
                // Choice: what is on time counts as made on the due day.
                let due = renewal.period.start
                let days = (payment.chargedOn ?? due).days(since: due)
                let isTimely = -audit.policy.graceDaysBefore <= days && days <= audit.policy.graceDaysAfter
                return (isTimely ? due : payment.chargedOn ?? due, payment.amount)
            }
            .filter { $0.day <= day }
            let given = own.filter { $0.amount < 0 }.reduce(0) { $0 + $1.amount }
            let tooMuch = made.reduce(given) { $0 + $1.amount } - renewal.price
            guard tooMuch >= -charge.amount else { continue }
            if let last = made.filter({ $0.amount == -charge.amount }).map(\.day).max() {
                found.append((.renewal(index), last))
            } else if tooMuch == -charge.amount, let last = made.map(\.day).max() {
                found.append((.renewal(index), last))
            }
        }
        for (index, group) in ledger.notDue.enumerated() {
            let own = group.charges.filter { $0.isPosted && $0.currency == charge.currency }
            let equal = own.filter { $0.amount == -charge.amount }.compactMap(\.chargedOn).filter { $0 <= day }
            guard let last = equal.max(), own.reduce(0, { $0 + $1.amount }) + charge.amount >= 0 else { continue }
            found.append((.group(index), last))
        }
        guard let latest = found.map(\.day).max() else { return false }
        let best = found.filter { $0.day == latest }
        for (home, _) in best {
            switch home {
            case .renewal(let index):
                if best.count > 1 {
                    ledger.renewals[index].hasStrangeReturn = true
                } else {
                    ledger.renewals[index].charges.append(charge)
                }
            case .group(let index):
                if best.count > 1 {
                    ledger.notDue[index].isDoubtful = true
                } else {
                    ledger.notDue[index].charges.append(charge)
                }
            }
        }
        return true
    }

    /// Choice: or else it belongs to the latest payment that is not given back yet.
    ///
    /// A credit or an adjustment only if it is exactly the price, for it may have any other cause.
    private func giveBack(_ charge: CaseCharge, in ledger: inout Ledger, life: Life) {
        let isRefund = charge.kind == .refund || charge.pays
        guard let day = charge.chargedOn, charge.amount != 0 else { return }
        var paid: Int?
        var kept: Int?
        for (index, renewal) in ledger.renewals.enumerated() where renewal.period.start <= day {
            let own = renewal.charges.filter { $0.isPosted && $0.currency == life.currency }
            guard own.contains(where: \.isPayment) else { continue }
            paid = index
            if own.reduce(0, { $0 + $1.amount }) > 0 { kept = index }
        }
        let home = (kept ?? paid).flatMap { isRefund || charge.amount == -ledger.renewals[$0].price ? $0 : nil }
        // Choice: or to a later payment for time in which nothing was due.
        var other: (index: Int, day: CivilDate)?
        for (index, group) in ledger.notDue.enumerated() where charge.amount < 0 {
            let own = group.charges.filter { $0.isPosted && $0.currency == charge.currency }
            let sum = own.reduce(0) { $0 + $1.amount }
            guard let made = group.start ?? own.compactMap(\.chargedOn).max(), made <= day, sum > 0,
                isRefund || charge.amount == -sum
            else { continue }
            if let home, ledger.renewals[home].period.start >= made { continue }
            if let other, other.day >= made { continue }
            other = (index, made)
        }
        if let other {
            ledger.notDue[other.index].charges.append(charge)
        } else if let home, charge.amount > 0 {
            // Choice: money that was given back and has the wrong sign is not added up with anything.
            ledger.renewals[home].hasStrangeReturn = true
        } else if let home {
            ledger.renewals[home].charges.append(charge)
        }
    }

    /// Choice: a charge that states a period paid without it, made on time for an unpaid renewal, may be of that one.
    func doubtMisdated(_ ledger: inout Ledger, cycles: [Cycle], life: Life) {
        for renewal in ledger.renewals {
            let own = renewal.charges.filter { $0.isPosted && $0.currency == life.currency }
            let sum = own.reduce(0) { $0 + $1.amount }
            guard own.count(where: \.isPayment) > 1 else { continue }
            for charge in own where charge.kind == .renewal && charge.periodStart != nil && charge.amount > 0 {
                guard sum - charge.amount >= renewal.price, let day = charge.chargedOn else { continue }
                let days = day.days(since: renewal.period.start)
                if -audit.policy.graceDaysBefore <= days && days <= audit.policy.graceDaysAfter { continue }
                guard let near = nearest(to: day, cycles: cycles) else { continue }
                for index in ledger.renewals.indices
                where ledger.renewals[index].period == near.period && isUnpaid(ledger.renewals[index]) {
                    ledger.renewals[index].isDoubtful = true
                }
            }
        }
    }
}
