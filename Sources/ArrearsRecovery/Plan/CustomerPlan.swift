import BillingRecords
import BillingValues
import RenewalAudit

/// Plans the arrears of one customer.
struct CustomerPlan {
    private(set) var instalments: [Instalment] = []
    private(set) var uncollected: [UncollectedArrear] = []

    private let row: Int
    private let line: RecoveryLine
    private let policy: RecoveryPolicy
    private let limitation: Limitation
    private let decidedOn: CivilDate
    private let isLeftOut: Bool
    private let isInferred: Bool
    private let writeOffBelow: Int64?

    /// The first day on which anything may be collected; nil beyond the calendar.
    private let earliest: CivilDate?

    /// The days of collection, and how many arrears the day that is on has.
    private var slots: CollectionSlots?
    private var countOnDay = 0
    private var load: MonthlyLoad

    /// A plan for the customer of a row; nil when the row's terms are not usable.
    init?(
        _ row: Int, of subscriptions: borrowing Subscriptions, policy: RecoveryPolicy, leftOut: LeftOut,
        decidedOn: CivilDate, collectsInferred: Bool, plannedUntil: CivilDate? = nil
    ) {
        guard let line = RecoveryLine(row, of: subscriptions), let currency = subscriptions.currency(row) else {
            return nil
        }
        self.row = row
        self.line = line
        self.policy = policy
        self.decidedOn = decidedOn
        let identifier = subscriptions.subscriptionIdentifier(row)
        // Only policies that tell offers apart need their names as text.
        let offer =
            policy.otherLimitations.isEmpty ? "" : String(decoding: subscriptions.offer(row), as: UTF8.self)
        limitation = policy.limitation(offer: offer, currency: currency)
        isInferred = !collectsInferred && subscriptions.inferredLine(row) != nil
        isLeftOut = leftOut.contains(row, of: subscriptions)
        load = MonthlyLoad(cap: policy.capPerMonth[currency], monthForMonth: limitation.monthForMonth)
        writeOffBelow = policy.writeOffBelow[currency]
        earliest = decidedOn.adding(days: max(0, policy.preNotificationDays))
        // What earlier runs have planned is collected first; where a month has a limit, it is taken for used up.
        let isLimited = policy.capPerMonth[currency] != nil || limitation.monthForMonth
        let following = plannedUntil.flatMap { last in
            isLimited ? last.addingMonths(1, anchorDay: 1) : policy.days.following(last)
        }
        slots = earliest.map {
            CollectionSlots(
                policy.days, line: line, identifier: identifier, decidedOn: decidedOn,
                earliest: max($0, following ?? $0))
        }
    }

    /// Plans arrears, which come oldest first.
    mutating func plan(_ arrears: [Arrear]) {
        let ordered = policy.order == .oldestFirst ? arrears : arrears.reversed()
        for arrear in ordered { plan(arrear) }
        writeOffIfSmall()
        number()
        if policy.order == .newestFirst { uncollected.sort { $0.period.start < $1.period.start } }
    }

    private mutating func plan(_ arrear: Arrear) {
        guard !isLeftOut else { return leave(arrear, .leftOut) }
        guard !isInferred else { return leave(arrear, .inferred) }
        let discount = policy.discount.discount(of: arrear.amount)
        // The discount is a part of the amount, so the difference always fits.
        let amount = Money(
            minorUnits: arrear.amount.minorUnits &- discount.minorUnits, currency: arrear.amount.currency)
        if amount.minorUnits == 0, discount.minorUnits > 0 { return leave(arrear, .discounted) }
        guard load.canEverHold(amount) else { return leave(arrear, .aboveCap) }
        guard load.canEverHold(arrear.period) else { return leave(arrear, .longerThanAMonth) }
        let place = firstRoom(for: amount, period: arrear.period)
        guard let day = place.slots?.day else { return leave(arrear, .noCollectionDay) }
        if line.mayHaveEnded(by: day) { return planAtEnd(arrear, amount: amount, discount: discount, turn: day) }
        guard collect(arrear, amount: amount, discount: discount, on: day) else { return }
        slots = place.slots
        countOnDay = place.countOnDay + 1
    }

