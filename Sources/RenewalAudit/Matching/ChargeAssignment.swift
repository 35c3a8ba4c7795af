import BillingRecords
import BillingValues

/// Assigns the charges of one subscription to its renewals.
///
/// A charge that states a service period belongs to the renewal of exactly that period, or to all renewals of exactly
/// that span. If there is none, it belongs to the renewal that is due within the grace of the stated first day, and
/// contradicts the contract. A payment that states none belongs to the renewal for which it is on time and right; what
/// is left of them pays, late, what is still open (`CatchUp`). Money given back without a period undoes a charge that
/// should not exist, or else the latest payment; money that names a charge undoes that one. What is left over never
/// makes a renewal paid, but a renewal that it might have paid is not called uncharged either. A charge for a cycle that
/// is not due is kept apart with the reason.
struct ChargeAssignment<Calendar: RenewalCalendar> {
    let calendar: Calendar
    let audit: AuditTerms
    var account: SubscriptionAccount

    /// Payments without a period, to be assigned when all others are.
    var payments: [KeptCharge] = []

    /// Payments without a period in another currency, which are assigned to the renewal that they are near to.
    var foreignPayments: [KeptCharge] = []

    /// Money given back without a period, to be assigned when all payments are.
    var returns: [KeptCharge] = []

    /// Money given back that names the charge which it undoes.
    var namedReturns: [(charge: KeptCharge, target: ChargeReferences.Target)] = []

    private let targets: [RecordPosition: ChargeReferences.Target]

    /// Payments without a period made when nothing was due, with the first day of the cycle near them, if any.
    var strays: [(charge: KeptCharge, obstacle: Obstacle, start: CivilDate?)] = []

    /// Payments without a period that fit no renewal.
    var leftovers: [KeptCharge] = []

    /// Stated periods that reach beyond the renewal they belong to, or belong to none.
    var coveredPeriods: [(period: BillingPeriod, charge: KeptCharge)] = []

    /// Whether some payments without a period are, or may be, for what was open, which other payments decide.
    var hasLatePayments = false

    /// Rejected rows and contested charges, which may have settled more renewals than the one that they name.
    var unreadable: [KeptCharge] = []

    /// Charges that state periods at or behind the day from which on a rejected event leaves open what was due.
    var statedInDoubt: [KeptCharge] = []

    /// The day from which on a rejected event may have changed what is due, or nil.
    let firstDoubtfulDay: CivilDate?

    /// Beyond this many pairs of a charge without a period and a renewal nobody looks for the best assignment.
    private static var pairLimit: Int { 1 << 22 }

