import BillingRecords
import BillingValues

/// Assigns the charges of one subscription to its renewals, each charge to at most one.
///
/// A charge that states a service period belongs to the renewal of exactly that period. If there is none, it belongs
/// to the renewal that is due within the grace of the stated first day, and contradicts the contract. A charge that
/// states none belongs to the renewal due within the grace of its day, the nearest one. Money given back without a
/// period belongs to the latest renewal paid before. What is left over never makes a renewal paid, but a renewal
/// that it might have paid is not called uncharged either. A charge for a cycle that is not due is kept apart with the
/// reason.
struct ChargeAssignment<Calendar: RenewalCalendar> {
    private let calendar: Calendar
    private let audit: AuditTerms
    private(set) var account: SubscriptionAccount

    /// Returns without a period, to be assigned when all payments are.
    private var openReturns: [KeptCharge] = []

    /// Payments without a period and without a renewal due near their day.
    private var openPayments: [KeptCharge] = []

    /// Payments without a period made near a cycle for which nothing is due.
    private var idlePayments: [(charge: KeptCharge, cycle: Int, obstacle: Obstacle)] = []

    /// Stated periods that reach beyond the renewal they belong to, or belong to none.
    private var coveredPeriods: [(period: BillingPeriod, charge: KeptCharge)] = []

    /// Rejected rows that could have settled any renewal.
    private var unreadable: [KeptCharge] = []

    /// An assignment in which regular charges have settled some renewals: `claims` has the charge of each that one
    /// settled, in the order of the due renewals.
    init(row: Int, calendar: Calendar, claims: [RecordPosition?], audit: AuditTerms) {
        self.calendar = calendar
        self.audit = audit
        account = SubscriptionAccount(row: row, terms: calendar.terms, audit: audit)
        let renewals = calendar.dueRenewals
        account.periods.reserveCapacity(renewals.count)
        for (place, renewal) in renewals.enumerated() {
            let claim = claims.indices.contains(place) ? claims[place] : nil
            let regular = claim.map { position in
                KeptCharge.regular(
                    row: UInt32(truncatingIfNeeded: row), period: renewal.period, price: calendar.terms.price,
                    position: position)
            }
            account.periods.append(PeriodAccount(renewal, regularCharge: regular, tolerance: audit.policy.tolerance))
        }
    }

    /// Assigns charges, which must come in the order of the files, and then settles what is doubtful.
    ///
    /// - Parameter unshared: charges that may have paid some cycles of a collection, and nobody can tell which.
    mutating func assign(
        _ charges: some Sequence<KeptCharge>, unshared: [(charge: KeptCharge, cycles: [Int])] = []
    ) {
        for charge in charges { assign(charge) }
        for (charge, cycles) in unshared {
            for index in cycles { place(index).map { doubt($0, .unassignedCharge, charge) } }
        }
        idlePayments.sort {
            ($0.charge.chargedOnDay, $0.charge.position) < ($1.charge.chargedOnDay, $1.charge.position)
        }
        for payment in idlePayments { settle(payment) }
        for charge in openReturns { assignReturn(charge) }
        noteContradictions()
        noteCoverage()
        // By day, not by place in the files: an early payment must not lose its only renewal to a later one.
        openPayments.sort { ($0.chargedOnDay, $0.position) < ($1.chargedOnDay, $1.position) }
        for charge in openPayments { noteOpenPayment(charge) }
        for charge in unreadable {
            for index in account.periods.indices { doubt(index, .unreadableCharge, charge) }
        }
        account.openPeriods = account.periods.filter { !$0.isRegular }
    }

    private mutating func assign(_ charge: KeptCharge) {
        guard charge.reading == .sound, let kind = charge.kind else { return assignUnreadable(charge) }
        if let start = charge.periodStart { return assign(charge, kind: kind, statedStart: start) }
        // What lies before the window belongs to renewals that nobody judges here.
        guard let chargedOn = charge.chargedOn,
            chargedOn.days(since: audit.window.from) >= -audit.policy.graceDaysBefore
        else { return }
        guard kind.paysRenewal, charge.amount >= 0 else {
            if charge.isPosted { openReturns.append(charge) }
            return
        }
        if let index = dueNearest(to: chargedOn) {
            guard let obstacle = obstacle(index) else { return add(charge, toCycle: index) }
            if obstacle.cause == .ended || charge.status != .posted {
                return addNotDue(charge, obstacle, start: calendar.period(index)?.start)
            }
            if charge.amount > 0 { idlePayments.append((charge, index, obstacle)) }
            return
        }
        guard charge.status == .posted, charge.amount > 0 else { return }
        if let end = calendar.end(moreThan: audit.policy.graceDaysAfter, before: chargedOn) {
            addNotDue(charge, end, start: nil)
        } else {
            openPayments.append(charge)
        }
    }

