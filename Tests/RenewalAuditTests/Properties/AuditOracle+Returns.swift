import BillingRecords
import BillingValues
import RenewalAudit

/// Money given back without a period.
extension AuditOracle {
    /// Whatever a return may undo: a renewal or a group of charges for which nothing was due.
    enum Home {
        case renewal(Int), group(Int)
    }

    func giveBack(_ returns: [CaseCharge], in ledger: inout Ledger, life: Life) {
        var left: [CaseCharge] = []
        for charge in returns.sorted(by: Self.isEarlier) {
            let homes = charge.amount < 0 ? repairs(charge, in: ledger, life: life) : []
            if homes.isEmpty { left.append(charge) } else { give(charge, to: homes, in: &ledger) }
        }
        for charge in left {
            if let home = latestPayment(charge, in: ledger, life: life) { give(charge, to: [home], in: &ledger) }
        }
    }

    /// Choice: of several homes nobody can tell which; money given back with the wrong sign is not added up with anything.
    func give(_ charge: CaseCharge, to homes: [Home], in ledger: inout Ledger) {
        for home in homes {
            switch home {
            case .renewal(let index):
                if homes.count > 1 || charge.amount > 0 {
                    ledger.renewals[index].hasStrangeReturn = true
                } else {
                    ledger.renewals[index].charges.append(charge)
                }
            case .group(let index):
                if homes.count > 1 {
                    ledger.notDue[index].isDoubtful = true
                } else {
                    ledger.notDue[index].charges.append(charge)
                }
            }
        }
    }

    /// Choice: it repairs a charge too many of exactly its amount, the latest one.
    func repairs(_ charge: CaseCharge, in ledger: Ledger, life: Life) -> [Home] {
        guard let day = charge.chargedOn else { return [] }
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
        let latest = found.map(\.day).max()
        return found.filter { $0.day == latest }.map(\.home)
    }

    /// Choice: or else it belongs to the latest payment that is not given back yet.
    ///
    /// A credit or an adjustment only if it is exactly the price, for it may have any other cause.
    func latestPayment(_ charge: CaseCharge, in ledger: Ledger, life: Life) -> Home? {
        let isRefund = charge.kind == .refund || charge.pays
        guard let day = charge.chargedOn, charge.amount != 0 else { return nil }
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
        return other.map { .group($0.index) } ?? home.map { .renewal($0) }
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
