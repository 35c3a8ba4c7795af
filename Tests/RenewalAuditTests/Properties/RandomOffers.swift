import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport

/// Makes random offers, calendars, lines and events, and charges in exact order or with a mishap that only one verdict
/// fits.
struct RandomOffers {
    var input: AuditCase
    var random: SplitMix64

    /// What is found, as the oracle sees it.
    var expected: Set<Judgement> = []

    /// The expected findings whose amount nobody can tell.
    var unknown: Set<Verdict> = []

    private let first: CivilDate

    /// A case of `count` lines from a seed.
    init?(seed: UInt64, count: Int) {
        random = SplitMix64(seed: seed)
        guard let first = CivilDate(dayNumber: Int32(random.number(18_900...19_900))),
            let last = first.adding(days: random.number(20...300)), let window = AuditWindow(from: first, to: last)
        else { return nil }
        self.first = first
        input = AuditCase(terms: AuditTerms(window: window))
        input.suspension = randomSuspension()
        let calendars = (0..<4).map { number in
            OfferCatalogue.NamedCalendar(name: Array("c\(number)".utf8), calendar: randomCalendar(number))
        }
        let offers = (0..<8).map { randomOffer("o\($0)", calendars: calendars.count) }
        input.offers = OfferCatalogue(offers: offers, calendars: calendars)
        for number in 0..<count { addLine("S\(number)") }
    }

    private mutating func randomSuspension() -> SuspensionPolicy {
        SuspensionPolicy(
            partlySuspended: random.pick(SuspensionPolicy.PartlySuspended.allCases),
            anchor: random.pick(SuspensionPolicy.Anchor.allCases))
    }

    private mutating func randomCalendar(_ number: Int) -> BillingCalendar {
        if number == 0 { return .anniversary }
        let edge = random.number(1...30)
        let days = number == 1 ? [1...31] : [1...edge, (edge + 1)...31]
        let bands = days.map { days in
            ActivationBand(
                days: days, firstPeriod: random.pick(ActivationBand.FirstPeriod.allCases),
                collections: randomCollections())
        }
        let collected =
            random.once(in: 2) ? CollectionDay(monthsAfter: random.number(0...1), day: random.number(1...31)) : nil
        let calendar = MonthlyCalendar(day: random.number(1...28), collectionDay: collected, bands: bands)
        return calendar.map { .dayOfMonth($0) } ?? .anniversary
    }

    /// Collections so far apart that the day of each tells it.
    private mutating func randomCollections() -> [ActivationBand.Collection] {
        var months = random.number(1...2)
        var feeIn = random.number(0...2)
        var lastDay = 1
        return (0..<random.number(0...3)).compactMap { number in
            defer { months += random.number(1...2) }
            feeIn -= 1
            let carriesFee = feeIn == 0
            let periods = random.number(carriesFee ? 0...3 : 1...3)
            let day = random.number(1...28)
            // Two weeks at least, for a charge may be some days late.
            if lastDay - day > 14 { months += 1 }
            lastDay = day
            return CollectionDay(monthsAfter: months, day: day).map {
                .init(day: $0, periods: periods, carriesActivationFee: carriesFee)
            }
        }
    }

    private mutating func randomOffer(_ name: String, calendars: Int) -> Offer {
        var offer = Offer(name: Array(name.utf8), currency: .eur, prices: randomPrices())
        if random.once(in: 3) { offer.freePeriods = random.number(0...4) }
        if random.once(in: 3) {
            offer.discount = FirstPeriodsDiscount(
                periods: random.number(1...6), price: Int64(random.once(in: 6) ? 0 : random.number(100...900)))
        }
        if random.once(in: 2) { offer.activationFee = Int64(random.number(3_001...9_000)) }
        offer.proRataRounding = random.pick(RoundingRule.allCases)
        if random.once(in: 2) { offer.partlySuspended = random.pick(SuspensionPolicy.PartlySuspended.allCases) }
        if random.once(in: 2) { offer.anchorAfterSuspension = random.pick(SuspensionPolicy.Anchor.allCases) }
        offer.calendar = random.once(in: 5) ? nil : random.below(calendars)
        return offer
    }

