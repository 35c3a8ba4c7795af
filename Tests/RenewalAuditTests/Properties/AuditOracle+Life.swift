import BillingRecords
import BillingValues
import RenewalAudit

/// The life of a line, written down cycle by cycle from its row and its events.
extension AuditOracle {
    /// What a line is on the first day of a cycle.
    enum State: Hashable {
        case active, suspended, free, ended
    }

    /// A cycle of the line's life.
    struct Cycle {
        /// 0 is the activation.
        let number: Int
        /// The period, which ends early where the next cycle begins early.
        let period: BillingPeriod
        /// The last day that the cycle would have by its own length.
        let wholeEnd: CivilDate
        let price: Int64
        let state: State
        /// The shortest that the cycle can be.
        let shortest: Int
        /// Whether the price, the cycle or a lost event leaves open what is due.
        let isUncertain: Bool
        /// Whether the line may have ended by then.
        let mayHaveEnded: Bool
    }

    /// All cycles from the activation to well behind the window.
    func cycles(_ subscription: CaseSubscription, _ events: [CaseEvent]) -> [Cycle] {
        guard let terms = subscription.terms else { return [] }
        let life = Life(subscription, terms, events)
        var starts: [(start: CivilDate, wholeEnd: CivilDate, cycle: BillingCycle, isCut: Bool, isUncertain: Bool)] = []
        var anchor = terms.activatedOn
        var cycle = terms.cycle
        var isUncertain = life.hasOtherCycleFromTheStart
        var next = life.changes.first { $0.day > anchor }
        var count = 0
        while let period = cycle.period(ofCycle: count, from: anchor) {
            if let change = next, period.start >= change.day {
                let isCut = period.start != change.day
                anchor = change.day
                cycle = change.cycle
                next = life.changes.first { $0.day > anchor }
                count = 0
                isUncertain = change.isContradicted
                guard let first = cycle.period(ofCycle: 0, from: anchor) else { break }
                starts.append((first.start, first.end, cycle, isCut, isUncertain || isCut))
            } else {
                if period.start.days(since: audit.window.to) > 500 { break }
                let isOver =
                    life.changes.last { $0.day <= anchor && $0.day == anchor }?.until
                    .map { period.start >= $0 } ?? false
                starts.append((period.start, period.end, cycle, false, isUncertain || isOver))
            }
            count += 1
        }
        return starts.indices.map { index in
            let one = starts[index]
            let following = index + 1 < starts.count ? starts[index + 1].start.adding(days: -1) : nil
            let end = min(one.wholeEnd, following ?? one.wholeEnd)
            let price = life.price(on: one.start)
            return Cycle(
                number: index, period: BillingPeriod(start: one.start, end: max(end, one.start)) ?? audit.someday,
                wholeEnd: one.wholeEnd, price: price.amount, state: life.state(on: one.start),
                shortest: one.cycle.shortestLengthInDays,
                isUncertain: one.isUncertain || price.isUncertain || life.hasLostEvent(on: one.start),
                mayHaveEnded: life.mayHaveEnded(by: one.start))
        }
    }
}

extension AuditTerms {
    fileprivate var someday: BillingPeriod {
        guard let period = BillingPeriod(start: window.from, end: window.from) else { preconditionFailure() }
        return period
    }
}

/// What the row and the events of one line say, asked day by day.
struct Life {
    private let terms: RenewalTerms
    private let events: [CaseEvent]
    private let left: Set<String>

    init(_ subscription: CaseSubscription, _ terms: RenewalTerms, _ events: [CaseEvent]) {
        self.terms = terms
        self.events = events
        let renumbered = events.filter { $0.renumbers([subscription.identifier]) && $0.value != $0.subscription }
        left = Set(subscription.previous.split(separator: " ").map(String.init)).subtracting([subscription.identifier])
            .union(renumbered.map(\.subscription))
    }

