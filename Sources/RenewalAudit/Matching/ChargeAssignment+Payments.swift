import BillingRecords
import BillingValues

/// Payments that state no period.
extension ChargeAssignment {
    /// Payments without a period by what they are near.
    private struct Neighbourhood {
        /// Those near a judged renewal, by its place.
        var renewals: [Int: [KeptCharge]] = [:]

        /// Those near a renewal behind the window, by its cycle.
        var laterCycles: [Int: [KeptCharge]] = [:]

        /// Those near nothing.
        var others: [KeptCharge] = []
    }

    /// Assigns the payments: those that are on time and right first, then what catches up.
    mutating func settlePayments() {
        guard !payments.isEmpty else { return }
        payments.sort(by: KeptCharge.isEarlier)
        let statesPeriods = account.periods.contains { period in
            period.payments.contains { $0.periodStart != nil }
        }
        let near = neighbourhood()
        var late = near.others.map { CatchUp.Payment(charge: $0, home: nil) }
        for (place, charges) in near.renewals {
            let due = account.periods[place].due
            let open = Int128(due) - account.periods[place].payments.reduce(Int128(0)) { $0 + Int128($1.amount) }
            let right = nearest(charges, dueOn: account.periods[place].dueOn, amount: Int64(clamping: open))
            for (index, charge) in charges.enumerated() {
                if index == right {
                    add(charge, as: .payment, place)
                } else {
                    late.append(.init(charge: charge, home: place))
                }
            }
        }
        // A line that states its periods has paid later ones with charges that the audit need not look at.
        var paidLater: Set<Int> = []
        var nearLater: Set<KeptCharge> = []
        for (cycle, charges) in near.laterCycles {
            let dueOn = calendar.dueDay(ofCycle: cycle) ?? audit.window.to
            let right = nearest(charges, dueOn: dueOn, amount: calendar.price(ofCycle: cycle))
            if right != nil, !statesPeriods { paidLater.insert(cycle) }
            for (index, charge) in charges.enumerated() where index != right || statesPeriods {
                late.append(.init(charge: charge, home: nil))
                nearLater.insert(charge)
            }
        }
        let doubtfulFrom = firstLaterCycle(unpaidBy: paidLater, statesPeriods: statesPeriods)
        let lastDay = doubtfulFrom?.adding(days: -audit.policy.graceDaysBefore)
        let isOptional = { (charge: KeptCharge) in lastDay.map { $0.dayNumber <= charge.chargedOnDay } ?? false }
        // One that now passes as that of a renewal behind the window is late where the line states its periods.
        hasLatePayments = !late.isEmpty || !near.laterCycles.isEmpty
        late.sort { KeptCharge.isEarlier($0.charge, $1.charge) }
        catchUp(late.filter { !isOptional($0.charge) }, mayAlsoPay: late.filter { isOptional($0.charge) }, nearLater)
    }

    /// Lets payments catch up; others may have paid what is left open, or a renewal behind the window.
    private mutating func catchUp(
        _ late: [CatchUp.Payment], mayAlsoPay optional: [CatchUp.Payment], _ nearLater: Set<KeptCharge>
    ) {
        var catchUp = CatchUp(account.periods.map(\.openRenewal), policy: audit.policy)
        for payment in late { catchUp.take(payment) }
        catchUp.finish()
        for (place, charge) in catchUp.settled { add(charge, as: .payment, place) }
        for (place, charge) in catchUp.doubtful { doubt(place, .unassignedCharge, charge) }
        leftovers += catchUp.leftovers.filter { !nearLater.contains($0) }
        // One charge too many may be a part of what is still unpaid.
        for charge in catchUp.surplus {
            for place in unpaid(for: charge, where: \.doubts.isEmpty) { doubt(place, .unassignedCharge, charge) }
        }
        for payment in optional {
            let places = catchUp.candidates(payment.charge)
            for place in places { doubt(place, .unassignedCharge, payment.charge) }
            if let home = payment.home, places.isEmpty {
                add(payment.charge, as: .payment, home)
            } else if places.isEmpty, !nearLater.contains(payment.charge) {
                leftovers.append(payment.charge)
            }
        }
    }