    /// An assignment in which regular charges have settled some renewals.
    ///
    /// - Parameters:
    ///   - claims: the claim of each renewal that one settled, in the order of the due renewals.
    ///   - targets: what each charge undoes that names another.
    init(
        row: Int, calendar: Calendar, claims: [RegularClaim?], audit: AuditTerms,
        targets: [RecordPosition: ChargeReferences.Target] = [:]
    ) {
        self.targets = targets
        self.calendar = calendar
        self.audit = audit
        firstDoubtfulDay = calendar.firstDoubtfulDay
        account = SubscriptionAccount(row: row, terms: calendar.terms, audit: audit)
        let renewals = calendar.dueRenewals
        account.periods.reserveCapacity(renewals.count)
        for (place, renewal) in renewals.enumerated() {
            let claim = claims.indices.contains(place) ? claims[place] : nil
            let regular = claim.map { claim in
                KeptCharge.regular(
                    row: UInt32(truncatingIfNeeded: row), renewal: renewal, currency: calendar.terms.price.currency,
                    claim: claim)
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
        var isRegular = unshared.isEmpty
        for charge in charges {
            isRegular = false
            assign(charge)
        }
        for (charge, cycles) in unshared {
            let reason = charge.reading == .sound ? .unassignedCharge : charge.doubt
            for index in cycles { place(index).map { doubt($0, reason, charge) } }
        }
        if !isRegular || firstDoubtfulDay != nil { settle() }
        account.openPeriods = account.periods.filter { !$0.isRegular }
        for place in account.openPeriods.indices {
            account.openPeriods[place].note = calendar.note(ofCycle: account.openPeriods[place].cycle)
        }
    }

    /// Assigns what stated no period, and notes what nobody can tell.
    private mutating func settle() {
        // A charge that passed as regular by its day is one of several now, and any of them may be late for another.
        for place in account.periods.indices {
            guard let regular = account.periods[place].regularCharge, regular.periodStart == nil else { continue }
            account.periods[place].regularCharge = nil
            payments.append(regular)
        }
        let pairs = (payments.count + returns.count + strays.count + namedReturns.count).multipliedReportingOverflow(
            by: account.periods.count)
        guard !pairs.overflow, pairs.partialValue <= Self.pairLimit else { return giveUp() }
        markNamedPayments()
        settlePayments()
        settleStrays()
        settleNamedReturns()
        settleReturns()
        noteContradictions()
        noteCoverage()
        noteMisdatedCharges()
        settleLeftovers()
        noteUnreadable()
        noteUnreadableEvents()
    }

    /// Leaves everything open that too many charges without a period may bear on.
    private mutating func giveUp() {
        for place in account.periods.indices {
            if let charge = payments.first ?? strays.first?.charge { doubt(place, .unassignedCharge, charge) }
            if let charge = returns.first ?? namedReturns.first?.charge { doubt(place, .unassignedReturn, charge) }
        }
        noteContradictions()
        noteUnreadable()
    }

    private mutating func assign(_ charge: KeptCharge) {
        guard charge.reading == .sound, let kind = charge.kind else { return assignUnreadable(charge) }
        if !targets.isEmpty, let target = targets[charge.position] {
            if charge.isPosted { namedReturns.append((charge, target)) }
            return
        }
        if let start = charge.periodStart {
            if mayBeInDoubt(charge, statedStart: start) { statedInDoubt.append(charge) }
            return assign(charge, statedStart: start)
        }
        // What lies before the window belongs to renewals that nobody judges here.
        guard let chargedOn = charge.chargedOn,
            chargedOn.days(since: audit.window.from) >= -audit.policy.graceDaysBefore
        else { return }
        guard kind.paysRenewal, charge.amount >= 0 else {
            if charge.isPosted { returns.append(charge) }
            return
        }
        let takesOwnMoney = charge.isPosted && charge.amount > 0 && !isForeign(charge)
        if takesOwnMoney { return payments.append(charge) }
        if charge.isPosted, charge.amount > 0 { foreignPayments.append(charge) }
        assignByDay(charge, chargedOn)
    }

    /// Assigns an attempt, a charge of zero or one in another currency, which have no period, to the nearest renewal.
    private mutating func assignByDay(_ charge: KeptCharge, _ day: CivilDate) {
        if let index = dueNearest(to: day) {
            guard let obstacle = obstacle(index) else { return add(charge, toCycle: index) }
            let start = calendar.period(index)?.start
            guard charge.isPosted else { return addNotDue(charge, obstacle, start: start) }
            if charge.amount > 0 || obstacle.cause == .ended { strays.append((charge, obstacle, start)) }
            return
        }
        guard charge.isPosted, charge.amount > 0 else { return }
        if let end = calendar.end(moreThan: audit.policy.graceDaysAfter, before: day) {
            strays.append((charge, end, nil))
        } else {
            leftovers.append(charge)
        }
    }
}

extension ChargeAssignment {
    /// The cycle that begins nearest to a day, within the grace.
    func nearest(to date: CivilDate) -> Int? {
        calendar.index(nearestTo: date, before: audit.policy.graceDaysBefore, after: audit.policy.graceDaysAfter)
    }

    /// The cycle collected nearest to a day, within the grace.
    func dueNearest(to date: CivilDate) -> Int? {
        calendar.index(dueNearestTo: date, before: audit.policy.graceDaysBefore, after: audit.policy.graceDaysAfter)
    }

    /// Why nothing is due for a cycle; the activation is no renewal, and only an end bears on it.
    func obstacle(_ index: Int) -> Obstacle? {
        let obstacle = calendar.obstacle(ofCycle: index)
        return index >= calendar.firstRenewal || obstacle?.cause == .ended ? obstacle : nil
    }

    /// Whether nothing is due for a cycle although the line has not ended.
    func isIdle(_ index: Int) -> Bool { obstacle(index).map { $0.cause != .ended } ?? false }

    /// The place of a cycle's account, or nil if the cycle is not judged.
    func place(_ index: Int) -> Int? {
        calendar.place(ofCycle: index).flatMap { account.periods.indices.contains($0) ? $0 : nil }
    }

    /// Whether a charge is in another currency than the subscription.
    func isForeign(_ charge: KeptCharge) -> Bool {
        charge.currency != calendar.terms.price.currency.packedCode
    }

    /// Whether two days are within the grace of each other, the second being when something was due.
    func isOnTime(_ day: CivilDate, dueOn due: CivilDate) -> Bool {
        let days = day.days(since: due)
        return days >= -audit.policy.graceDaysBefore && days <= audit.policy.graceDaysAfter
    }
}
