import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport

/// Makes random subscriptions and the charges of a billing system that has every mishap there is.
struct RandomCase {
    var input: AuditCase
    var random: SplitMix64
    private let euro: Currency
    private let dollar: Currency

    private static let cycles = [
        "P1M", "P1M", "P1M", "P30D", "P28D", "P3M", "P1Y", "P1W", "P2M", "P10D", "P11D", "P5D",
    ]

    /// Whether lines have events and earlier ids.
    private let hasEvents: Bool

    /// A case of `count` subscriptions from a seed.
    init?(seed: UInt64, count: Int, hasEvents: Bool = false) {
        self.hasEvents = hasEvents
        random = SplitMix64(seed: seed)
        guard let euro = Currency(code: "EUR"), let dollar = Currency(code: "USD"),
            let first = CivilDate(dayNumber: Int32(random.number(18_900...19_900))),
            let last = first.adding(days: random.number(20...400)),
            let window = AuditWindow(from: first, to: last)
        else { return nil }
        self.euro = euro
        self.dollar = dollar
        let decidedOn = random.once(in: 3) ? last.adding(days: random.number(-10...60)) : nil
        let policy =
            random.once(in: 4)
            ? MatchingPolicy(
                graceDaysBefore: random.number(0...9), graceDaysAfter: random.number(0...9),
                pendingDays: random.number(0...20))
            : .standard
        input = AuditCase(terms: AuditTerms(window: window, policy: policy, decidedOn: decidedOn))
        for number in 0..<count { addSubscription("S\(number)") }
        nameCharges()
    }

    /// The same case with its charges in another order.
    func shuffled(seed: UInt64) -> AuditCase {
        var random = SplitMix64(seed: seed)
        var other = input
        other.charges.shuffle(using: &random)
        return other
    }
}

extension RandomCase {
    private mutating func addSubscription(_ identifier: String) {
        let window = input.terms.window
        let word = Self.cycles.randomElement(using: &random) ?? "P1M"
        // Activations on the last days of a month are far more common here than in life.
        var activatedOn = window.from.adding(days: -random.number(-30...900)) ?? window.from
        if random.once(in: 3) {
            activatedOn = activatedOn.addingMonths(0, anchorDay: random.number(28...31)) ?? activatedOn
        }
        guard let cycle = BillingCycle(word) else { return }
        let endedOn = random.once(in: 4) ? window.from.adding(days: random.number(-20...500)) : nil
        let price = random.once(in: 20) ? 0 : Int64(random.number(1...3_000))
        let terms = RenewalTerms(
            activatedOn: activatedOn, endedOn: endedOn.flatMap { $0 > activatedOn ? $0 : nil }, cycle: cycle,
            price: Money(minorUnits: price, currency: euro))
        if hasEvents { return addLine(identifier, terms) }
        let isReadable = !random.once(in: 60)
        input.subscriptions.append(CaseSubscription(identifier: identifier, terms: isReadable ? terms : nil))
        // Some lines are in perfect order, some hardly ever.
        let oneIn: UInt64 = [3, 8, 30].randomElement(using: &random) ?? 8
        let first = input.charges.count
        for index in 0..<2_000 {
            guard let period = cycle.period(ofCycle: index, from: activatedOn) else { break }
            if period.start.days(since: window.to) > 40 { break }
            guard period.start.days(since: window.from) > -70 else { continue }
            let hasEnded = terms.endedOn.map { period.start >= $0 } ?? false
            if hasEnded && !random.once(in: 6) { continue }
            addCharges(identifier, period, price, mishap: random.once(in: oneIn))
        }
        if random.once(in: 3) { addOutage(from: first, identifier, price) }
        while random.once(in: 4) { addStray(identifier, price) }
    }

