import BillingRecords
import BillingValues
import RenewalAudit

extension AuditCase {
    /// The same case with other ids.
    func renamed(_ name: (String) -> String) -> AuditCase {
        func rename(_ old: String) -> String { old.isEmpty ? old : name(old) }
        var other = self
        for index in subscriptions.indices {
            other.subscriptions[index].identifier = rename(subscriptions[index].identifier)
            other.subscriptions[index].previous =
                subscriptions[index].previous.split(separator: " ").map { rename(String($0)) }.joined(separator: " ")
        }
        for index in charges.indices { other.charges[index].subscription = rename(charges[index].subscription) }
        for index in events.indices {
            other.events[index].subscription = rename(events[index].subscription)
            if events[index].kind == .renumbered { other.events[index].value = rename(events[index].value) }
        }
        return other
    }

    /// The same case so many days later; nil when a day of it would leave the calendar.
    func shifted(_ days: Int) -> AuditCase? {
        var other = self
        var left = false
        let shift = { (day: CivilDate?) -> CivilDate? in
            guard let day else { return nil }
            let moved = day.adding(days: days)
            if moved == nil { left = true }
            return moved
        }
        guard let from = shift(terms.window.from), let to = shift(terms.window.to),
            let window = AuditWindow(from: from, to: to)
        else { return nil }
        other.terms = AuditTerms(window: window, policy: terms.policy, decidedOn: shift(terms.decidedOn))
        for index in subscriptions.indices {
            guard let known = subscriptions[index].terms, let activatedOn = shift(known.activatedOn) else { continue }
            other.subscriptions[index].terms = RenewalTerms(
                activatedOn: activatedOn, endedOn: shift(known.endedOn), cycle: known.cycle, price: known.price)
        }
        for index in charges.indices {
            other.charges[index].chargedOn = shift(charges[index].chargedOn)
            other.charges[index].periodStart = shift(charges[index].periodStart)
            other.charges[index].periodEnd = shift(charges[index].periodEnd)
        }
        for index in events.indices {
            other.events[index].effectiveOn = shift(events[index].effectiveOn)
            other.events[index].until = shift(events[index].until)
        }
        return left ? nil : other
    }

    /// The same case with cycles of days in place of those of months.
    var inDays: AuditCase {
        var other = self
        for index in subscriptions.indices {
            guard let known = subscriptions[index].terms else { continue }
            other.subscriptions[index].terms = RenewalTerms(
                activatedOn: known.activatedOn, endedOn: known.endedOn, cycle: Self.days(known.cycle),
                price: known.price)
        }
        for index in events.indices where events[index].kind == .cycleChanged && events[index].value.hasSuffix("M") {
            other.events[index].value = events[index].value == "P1M" ? "P30D" : "P61D"
        }
        return other
    }

    private static func days(_ cycle: BillingCycle) -> BillingCycle {
        let thirty = BillingCycle("P30D") ?? cycle
        return ["P1M": thirty, "P2M": BillingCycle("P61D"), "P3M": BillingCycle("P91D"), "P1Y": BillingCycle("P365D")]
            .first { $0.key == "\(cycle)" || BillingCycle($0.key) == cycle }?.value ?? cycle
    }
}
