import BillingRecords
import BillingValues
import RenewalAudit

/// Money given back that names a charge.
extension AuditOracle {
    func settleNamed(_ ledger: inout Ledger, of charges: [CaseCharge], cycles: [Cycle], life: Life) {
        func target(_ charge: CaseCharge) -> CaseCharge? {
            let named = charges.filter { $0.isSound && $0.identifier == charge.refersTo }
            // Choice: money given back is no charge that could be undone.
            return named.count == 1 && named[0].amount > 0 ? named[0] : nil
        }
        let sorted = ledger.named.sorted(by: Self.isEarlier)
        var givenBack: [String: [Int: Int64]] = [:]
        for charge in sorted where target(charge) != nil {
            undo(charge, in: &ledger, life: life, givenBack: &givenBack[charge.refersTo, default: [:]])
        }
        // Choice: what it would undo without a name that nobody has is in doubt.
        for charge in sorted where target(charge) == nil {
            doubt(homes(of: charge, in: ledger, cycles: cycles, life: life), in: &ledger)
        }
    }

    private func doubt(_ homes: [Home], in ledger: inout Ledger) {
        for home in homes {
            switch home {
            case .renewal(let index): ledger.renewals[index].hasStrangeReturn = true
            case .group(let index): ledger.notDue[index].isDoubtful = true
            }
        }
    }

    /// `givenBack` has what was given back before of each part of the charge.
    private func undo(_ charge: CaseCharge, in ledger: inout Ledger, life: Life, givenBack: inout [Int: Int64]) {
        var parts: [(home: Home, amount: Int64, currency: Currency)] = []
        for (index, renewal) in ledger.renewals.enumerated() {
            for other in renewal.charges where other.identifier == charge.refersTo {
                let isForeign = other.isPosted && other.currency != life.currency
                if other.isPayment || isForeign {
                    parts.append((.renewal(index), other.amount, other.currency))
                } else if renewal.price > 0 {
                    ledger.renewals[index].hasStrangeReturn = true
                }
            }
        }
        for (index, group) in ledger.notDue.enumerated() {
            for other in group.charges where other.identifier == charge.refersTo {
                parts.append((.group(index), other.amount, other.currency))
            }
        }
        // Choice: nobody shares out money with the wrong sign, or over amounts of another currency.
        guard charge.amount < 0, parts.count < 2 || parts.allSatisfy({ $0.currency == charge.currency }) else {
            return doubt(parts.map(\.home), in: &ledger)
        }
        // Choice: of several periods the latest are given back first, and the first has the rest.
        var left = -charge.amount
        for (number, part) in parts.enumerated().reversed() {
            let open = part.amount - givenBack[number, default: 0]
            let taken = number == 0 ? left : min(left, open)
            givenBack[number, default: 0] += taken
            left -= taken
            var share = charge
            share.amount = -taken
            if taken > 0 { give(share, to: [part.home], in: &ledger) }
        }
    }

    private func homes(of charge: CaseCharge, in ledger: Ledger, cycles: [Cycle], life: Life) -> [Home] {
        guard let start = charge.periodStart else {
            let repairs = charge.amount < 0 ? repairs(charge, in: ledger, life: life) : []
            return repairs.isEmpty
                ? [latestPayment(charge, in: ledger, life: life)].compactMap { $0 } : repairs
        }
        if !cycles.contains(where: { $0.period.start == start }), let near = nearest(to: start, cycles: cycles),
            let index = ledger.renewals.firstIndex(where: { $0.period == near.period })
        {
            return [.renewal(index)]
        }
        let last = charge.periodEnd ?? start
        let isMeant = { (day: CivilDate) in start <= day && day <= max(start, last) }
        return ledger.renewals.indices.filter { isMeant(ledger.renewals[$0].period.start) }.map { .renewal($0) }
            + ledger.notDue.indices.filter { ledger.notDue[$0].start.map(isMeant) ?? false }.map { .group($0) }
    }
}