    private mutating func assign(_ charge: KeptCharge, kind: ChargeKind, statedStart start: CivilDate) {
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        if let obstacle = calendar.obstacle(on: start), obstacle.cause == .ended {
            addNotDue(charge, obstacle, start: start)
            return
        }
        if let index = calendar.index(startingOn: start) {
            if let obstacle = obstacle(index) {
                addNotDue(charge, obstacle, start: start)
            } else {
                add(charge, toCycle: index)
            }
            noteStatedEnd(charge, stated, cycle: index)
            return
        }
        if let index = nearest(to: start), index >= calendar.firstRenewal {
            switch obstacle(index) {
            case nil:
                add(charge, toCycle: index)
                if charge.takesMoney { addMisplaced(charge, stated: stated, near: index) }
                return
            case let obstacle? where obstacle.cause != .ended:
                return addNotDue(charge, obstacle, start: calendar.period(index)?.start)
            default: break
            }
        }
        guard charge.takesMoney else { return }
        addMisplaced(charge, stated: stated, near: nil)
        let lastDay = charge.periodEnd ?? start.adding(days: calendar.shortestLength(on: start) - 1) ?? start
        if let covered = BillingPeriod(start: start, end: lastDay) { coveredPeriods.append((covered, charge)) }
    }

    /// Looks whether a charge whose period begins with a cycle states its last day, too.
    private mutating func noteStatedEnd(_ charge: KeptCharge, _ stated: BillingPeriod?, cycle index: Int) {
        guard charge.periodEnd != nil, let period = calendar.period(index), charge.takesMoney else { return }
        guard let stated else { return addMisplaced(charge, stated: nil, near: index) }
        guard stated.end != period.end, !calendar.mayEnd(stated.end, cycle: index) else { return }
        // Where nothing was due the charge is out of place already.
        if obstacle(index) == nil { addMisplaced(charge, stated: stated, near: index) }
        if stated.end > period.end { coveredPeriods.append((stated, charge)) }
    }

    /// The cycle due nearest to a day, within the grace.
    private func nearest(to date: CivilDate) -> Int? {
        calendar.index(nearestTo: date, before: audit.policy.graceDaysBefore, after: audit.policy.graceDaysAfter)
    }

    /// The cycle collected nearest to a day, within the grace.
    private func dueNearest(to date: CivilDate) -> Int? {
        calendar.index(dueNearestTo: date, before: audit.policy.graceDaysBefore, after: audit.policy.graceDaysAfter)
    }

    /// Why nothing is due for a cycle; the activation is no renewal, and only an end bears on it.
    private func obstacle(_ index: Int) -> Obstacle? {
        let obstacle = calendar.obstacle(ofCycle: index)
        return index >= calendar.firstRenewal || obstacle?.cause == .ended ? obstacle : nil
    }

    /// Whether nothing is due for a cycle although the line has not ended.
    private func isIdle(_ index: Int) -> Bool { obstacle(index).map { $0.cause != .ended } ?? false }

    /// The place of a cycle's account, or nil if the cycle is not judged.
    private func place(_ index: Int) -> Int? {
        calendar.place(ofCycle: index).flatMap { account.periods.indices.contains($0) ? $0 : nil }
    }

    private mutating func add(_ charge: KeptCharge, toCycle index: Int) {
        guard let place = place(index) else { return }
        let isForeign = charge.currency != calendar.terms.price.currency.packedCode
        switch charge.status {
        case .failed, .reversed:
            if charge.kind?.paysRenewal ?? false { add(charge, as: .failure, place) }
        case .pending:
            if charge.kind?.paysRenewal ?? false, charge.amount >= 0 { addPending(charge, place) }
        case .posted where isForeign: add(charge, as: .foreign, place)
        case .posted where charge.amount == 0: add(charge, as: .zero, place)
        case .posted where charge.amount < 0: add(charge, as: .giveBack, place)
        case .posted:
            if charge.kind == .refund || charge.kind == .credit { doubt(place, .positiveRefund, charge) }
            add(charge, as: .payment, place)
        }
    }

    private mutating func add(_ charge: KeptCharge, as role: AssignedCharge.Role, _ place: Int) {
        account.periods[place].assigned.append(AssignedCharge(charge: charge, role: role))
    }

    private mutating func addPending(_ charge: KeptCharge, _ place: Int) {
        add(charge, as: .pending, place)
        // A planned recovery waits for its collection day; a renewal should have been collected by now.
        guard charge.kind == .renewal, let chargedOn = charge.chargedOn,
            audit.decidedOn.days(since: chargedOn) > audit.policy.pendingDays
        else { return }
        doubt(place, .stalePending, charge)
    }

    private mutating func addMisplaced(_ charge: KeptCharge, stated: BillingPeriod?, near index: Int?) {
        account.misplaced.append(
            .init(
                charge: charge, period: stated, nearRenewal: index.flatMap { calendar.period($0) },
                nearPrice: index.map { calendar.price(ofCycle: $0) } ?? 0))
    }

    private mutating func addNotDue(_ charge: KeptCharge, _ obstacle: Obstacle, start: CivilDate?) {
        guard charge.status == .posted || charge.status == .pending else { return }
        let known = account.notDue.firstIndex { $0.start == start && $0.obstacle.cause == obstacle.cause }
        if let known {
            account.notDue[known].charges.append(charge)
            if account.notDue[known].end == nil { account.notDue[known].end = charge.periodEnd }
        } else {
            account.notDue.append(.init(obstacle: obstacle, start: start, end: charge.periodEnd, charges: [charge]))
        }
    }

