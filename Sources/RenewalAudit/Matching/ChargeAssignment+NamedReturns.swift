import BillingRecords
import BillingValues

/// Money given back that names the charge which it undoes.
///
/// The name goes before whatever period the return states. Where it names no charge of the line, or an id that stands
/// twice, what it would undo without a name is in doubt: it is never silently taken for another one.
extension ChargeAssignment {
    /// A charge that is named, or its part for one of several periods.
    private struct NamedPart {
        let home: Home
        let tookMoney: Bool
        let currency: UInt32
        /// What was not given back yet, in minor units.
        var left: Int64
    }

    /// Marks the payments without a period that are given back by name: of equal ones they are one too many.
    mutating func markNamedPayments() {
        let named = namedPositions
        guard !named.isEmpty else { return }
        for index in payments.indices where named.contains(payments[index].position.withoutOffset) {
            payments[index].isNamed = true
        }
    }

    /// Lets each return undo the charge that it names.
    mutating func settleNamedReturns() {
        guard !namedReturns.isEmpty else { return }
        namedReturns.sort { KeptCharge.isEarlier($0.charge, $1.charge) }
        var parts = namedParts
        for case (let charge, .charge(let position)) in namedReturns {
            // A charge that bears on no judged renewal is none of this audit's.
            guard let named = parts[position] else { continue }
            parts[position] = undo(named, by: charge)
        }
        // Last, for what they may undo depends on what is undone for certain.
        for case (let charge, .unknown) in namedReturns {
            doubt(homesWithoutName(of: charge), .unknownReference, charge)
        }
    }

    private var namedPositions: Set<RecordPosition> {
        var named: Set<RecordPosition> = []
        for case (_, .charge(let position)) in namedReturns { named.insert(position) }
        return named
    }

    /// The charges of the account that are named, with their parts, by their positions.
    private var namedParts: [RecordPosition: [NamedPart]] {
        let named = namedPositions
        var parts: [RecordPosition: [NamedPart]] = [:]
        func note(_ charge: KeptCharge, _ home: Home, tookMoney: Bool) {
            let position = charge.position.withoutOffset
            guard named.contains(position) else { return }
            parts[position, default: []].append(
                NamedPart(home: home, tookMoney: tookMoney, currency: charge.currency, left: max(0, charge.amount)))
        }
        for (place, period) in account.periods.enumerated() {
            if let charge = period.regularCharge { note(charge, .renewal(place), tookMoney: true) }
            for assigned in period.assigned {
                note(assigned.charge, .renewal(place), tookMoney: [.payment, .foreign].contains(assigned.role))
            }
        }
        for (index, group) in account.notDue.enumerated() {
            for charge in group.charges { note(charge, .notDue(index), tookMoney: true) }
        }
        return parts
    }

    /// Gives money back to a charge, and returns its parts less what was given back.
    ///
    /// Of several periods that one charge paid the latest are given back first, and the first one has the rest.
    private mutating func undo(_ parts: [NamedPart], by charge: KeptCharge) -> [NamedPart] {
        var parts = parts
        for part in parts where !part.tookMoney { doubt([part.home], .refundWithoutCharge, charge) }
        let taken = parts.indices.filter { parts[$0].tookMoney }
        if charge.amount > 0 {
            doubt(taken.map { parts[$0].home }, .positiveRefund, charge)
            return parts
        }
        if taken.count > 1, taken.contains(where: { parts[$0].currency != charge.currency }) {
            // Amounts of two currencies cannot be shared out.
            doubt(taken.map { parts[$0].home }, .unassignedReturn, charge)
            return parts
        }
        var left = charge.amount
        for place in taken.reversed() where left < 0 {
            guard place != taken.first else {
                give(taken.count == 1 ? charge : charge.part(left), backTo: [parts[place].home])
                break
            }
            let share = max(left, -parts[place].left)
            left -= share
            parts[place].left += share
            if share < 0 { give(charge.part(share), backTo: [parts[place].home]) }
        }
        return parts
    }

    /// What a return would undo if it had no name.
    private func homesWithoutName(of charge: KeptCharge) -> [Home] {
        guard let start = charge.periodStart else {
            let homes = repairs(by: charge)
            return homes.isEmpty ? latestPayment(before: charge).map { [$0] } ?? [] : homes
        }
        let exact = calendar.index(startingOn: start)
        if exact == nil, let place = nearest(to: start).flatMap({ place($0) }) { return [.renewal(place)] }
        let stated = start...max(start, charge.periodEnd ?? start)
        let renewals = account.periods.indices.filter { stated.contains(account.periods[$0].period.start) }
        let groups = account.notDue.indices.filter { account.notDue[$0].start.map(stated.contains) ?? false }
        return renewals.map { .renewal($0) } + groups.map { .notDue($0) }
    }
}