    private mutating func neighbourhood() -> Neighbourhood {
        var near = Neighbourhood()
        for charge in payments {
            guard let day = charge.chargedOn else { continue }
            guard let index = dueNearest(to: day), let start = calendar.period(index)?.start else {
                if let end = calendar.end(moreThan: audit.policy.graceDaysAfter, before: day) {
                    strays.append((charge, end, nil))
                } else {
                    near.others.append(charge)
                }
                continue
            }
            if let obstacle = obstacle(index) {
                strays.append((charge, obstacle, start))
            } else if let place = place(index) {
                near.renewals[place, default: []].append(charge)
            } else if index >= calendar.firstRenewal, (calendar.dueDay(ofCycle: index) ?? start) >= audit.window.to {
                near.laterCycles[index, default: []].append(charge)
            }
            // What is near the activation, or a renewal before the window, belongs to it, and nobody judges it here.
        }
        return near
    }

    /// Which of some charges is exactly an amount and nearest to the due day, of equally near ones the earlier.
    private func nearest(_ charges: [KeptCharge], dueOn due: CivilDate, amount: Int64) -> Int? {
        guard amount > 0 else { return nil }
        let distance = { (index: Int) in abs(charges[index].chargedOn?.days(since: due) ?? .max) }
        return charges.indices.filter { charges[$0].amount == amount }
            .min { (distance($0), $0) < (distance($1), $1) }
    }

    /// The due day of the first renewal behind the window that is not known to be paid, or nil if there is none.
    private func firstLaterCycle(unpaidBy paid: Set<Int>, statesPeriods: Bool) -> CivilDate? {
        guard let next = calendar.index(nearestTo: audit.window.to, before: .max, after: 0) else { return nil }
        // A period of the window may be collected behind it. A line is rarely suspended for long: behind a thousand cycles
        // nobody looks.
        var index = max(calendar.firstRenewal, next - 4)
        for _ in 0..<1_000 {
            let isLater = calendar.dueDay(ofCycle: index).map { $0 >= audit.window.to } ?? true
            if isLater, obstacle(index) == nil, statesPeriods || !paid.contains(index) { break }
            index += 1
        }
        return calendar.dueDay(ofCycle: index)
    }
}

/// Payments that no renewal was assigned.
extension ChargeAssignment {
    /// A payment made when nothing was due may be late for renewals that are still unpaid.
    mutating func settleStrays() {
        strays.sort { KeptCharge.isEarlier($0.charge, $1.charge) }
        for (charge, obstacle, start) in strays {
            let places = unpaid(for: charge) { !$0.doubts.contains(.unassignedCharge) }
            for place in places { doubt(place, .unassignedCharge, charge) }
            if places.isEmpty { addNotDue(charge, obstacle, start: start) }
        }
    }

    /// A payment without a renewal near its day may be late for renewals that are still unpaid.
    mutating func settleLeftovers() {
        leftovers.sort(by: KeptCharge.isEarlier)
        for charge in leftovers {
            let places = unpaid(for: charge, where: \.doubts.isEmpty)
            for place in places { doubt(place, .unassignedCharge, charge) }
            if places.isEmpty, charge.chargedOn.map(audit.window.contains) ?? false {
                addMisplaced(charge, stated: nil, near: nil)
            }
        }
    }

    /// The latest unpaid renewals due by the day of a payment, as many as its amount may have paid.
    private func unpaid(for charge: KeptCharge, where isWanted: (PeriodAccount) -> Bool) -> [Int] {
        guard let day = charge.chargedOn else { return [] }
        var places: [Int] = []
        var left = charge.amount
        for place in account.periods.indices.reversed() where left > 0 {
            let period = account.periods[place]
            guard period.isUnpaid, period.dueOn <= day || period.period.start <= day, isWanted(period) else { continue }
            places.append(place)
            // Amounts of two currencies are not compared.
            left = isForeign(charge) ? 0 : left - period.due
        }
        return places
    }
}

extension KeptCharge {
    /// The order of charges without a period: by day, amount, currency and kind, so that the order of the files has no
    /// say; of equal ones those come last that were given back by name.
    static func isEarlier(_ left: KeptCharge, _ right: KeptCharge) -> Bool {
        if left.chargedOnDay != right.chargedOnDay { return left.chargedOnDay < right.chargedOnDay }
        if left.amount != right.amount { return left.amount < right.amount }
        return (left.currency, left.kind?.rawValue ?? 0, left.isNamed ? 1 : 0, left.position)
            < (right.currency, right.kind?.rawValue ?? 0, right.isNamed ? 1 : 0, right.position)
    }
}

extension PeriodAccount {
    /// The renewal as far as a late payment may pay it: not if money was given back or a collection is under way.
    var openRenewal: CatchUp.Renewal {
        var open = Int64(0)
        if due > 0, !has(.foreign), !has(.giveBack), !has(.pending), let paid, paid >= 0, isShort(paid) {
            open = max(0, due - paid)
        }
        return CatchUp.Renewal(period: period, dueOn: dueOn, open: open)
    }
}