    private func sound(_ kinds: EventKind...) -> [CaseEvent] {
        events.filter { event in
            guard event.isSound, let kind = event.kind, kinds.contains(kind) else { return false }
            return event.value.isEmpty || kind == .cycleChanged || amount(event) != nil
        }
    }

    private func amount(_ event: CaseEvent) -> Int64? {
        let money = try? Money(parsing: event.value, currency: terms.price.currency)
        return money.flatMap { $0.minorUnits >= 0 ? $0.minorUnits : nil }
    }

    private func holds(_ event: CaseEvent, _ day: CivilDate) -> Bool {
        (event.effectiveOn ?? .earliest) <= day && (event.until.map { day < $0 } ?? true)
    }

    /// Rejected events, by anything but a harmless change of the offer, may have said anything.
    func hasLostEvent(on day: CivilDate) -> Bool {
        events.contains { event in
            if event.isSound, let kind = event.kind {
                return (kind == .priceChanged || (kind == .discounted && holds(event, day))) && amount(event) == nil
            }
            if event.kind == .offerChanged { return false }
            // Choice: the row's price may be the new one, and nothing tells what was due before.
            if event.kind == .priceChanged { return true }
            var open = event
            if let from = event.effectiveOn, let until = event.until, until > from {} else { open.until = nil }
            // Which cycle follows nobody knows, whether or not it is known which one ends.
            if event.kind == .cycleChanged { open.until = nil }
            return holds(open, day)
        }
    }

    /// The first day on which a lost event may hold.
    var firstLostDay: CivilDate? {
        let lost = events.filter { event in
            guard event.isSound, let kind = event.kind else { return event.kind != .offerChanged }
            return (kind == .priceChanged || kind == .discounted) && amount(event) == nil
        }
        let days = lost.map { event in
            event.kind == .priceChanged ? .earliest : event.effectiveOn ?? .earliest
        }
        return (days + (endDays.count > soundEndDays.count ? soundEndDays.prefix(1) : [])).min()
    }

    /// The currency of the subscription.
    var currency: Currency { terms.price.currency }

    // MARK: State

    func state(on day: CivilDate) -> AuditOracle.State {
        if hasEnded(by: day) { return .ended }
        if sound(.suspended).contains(where: { holds($0, day) }) { return .suspended }
        return sound(.free).contains { holds($0, day) } ? .free : .active
    }

    /// The days that the row and open events `ended` of the present id name as the end.
    ///
    /// Choice: a rejected event that may be one and stands behind all others is one of them.
    private var endDays: [CivilDate] {
        guard let last = soundEndDays.last else { return [] }
        let lost = events.filter { event in
            let mayBeEnd = event.kind == nil || (event.kind == .ended && !event.isSound)
            let isOpen = event.until.map { until in event.effectiveOn.map { until <= $0 } ?? true } ?? true
            return mayBeEnd && isOpen && !left.contains(event.subscription)
        }
        return (soundEndDays + lost.compactMap(\.effectiveOn).filter { $0 > last }).sorted()
    }

    private var soundEndDays: [CivilDate] {
        let events = sound(.ended).filter { event in
            event.until == nil && !left.contains(event.subscription)
                && event.effectiveOn.map { $0 >= terms.activatedOn } ?? false
        }
        return (events.compactMap(\.effectiveOn) + [terms.endedOn].compactMap { $0 }).sorted()
    }

    /// Choice: where several days are named, the last of them is certain.
    func hasEnded(by day: CivilDate) -> Bool {
        if let last = endDays.last, day >= last { return true }
        return sound(.ended, .portedOut).contains { event in
            !left.contains(event.subscription) && (event.kind == .portedOut || event.until != nil)
                && event.effectiveOn.map { $0 >= terms.activatedOn } ?? false && holds(event, day)
        }
    }