    mutating func addCharges(_ identifier: String, _ period: BillingPeriod, _ price: Int64, mishap: Bool) {
        var charge = CaseCharge(
            subscription: identifier, kind: .renewal, chargedOn: period.start, periodStart: period.start,
            periodEnd: period.end, amount: price, currency: euro, status: .posted)
        if random.once(in: 4) { charge.chargedOn = period.start.adding(days: random.number(-6...6)) }
        if random.once(in: 8) { charge.periodEnd = nil }
        guard mishap else {
            input.charges.append(charge)
            return
        }
        switch random.number(0...17) {
        case 0...2: return
        case 3: charge.status = .failed
        case 4: charge.status = .reversed
        case 5:
            charge.status = .pending
            // The first and the last day on which it may be so are far rarer in life than here.
            let limit = input.terms.policy.pendingDays + random.number(0...1)
            if random.once(in: 2) { charge.chargedOn = input.terms.decidedOn.adding(days: -limit) }
        case 6: input.charges.append(charge)
        case 7: addReturn(of: charge, from: period)
        case 8:
            charge.amount = price / Int64(random.number(2...4))
            if random.once(in: 2) { addRemainder(of: charge, price: price) }
        case 9: charge.amount = random.once(in: 2) ? 0 : price * Int64(random.number(1...4)) + 1
        case 10: charge.chargedOn = period.start.adding(days: random.number(-40...90))
        case 11: shift(&charge)
        case 12: charge.currency = dollar
        case 13:
            charge.periodStart = nil
            charge.periodEnd = nil
            charge.chargedOn = period.start.adding(days: random.number(-12...14))
        case 14:
            charge.kind = .recovery
            charge.status = random.once(in: 2) ? .pending : .posted
        case 15: damage(&charge)
        case 16:  // Readers reject periods that end before they start.
            charge.periodEnd = period.end.adding(days: random.number(-9...50)).map { max($0, period.start) }
        default:
            // Two attempts, the last of them good or not.
            var attempt = charge
            attempt.status = [.failed, .reversed, .pending].randomElement(using: &random) ?? .failed
            input.charges.append(attempt)
        }
        if random.once(in: 12) { charge.status = ChargeStatus.allCases.randomElement(using: &random) ?? .posted }
        input.charges.append(charge)
    }

    private mutating func addReturn(of charge: CaseCharge, from period: BillingPeriod) {
        var back = charge
        back.kind = [.refund, .credit, .adjustment, .renewal].randomElement(using: &random)
        back.amount = random.once(in: 3) ? -charge.amount / 2 : -charge.amount
        if random.once(in: 3) {
            back.periodStart = nil
            back.periodEnd = nil
        }
        back.chargedOn = period.start.adding(days: random.number(0...40))
        if random.once(in: 12) { back.currency = dollar }
        if random.once(in: 12) { back.status = .pending }
        input.charges.append(back)
        if random.once(in: 4) { input.charges.append(charge) }
    }

    private mutating func addRemainder(of charge: CaseCharge, price: Int64) {
        var remainder = charge
        remainder.amount = price - charge.amount
        remainder.chargedOn = charge.chargedOn?.adding(days: random.number(0...20))
        if random.once(in: 5) { remainder.kind = .adjustment }
        input.charges.append(remainder)
    }

    private mutating func shift(_ charge: inout CaseCharge) {
        let days = random.number(-9...9)
        charge.periodStart = charge.periodStart?.adding(days: days)
        charge.periodEnd = charge.periodEnd?.adding(days: days)
    }

    private mutating func damage(_ charge: inout CaseCharge) {
        charge.isSound = false
        switch random.number(0...4) {
        case 0:
            charge.periodStart = nil
            charge.periodIsDamaged = true
        case 1:
            charge.periodStart = nil
            charge.periodEnd = nil
        case 4 where charge.periodEnd != nil: charge.periodEnd = charge.periodEnd?.adding(days: random.number(0...90))
        case 2: charge.chargedOn = nil
        default: charge.kind = random.once(in: 2) ? nil : .addon
        }
    }

    /// A charge that belongs to nothing: another kind, somebody unknown, or a payment out of the blue.
    mutating func addStray(_ identifier: String, _ price: Int64) {
        let day = input.terms.window.from.adding(days: random.number(-20...450)) ?? input.terms.window.from
        var stray = CaseCharge(
            subscription: identifier, kind: .renewal, chargedOn: day, periodStart: nil, periodEnd: nil,
            amount: price * Int64(random.number(0...2)), currency: euro, status: .posted)
        switch random.number(0...4) {
        case 0: stray.kind = .addon
        case 1: stray.subscription = "X" + identifier
        case 2: stray.kind = [.refund, .credit, .adjustment].randomElement(using: &random)
        case 3: stray.periodStart = day
        default: break
        }
        input.charges.append(stray)
    }
}
