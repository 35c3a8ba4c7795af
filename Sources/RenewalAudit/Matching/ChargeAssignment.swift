import BillingRecords
import BillingValues

/// Assigns the charges of one subscription to its renewals, each charge to at most one.
///
/// A charge that states a service period belongs to the renewal of exactly that period. If there is none, it belongs
/// to the renewal that is due within the grace of the stated first day, and contradicts the contract. A charge that
/// states none belongs to the renewal due within the grace of its day, the nearest one. Money given back without a
/// period belongs to the latest renewal paid before. What is left over never makes a renewal paid, but a renewal
/// that it might have paid is not called uncharged either.
struct ChargeAssignment {
    private let schedule: RenewalSchedule
    private let audit: AuditTerms
    private(set) var account: SubscriptionAccount

    /// Returns without a period, to be assigned when all payments are.
    private var openReturns: [KeptCharge] = []

    /// Payments without a period and without a renewal due near their day.
    private var openPayments: [KeptCharge] = []

    /// Stated periods that reach beyond the renewal they belong to, or belong to none.
    private var coveredPeriods: [(period: BillingPeriod, charge: KeptCharge)] = []

    /// Rejected rows that could have settled any renewal.
    private var unreadable: [KeptCharge] = []

    /// An assignment in which regular charges have settled some renewals: `claims` has the charge of each that one
    /// settled, in the order of the due renewals.
    init(row: Int, schedule: RenewalSchedule, claims: [RecordPosition?], audit: AuditTerms) {
        self.schedule = schedule
        self.audit = audit
        account = SubscriptionAccount(row: row, terms: schedule.terms, audit: audit)
        let price = schedule.terms.price
        account.periods.reserveCapacity(schedule.dueCount)
        for (place, cycle) in schedule.dueIndices.enumerated() {
            guard let period = schedule.period(cycle) else { break }
            let claim = claims.indices.contains(place) ? claims[place] : nil
            let regular = claim.map { position in
                KeptCharge.regular(
                    row: UInt32(truncatingIfNeeded: row), period: period, price: price, position: position)
            }
            account.periods.append(
                PeriodAccount(period: period, due: price.minorUnits, regularCharge: regular))
        }
    }

    /// Assigns charges, which must come in the order of the files, and then settles what is doubtful.
    mutating func assign(_ charges: some Sequence<KeptCharge>) {
        for charge in charges { assign(charge) }
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
        guard kind.paysRenewal, charge.amount >= 0 else {
            if charge.isPosted { openReturns.append(charge) }
            return
        }
        guard let chargedOn = charge.chargedOn else { return }
        if let index = nearest(to: chargedOn) {
            guard isEnded(index) else { return add(charge, toCycle: index) }
            return addAfterEnd(charge, start: schedule.period(index)?.start)
        }
        guard charge.status == .posted, charge.amount > 0 else { return }
        let lastDay = schedule.terms.endedOn?.adding(days: audit.policy.graceDaysAfter)
        if let lastDay, chargedOn > lastDay {
            addAfterEnd(charge, start: nil)
        } else {
            openPayments.append(charge)
        }
    }

    private mutating func assign(_ charge: KeptCharge, kind: ChargeKind, statedStart start: CivilDate) {
        let stated = BillingPeriod(start: start, end: charge.periodEnd ?? start)
        if schedule.hasEnded(by: start) {
            addAfterEnd(charge, start: start)
            return
        }
        if let index = schedule.index(startingOn: start) {
            add(charge, toCycle: index)
            guard charge.periodEnd != nil, let period = schedule.period(index), charge.takesMoney else { return }
            let endsWithLine = schedule.terms.endedOn?.adding(days: -1)
            guard let stated else { return addMisplaced(charge, stated: nil, near: period) }
            if stated.end != period.end && stated.end != endsWithLine {
                addMisplaced(charge, stated: stated, near: period)
                if stated.end > period.end { coveredPeriods.append((stated, charge)) }
            }
            return
        }
        if let index = nearest(to: start), index > 0, !isEnded(index) {
            add(charge, toCycle: index)
            if charge.takesMoney { addMisplaced(charge, stated: stated, near: schedule.period(index)) }
            return
        }
        guard charge.takesMoney else { return }
        addMisplaced(charge, stated: stated, near: nil)
        let lastDay = charge.periodEnd ?? start.adding(days: schedule.terms.cycle.shortestLengthInDays - 1) ?? start
        if let covered = BillingPeriod(start: start, end: lastDay) { coveredPeriods.append((covered, charge)) }
    }

    /// The cycle due nearest to a day, within the grace.
    private func nearest(to date: CivilDate) -> Int? {
        schedule.index(nearestTo: date, before: audit.policy.graceDaysBefore, after: audit.policy.graceDaysAfter)
    }

    private func isEnded(_ index: Int) -> Bool {
        schedule.period(index).map { schedule.hasEnded(by: $0.start) } ?? true
    }

    /// The place of a cycle's account, or nil if the cycle is not judged.
    private func place(_ index: Int) -> Int? {
        let place = index - schedule.firstDueIndex
        return account.periods.indices.contains(place) ? place : nil
    }

    private mutating func add(_ charge: KeptCharge, toCycle index: Int) {
        guard let place = place(index) else { return }
        let isForeign = charge.currency != schedule.terms.price.currency.packedCode
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

    private mutating func addMisplaced(_ charge: KeptCharge, stated: BillingPeriod?, near: BillingPeriod?) {
        account.misplaced.append(.init(charge: charge, period: stated, nearRenewal: near))
    }

    private mutating func addAfterEnd(_ charge: KeptCharge, start: CivilDate?) {
        guard charge.status == .posted || charge.status == .pending else { return }
        if let index = account.afterEnd.firstIndex(where: { $0.start == start }) {
            account.afterEnd[index].charges.append(charge)
            if account.afterEnd[index].end == nil { account.afterEnd[index].end = charge.periodEnd }
        } else {
            account.afterEnd.append(.init(start: start, end: charge.periodEnd, charges: [charge]))
        }
    }

    private mutating func assignUnreadable(_ charge: KeptCharge) {
        guard charge.kind?.concernsRenewals ?? true else { return }
        if charge.reading != .unreadablePeriod {
            let day = charge.periodStart ?? charge.chargedOn
            let exact = charge.periodStart.flatMap { schedule.index(startingOn: $0) }
            if let day, let index = exact ?? nearest(to: day) {
                if let place = place(index) { doubt(place, .unreadableCharge, charge) }
                return
            }
        }
        unreadable.append(charge)
    }

    /// Gives money back to the latest renewal that was paid on or before the day of the return.
    private mutating func assignReturn(_ charge: KeptCharge) {
        let isRefund = charge.kind == .refund || charge.kind?.paysRenewal ?? false
        guard let day = charge.chargedOn, charge.amount != 0,
            isRefund || charge.amount == -schedule.terms.price.minorUnits,
            let place = account.periods.lastIndex(where: { $0.has(.payment) && $0.period.start <= day })
        else { return }
        if charge.amount > 0 {
            doubt(place, .positiveRefund, charge)
        } else if charge.currency == schedule.terms.price.currency.packedCode {
            add(charge, as: .giveBack, place)
        } else {
            add(charge, as: .foreign, place)
        }
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