    /// Choice: an end before the activation and one under an id that was left contradict the line's life.
    func mayHaveEnded(by day: CivilDate) -> Bool {
        if hasEnded(by: day) { return false }
        if let first = endDays.first, day >= first { return true }
        return sound(.ended, .portedOut).contains { event in
            guard let from = event.effectiveOn, holds(event, day) else { return false }
            return left.contains(event.subscription) ? from > terms.activatedOn : from < terms.activatedOn
        }
    }

    /// The certain end in force on a day: when it began.
    func endDay(before day: CivilDate) -> CivilDate? {
        guard hasEnded(by: day) else { return nil }
        var days = endDays.last.map { $0 <= day ? [$0] : [] } ?? []
        for event in sound(.ended, .portedOut)
        where !left.contains(event.subscription) && (event.kind == .portedOut || event.until != nil) {
            if let from = event.effectiveOn, from >= terms.activatedOn, holds(event, day) { days.append(from) }
        }
        return days.min()
    }

    /// Whether an end of any kind is the day after this one.
    func endsAfter(_ day: CivilDate) -> Bool {
        guard let next = day.adding(days: 1) else { return false }
        let endings = sound(.ended, .portedOut).compactMap { event -> CivilDate? in
            guard let from = event.effectiveOn else { return nil }
            if left.contains(event.subscription) { return from > terms.activatedOn ? from : nil }
            if from < terms.activatedOn { return terms.activatedOn }
            if event.kind == .ended, event.until == nil {
                return from == endDays.first || from == endDays.last ? from : nil
            }
            return from
        }
        return endings.contains(next) || endDays.first == next || endDays.last == next
    }

    // MARK: Price

    func price(on day: CivilDate) -> (amount: Int64, isUncertain: Bool) {
        if let discount = latest(sound(.discounted), day) { return (discount.amount, discount.isUncertain) }
        let changes = sound(.priceChanged)
        if let change = latest(changes, day) {
            let isOlder = change.from <= terms.activatedOn && change.amount != terms.price.minorUnits
            return (change.amount, change.isUncertain || isOlder)
        }
        // The row may have the price of the last change already: then nobody knows the price before.
        let later = changes.filter { event in event.until == nil && event.effectiveOn.map { $0 > day } ?? false }
        let lastDay = later.compactMap(\.effectiveOn).max()
        let isKnown = later.contains { $0.effectiveOn == lastDay && amount($0) == terms.price.minorUnits }
        return (terms.price.minorUnits, isKnown)
    }

    private func latest(_ events: [CaseEvent], _ day: CivilDate) -> (amount: Int64, from: CivilDate, isUncertain: Bool)?
    {
        let holding = events.filter { holds($0, day) }
        guard let from = holding.compactMap(\.effectiveOn).max() else { return nil }
        let amounts = Set(holding.filter { $0.effectiveOn == from }.compactMap(amount))
        guard let lowest = amounts.min() else { return nil }
        return (lowest, from, amounts.count > 1)
    }

    // MARK: Cycles

    struct Change {
        let day: CivilDate
        let cycle: BillingCycle
        let until: CivilDate?
        let isContradicted: Bool
    }

    /// The changes of the cycle after the activation, one a day.
    var changes: [Change] {
        let byDay = Dictionary(grouping: sound(.cycleChanged), by: \.effectiveOn)
        return byDay.compactMap { day, events in
            let cycles = Set(events.compactMap { BillingCycle($0.value) })
            guard let day, day > terms.activatedOn, let cycle = cycles.min(by: { $0.description < $1.description })
            else { return nil }
            let untils = events.filter { BillingCycle($0.value) == cycle }.compactMap(\.until)
            return Change(day: day, cycle: cycle, until: untils.min(), isContradicted: cycles.count > 1)
        }
        .sorted { $0.day < $1.day }
    }

    var hasOtherCycleFromTheStart: Bool {
        sound(.cycleChanged).contains { event in
            (event.effectiveOn ?? .latest) <= terms.activatedOn && BillingCycle(event.value) != terms.cycle
        }
    }
}