    /// The first day that still takes an amount; what is not collected after all does not use it up.
    private func firstRoom(
        for amount: Money, period: BillingPeriod
    ) -> (slots: CollectionSlots?, countOnDay: Int) {
        var (slots, count) = (slots, countOnDay)
        while let day = slots?.day {
            let isFull = !isBatched && policy.arrearsAtATime.map { count >= max(1, $0) } ?? false
            // From the end on no room is needed: what happens then is another question.
            if !isFull, line.mayHaveEnded(by: day) || load.hasRoom(for: amount, period: period, on: day) { break }
            slots?.advance()
            count = 0
        }
        return (slots, count)
    }

    private var isBatched: Bool {
        if case .batches = policy.days { true } else { false }
    }

    /// What the policy says of an arrear whose turn comes when the line has ended, or may have.
    private mutating func planAtEnd(_ arrear: Arrear, amount: Money, discount: Money, turn: CivilDate) {
        guard policy.onCancellation != .leave, let earliest, let end = line.certainEnd(by: turn) else {
            return leave(arrear, .ended)
        }
        let day: CivilDate
        switch policy.onCancellation {
        case .leave: return leave(arrear, .ended)
        case .waive: return leave(arrear, .waived)
        case .finalCharge: day = max(end, earliest)
        case .bringForward:
            guard let last = end.adding(days: -1), last >= earliest, !line.mayHaveEnded(by: last) else {
                return leave(arrear, .ended)
            }
            day = last
        }
        guard load.hasRoom(for: amount, period: arrear.period, on: day) else { return leave(arrear, .aboveCap) }
        _ = collect(arrear, amount: amount, discount: discount, on: day)
    }

    /// Collects an arrear on a day, unless it is too old by then; whether it is collected.
    private mutating func collect(_ arrear: Arrear, amount: Money, discount: Money, on day: CivilDate) -> Bool {
        let standing = limitation.standing(of: arrear.period, on: day)
        guard standing != .timeBarred else {
            leave(arrear, .limitation)
            return false
        }
        load.add(amount, period: arrear.period, on: day)
        instalments.append(
            Instalment(
                row: row, number: instalments.count + 1, count: 0, collectOn: day, period: arrear.period,
                amount: amount, discount: discount, standing: standing))
        return true
    }

    private mutating func leave(_ arrear: Arrear, _ reason: UncollectedArrear.Reason) {
        let standing = reason == .limitation ? .timeBarred : limitation.standing(of: arrear.period, on: decidedOn)
        uncollected.append(
            UncollectedArrear(
                row: row, period: arrear.period, amount: arrear.amount, reason: reason, standing: standing))
    }

    /// Lets a customer off of whom too little would be collected.
    private mutating func writeOffIfSmall() {
        guard let writeOffBelow, !instalments.isEmpty else { return }
        let sum = instalments.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
        guard sum < Int128(writeOffBelow) else { return }
        for instalment in instalments {
            leave(Arrear(row: row, period: instalment.period, amount: instalment.arrear), .belowMinimum)
        }
        instalments = []
        uncollected.sort { $0.period.start < $1.period.start }
    }

    /// Writes the counts into the instalments: of all, and of their calendar months.
    private mutating func number() {
        var months: [Int: Int] = [:]
        for index in instalments.indices {
            let month = instalments[index].collectOn.monthNumber
            months[month, default: 0] += 1
            instalments[index].count = instalments.count
            instalments[index].placeInMonth = months[month, default: 1]
        }
        for index in instalments.indices {
            instalments[index].countInMonth = months[instalments[index].collectOn.monthNumber] ?? 1
        }
    }
}
