import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport

/// Lines that are suspended, freed, discounted, changed, ended and renumbered, as events have it: mostly in good order,
/// sometimes overlapping, sometimes against all reason.
extension RandomCase {
    /// A line with its events, and charges that mostly follow them.
    mutating func addLine(_ identifier: String, _ terms: RenewalTerms) {
        var subscription = CaseSubscription(identifier: identifier, terms: random.once(in: 60) ? nil : terms)
        var identifiers = [identifier]
        if random.once(in: 6) {
            subscription.previous = "O\(identifier)"
            identifiers.append("O\(identifier)")
        }
        var events = identifiers.flatMap { name in randomEvents(of: name, terms, most: name == identifier ? 5 : 2) }
        if random.once(in: 6) {
            // The subscriptions have the line under its old id, or under its new one.
            let (old, new) = random.once(in: 2) ? (identifier, "N\(identifier)") : ("P\(identifier)", identifier)
            let day = randomDay(terms)
            events.append(CaseEvent(subscription: old, kind: .renumbered, effectiveOn: day, value: new))
            let other = old == identifier ? new : old
            identifiers.append(other)
            events += randomEvents(of: other, terms, most: 2)
        }
        if random.once(in: 8) {
            events.append(
                CaseEvent(subscription: identifier, kind: .offerChanged, effectiveOn: randomDay(terms), value: "x"))
        }
        if random.once(in: 100), let other = input.subscriptions.last {
            events.append(
                CaseEvent(
                    subscription: identifier, kind: .renumbered, effectiveOn: randomDay(terms), value: other.identifier)
            )
        }
        if random.once(in: 25), let place = input.subscriptions.indices.last,
            let other = input.subscriptions[place].terms,
            other.activatedOn < terms.activatedOn, input.subscriptions[place].previous.isEmpty,
            subscription.previous.isEmpty
        {
            // The contract before this one on the same line, which mostly has ended by then.
            input.subscriptions[place].terms = RenewalTerms(
                activatedOn: other.activatedOn, endedOn: terms.activatedOn.adding(days: random.number(-20...2)),
                cycle: other.cycle, price: other.price)
            subscription.previous = input.subscriptions[place].identifier
        }
        if random.once(in: 50) { events += randomEvents(of: "Z\(identifier)", terms, most: 1) }
        input.subscriptions.append(subscription)
        input.events += events
        let oneIn: UInt64 = [3, 8, 30].randomElement(using: &random) ?? 8
        let known = CaseSubscription(identifier: identifier, terms: terms, previous: subscription.previous)
        let own = events.filter { identifiers.contains($0.subscription) }
        let first = input.charges.count
        for cycle in AuditOracle(audit: input.terms).cycles(known, own) {
            guard cycle.period.start.days(since: input.terms.window.from) > -70,
                cycle.period.start.days(since: input.terms.window.to) <= 40
            else { continue }
            if cycle.state != .active && !random.once(in: 5) { continue }
            let end = random.once(in: 2) ? cycle.period.end : cycle.wholeEnd
            guard let period = BillingPeriod(start: cycle.period.start, end: end) else { continue }
            let name = random.once(in: 3) ? identifiers.randomElement(using: &random) ?? identifier : identifier
            addCharges(name, period, cycle.price, mishap: random.once(in: oneIn))
        }
        if random.once(in: 3) { addOutage(from: first, identifier, terms.price.minorUnits) }
        while random.once(in: 4) {
            addStray(identifiers.randomElement(using: &random) ?? identifier, terms.price.minorUnits)
        }
    }

    private mutating func randomDay(_ terms: RenewalTerms) -> CivilDate {
        let window = input.terms.window
        // Days on which a period begins are the ones that decide.
        if random.once(in: 3) {
            let index = terms.cycle.firstIndex(startingOnOrAfter: window.from, from: terms.activatedOn)
            let near = index + random.number(-2...6)
            let start = terms.cycle.start(ofCycle: max(0, near), from: terms.activatedOn) ?? window.from
            return start.adding(days: random.number(-1...1)) ?? start
        }
        return window.from.adding(days: random.number(-60...300)) ?? window.from
    }

    private mutating func randomEvents(of identifier: String, _ terms: RenewalTerms, most: Int) -> [CaseEvent] {
        let kinds: [EventKind] = [
            .suspended, .suspended, .free, .free, .discounted, .discounted, .priceChanged, .priceChanged, .cycleChanged,
            .ended, .portedOut,
        ]
        var events: [CaseEvent] = []
        for _ in 0..<random.number(0...most) {
            guard let kind = kinds.randomElement(using: &random) else { continue }
            var event = CaseEvent(subscription: identifier, kind: kind, effectiveOn: randomDay(terms))
            if random.once(in: 30) {
                event.effectiveOn = terms.activatedOn.adding(days: random.number(-3...1))
            }
            let oneIn: UInt64 = [.ended, .portedOut, .priceChanged, .cycleChanged].contains(kind) ? 8 : 1
            if random.once(in: oneIn), !random.once(in: 6) {
                event.until = event.effectiveOn?.adding(days: random.number(1...120))
            }
            switch kind {
            case .cycleChanged:
                event.value = ["P1M", "P30D", "P28D", "P2M", "P1W"].randomElement(using: &random) ?? "P1M"
            case .priceChanged, .discounted:
                let units = random.once(in: 6) ? terms.price.minorUnits : Int64(random.number(0...3_000))
                event.value = "\(units / 100).\(units % 100 / 10)\(units % 10)"
                if random.once(in: 40) { event.value += "1" }
            default: break
            }
            if kind == .ended, random.once(in: 3), let endedOn = terms.endedOn { event.effectiveOn = endedOn }
            if random.once(in: 30) { damage(&event) }
            events.append(event)
            if random.once(in: 12) {
                var again = event
                if random.once(in: 2) {
                    again.value = again.kind == .cycleChanged ? "P3M" : again.value.isEmpty ? "" : "7.77"
                }
                events.append(again)
            }
        }
        return events
    }

    /// As readers hand on a row with a value that is none.
    private mutating func damage(_ event: inout CaseEvent) {
        event.isSound = false
        switch random.number(0...3) {
        case 0: event.kind = random.once(in: 3) ? .offerChanged : nil
        case 1: event.effectiveOn = nil
        case 2: event.until = event.effectiveOn?.adding(days: -random.number(0...5))
        default: event.value = "?"
        }
    }
}