    /// A payment made when nothing was due may be late for the latest renewal still unpaid then.
    private mutating func settle(_ payment: (charge: KeptCharge, cycle: Int, obstacle: Obstacle)) {
        guard let day = payment.charge.chargedOn else { return }
        let candidate = account.periods.lastIndex { period in
            period.isUnpaid && !period.doubts.contains(.unassignedCharge) && period.period.start <= day
        }
        if let candidate {
            doubt(candidate, .unassignedCharge, payment.charge)
        } else {
            addNotDue(payment.charge, payment.obstacle, start: calendar.period(payment.cycle)?.start)
        }
    }

    private mutating func assignUnreadable(_ charge: KeptCharge) {
        guard charge.kind?.concernsRenewals ?? true else { return }
        if charge.reading != .unreadablePeriod {
            let day = charge.periodStart ?? charge.chargedOn
            let exact = charge.periodStart.flatMap { calendar.index(startingOn: $0) }
            // Made near a cycle that is not due, it may have been late for any other.
            if let day, let index = exact ?? (charge.periodStart == nil ? dueNearest(to: day) : nearest(to: day)),
                exact != nil || !isIdle(index)
            {
                if let place = place(index) { doubt(place, .unreadableCharge, charge) }
                return
            }
        }
        unreadable.append(charge)
    }

    /// Gives money back to the latest renewal that was paid on or before the day of the return, or to the payment of a
    /// later period for which nothing was due.
    private mutating func assignReturn(_ charge: KeptCharge) {
        let isRefund = charge.kind == .refund || charge.kind?.paysRenewal ?? false
        guard let day = charge.chargedOn, charge.amount != 0 else { return }
        let place = account.periods.lastIndex { $0.has(.payment) && $0.period.start <= day }
            .flatMap { isRefund || charge.amount == -account.periods[$0].due ? $0 : nil }
        if charge.amount < 0, assignReturn(charge, toIdlePaymentAfter: place, isRefund: isRefund) { return }
        guard let place else { return }
        if charge.amount > 0 {
            doubt(place, .positiveRefund, charge)
        } else if charge.currency == calendar.terms.price.currency.packedCode {
            add(charge, as: .giveBack, place)
        } else {
            add(charge, as: .foreign, place)
        }
    }

    /// Gives money back to a payment for a period in which the line was suspended or free, if there is one that the
    /// return may be of; false if there is none.
    private mutating func assignReturn(_ charge: KeptCharge, toIdlePaymentAfter place: Int?, isRefund: Bool) -> Bool {
        var home: (index: Int, start: CivilDate)?
        for (index, group) in account.notDue.enumerated() where group.obstacle.cause != .ended {
            guard let start = group.start, let day = charge.chargedOn, start <= day,
                let sum = PeriodAccount.sum(group.charges.filter(\.isPosted)), sum > 0,
                isRefund || charge.amount == -sum,
                place.map({ account.periods[$0].period.start < start }) ?? true,
                home.map({ $0.start < start }) ?? true
            else { continue }
            home = (index, start)
        }
        guard let home else { return false }
        account.notDue[home.index].charges.append(charge)
        return true
    }

    private mutating func noteContradictions() {
        for index in account.periods.indices where !account.periods[index].assigned.isEmpty {
            let period = account.periods[index]
            if period.payments.isEmpty, let first = period.returns.first { doubt(index, .refundWithoutCharge, first) }
            if period.net == nil || period.paid == nil, let first = period.payments.first {
                doubt(index, .sumOutOfRange, first)
            }
        }
    }

    private mutating func noteCoverage() {
        for (covered, charge) in coveredPeriods {
            for index in account.periods.indices
            where account.periods[index].isUnpaid && account.periods[index].period.overlaps(covered) {
                doubt(index, .overlappingCharge, charge)
            }
        }
    }

    /// A payment without period or renewal near its day: it may be late for the latest renewal still unpaid then.
    private mutating func noteOpenPayment(_ charge: KeptCharge) {
        guard let day = charge.chargedOn else { return }
        let candidate = account.periods.lastIndex { period in
            period.isUnpaid && period.doubts.isEmpty && period.period.start <= day
        }
        if let candidate {
            doubt(candidate, .unassignedCharge, charge)
        } else if audit.window.contains(day) {
            addMisplaced(charge, stated: nil, near: nil)
        }
    }

    private mutating func doubt(_ place: Int, _ doubt: PeriodAccount.Doubt, _ charge: KeptCharge) {
        account.periods[place].doubts.insert(doubt)
        if !account.periods[place].doubtfulCharges.contains(charge) {
            account.periods[place].doubtfulCharges.append(charge)
        }
    }
}

extension KeptCharge {
    /// Whether the charge takes money for a renewal, now or soon.
    var takesMoney: Bool {
        reading == .sound && kind?.paysRenewal ?? false && amount > 0 && (status == .posted || status == .pending)
    }
}