    private mutating func randomPrices() -> OfferPrices {
        var day = first.adding(days: random.number(-300...60)) ?? first
        var prices: [OfferPrices.Price] = []
        for number in 0..<random.number(0...3) {
            let from = number == 0 && random.once(in: 2) ? nil : day
            day = day.adding(days: random.number(20...200)) ?? day
            let audience = random.pick([nil, nil, .everyone, .new] as [OfferPrices.Price.Audience?])
            prices.append(
                .init(
                    amount: Int64(random.number(950...1_050)), from: from, until: random.once(in: 3) ? nil : day,
                    audience: audience))
            if prices[number].until == nil, audience != .new { break }
            if random.once(in: 4) { day = day.adding(days: random.number(1...40)) ?? day }
        }
        return OfferPrices(prices)
    }
}

extension RandomOffers {
    private mutating func addLine(_ identifier: String) {
        let window = input.terms.window
        var offer = random.pick(input.offers.offers)
        var calendar = offer.calendar.map { input.offers.calendars[$0].calendar } ?? .anniversary
        var subscription = CaseSubscription(identifier: identifier, offer: String(decoding: offer.name, as: UTF8.self))
        if random.once(in: 10) {
            let named = random.pick(input.offers.calendars)
            subscription.calendar = String(decoding: named.name, as: UTF8.self)
            calendar = named.calendar
        }
        if random.once(in: 12) {
            // The file does not know the offer: no list, no fee, no first periods.
            subscription.offer = "unknown"
            offer = Offer(name: [], currency: .eur)
            if subscription.calendar.isEmpty { calendar = .anniversary }
        }
        let activatedOn = window.from.adding(days: random.number(-200...120)) ?? window.from
        let words = calendar == .anniversary ? ["P1M", "P30D", "P2M", "P1W"] : ["P1M", "P1M", "P1M", "P2M", "P3M"]
        guard let cycle = BillingCycle(random.pick(words)) else { return }
        let own = random.once(in: 3) ? 777 : offer.prices.prices.randomElement(using: &random)?.amount ?? 777
        let endedOn = random.once(in: 6) ? activatedOn.adding(days: random.number(20...300)) : nil
        let terms = RenewalTerms(
            activatedOn: activatedOn, endedOn: endedOn, cycle: cycle,
            price: Money(minorUnits: own, currency: .eur))
        subscription.hasPrice = offer.prices.prices.isEmpty || !random.once(in: 4)
        subscription.terms = terms
        let events = randomEvents(identifier, from: activatedOn)
        input.subscriptions.append(subscription)
        input.events += events
        var policy = input.suspension
        if let choice = offer.partlySuspended { policy.partlySuspended = choice }
        if let choice = offer.anchorAfterSuspension { policy.anchor = choice }
        let oracle = CalendarOracle(
            subscription: subscription, terms: terms, offer: offer, calendar: calendar, policy: policy, events: events)
        charge(oracle)
    }

    private mutating func randomEvents(_ identifier: String, from activatedOn: CivilDate) -> [CaseEvent] {
        var events: [CaseEvent] = []
        for _ in 0..<random.number(0...2) where random.once(in: 2) {
            let from = activatedOn.adding(days: random.number(0...300))
            let until = random.once(in: 8) ? nil : from?.adding(days: random.number(1...90))
            events.append(
                CaseEvent(subscription: identifier, kind: .suspended, effectiveOn: from, until: until))
        }
        for kind in [EventKind.free, .discounted] where random.once(in: 8) {
            let from = activatedOn.adding(days: random.number(0...300))
            events.append(
                CaseEvent(
                    subscription: identifier, kind: kind, effectiveOn: from,
                    until: from?.adding(days: random.number(1...90)), value: kind == .free ? "" : "3.33"))
        }
        return events
    }
}
