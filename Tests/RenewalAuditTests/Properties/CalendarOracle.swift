import BillingRecords
import BillingValues
import RenewalAudit

/// A second opinion on what an offers file makes due: slow, plain, and written from `docs/offers.md` alone.
///
/// It walks the life of a line day by day: on each day it asks whether a period begins, and of each day of a period
/// whether the line is suspended. It shares the types of the offers with the engine, and no line of code.
struct CalendarOracle {
    /// What is owed for a period.
    enum State: Hashable {
        case due, suspended, free, ended
    }

    /// How sure the amount is.
    enum Certainty: Hashable {
        case certain, contradicted, unknown
    }

    /// A period of the line's life.
    struct Period {
        let number: Int
        let start: CivilDate
        let end: CivilDate
        var dueOn: CivilDate
        var state = State.due
        var amount: Int64 = 0
        var certainty = Certainty.certain
    }

    let subscription: CaseSubscription
    let terms: RenewalTerms
    let offer: Offer
    let calendar: BillingCalendar
    let policy: SuspensionPolicy
    let events: [CaseEvent]

    /// The periods that begin before a day; those of an activation that is no renewal are left out.
    func periods(until last: CivilDate) -> [Period] {
        let starts = starts(until: last)
        var found: [Period] = []
        for (number, start) in starts.enumerated() {
            let next = number + 1 < starts.count ? starts[number + 1] : nil
            guard let end = next?.adding(days: -1), start < last else { break }
            var period = Period(number: number, start: start, end: end, dueOn: start)
            period.dueOn = dueDay(number, start)
            judge(&period)
            found.append(period)
        }
        return Array(found.dropFirst(firstRenewal))
    }

    /// 1, unless the calendar has something to say of period 0.
    var firstRenewal: Int { band == nil || band?.firstPeriod == .withActivation ? 1 : 0 }

    /// What the calendar says of lines activated on this line's day.
    var band: ActivationBand? {
        guard case .dayOfMonth(let monthly) = calendar else { return nil }
        return monthly.bands.first { $0.days.contains(terms.activatedOn.day) }
    }

    // MARK: Days

    private func isSuspended(_ day: CivilDate) -> Bool { holds(.suspended, day) }

    private func holds(_ kind: EventKind, _ day: CivilDate) -> Bool {
        events.contains { event in
            guard event.kind == kind, let from = event.effectiveOn, from <= day else { return false }
            return event.until.map { day < $0 } ?? true
        }
    }

    /// The days on which periods begin, the first of them behind `last` included.
    private func starts(until last: CivilDate) -> [CivilDate] {
        var starts = [terms.activatedOn]
        var anchor = terms.activatedOn
        var count = 0
        var wasSuspended = isSuspended(anchor)
        var day = anchor
        while starts[starts.count - 1] < last, let next = day.adding(days: 1) {
            day = next
            let suspended = isSuspended(day)
            let comesBack = wasSuspended && !suspended
            wasSuspended = suspended
            if case .dayOfMonth(let monthly) = calendar {
                guard day.day == monthly.day else { continue }
                // The first one ends the days of the activation; from then on every so many months.
                if starts.count == 1 {
                    anchor = day
                    starts.append(day)
                } else if (day.monthNumber - anchor.monthNumber) % terms.cycle.count == 0 {
                    starts.append(day)
                }
                continue
            }
            if comesBack, policy.anchor == .restart {
                (anchor, count) = (day, 0)
                starts.append(day)
            } else if day == start(count + 1, from: anchor) {
                count += 1
                starts.append(day)
            }
        }
        return starts
    }

    /// The first day of the period that is so many cycles behind an anchor, in whole days or calendar months.
    private func start(_ count: Int, from anchor: CivilDate) -> CivilDate? {
        guard terms.cycle.unit == .months else { return anchor.adding(days: count * terms.cycle.count) }
        let months = anchor.monthNumber + count * terms.cycle.count
        let (year, month) = (months / 12, months % 12 + 1)
        return (0...3).lazy.compactMap { CivilDate(year: year, month: month, day: anchor.day - $0) }.first
    }

    /// The day of one of the first collections.
    func day(of collection: ActivationBand.Collection) -> CivilDate { day(collection.day, from: terms.activatedOn) }

    /// A day of the month that lies so many months behind another day.
    private func day(_ wanted: CollectionDay, from day: CivilDate) -> CivilDate {
        let months = day.monthNumber + wanted.monthsAfter
        let days = (0...3).lazy.compactMap { back in
            CivilDate(year: months / 12, month: months % 12 + 1, day: wanted.day - back)
        }
        return days.first ?? day
    }

    private func dueDay(_ number: Int, _ start: CivilDate) -> CivilDate {
        guard case .dayOfMonth(let monthly) = calendar, let band else { return start }
        var carried = firstRenewal
        for collection in band.collections {
            for _ in 0..<collection.periods {
                if carried == number { return day(collection.day, from: terms.activatedOn) }
                carried += 1
            }
        }
        return monthly.collectionDay.map { day($0, from: start) } ?? start
    }

    // MARK: Amounts

    /// Sets the state and the amount of a period.
    private func judge(_ period: inout Period) {
        var suspendedDays = 0
        var days = 0
        var day = period.start
        while day <= period.end, let next = day.adding(days: 1) {
            days += 1
            if isSuspended(day) { suspendedDays += 1 }
            day = next
        }
        if let endedOn = terms.endedOn, period.start >= endedOn {
            period.state = .ended
        } else if isWithoutService(period, suspendedDays: suspendedDays, of: days) {
            period.state = .suspended
        } else if holds(.free, period.start) || period.number < offer.freePeriods
            || (period.number == 0 && band?.firstPeriod == .free)
        {
            period.state = .free
        }
        setPrice(of: &period)
        var paid = days
        var whole = wholeLength(period, days)
        let isShare = period.number == 0 && band?.firstPeriod == .proRata
        if policy.partlySuspended == .proRata, suspendedDays > 0 {
            paid -= suspendedDays
        } else if !isShare {
            whole = paid
        }
        period.amount = share(period.amount, paid, of: whole)
    }

    private func isWithoutService(_ period: Period, suspendedDays: Int, of days: Int) -> Bool {
        switch policy.partlySuspended {
        case .firstDay: isSuspended(period.start)
        case .due, .proRata: suspendedDays == days
        case .notDue: suspendedDays > 0
        }
    }

    /// How many days the period would have if nothing cut it short.
    private func wholeLength(_ period: Period, _ days: Int) -> Int {
        guard case .dayOfMonth(let monthly) = calendar else {
            // The anchor is the last day that began a new count: a period is whole if it ends where the count has it.
            return anniversaryLength(period) ?? days
        }
        // A first period of the whole price is a whole one, however short.
        guard period.number == 0, band?.firstPeriod == .proRata, let next = period.end.adding(days: 1) else {
            return days
        }
        let months = next.monthNumber - terms.cycle.count
        guard let start = CivilDate(year: months / 12, month: months % 12 + 1, day: monthly.day) else { return days }
        return next.days(since: start)
    }

    private func anniversaryLength(_ period: Period) -> Int? {
        // The days on which a count began, at or before the period.
        var anchor = terms.activatedOn
        var day = terms.activatedOn
        while policy.anchor == .restart, day < period.start, let next = day.adding(days: 1) {
            if isSuspended(day), !isSuspended(next) { anchor = next }
            day = next
        }
        for count in 0..<2_000 where start(count, from: anchor) == period.start {
            return start(count + 1, from: anchor)?.days(since: period.start)
        }
        return nil
    }

    /// A share of an amount, rounded by the offer's rule; no amount here is below zero.
    private func share(_ amount: Int64, _ days: Int, of whole: Int) -> Int64 {
        let product = amount * Int64(days)
        let (quotient, remainder) = product.quotientAndRemainder(dividingBy: Int64(max(1, whole)))
        let twice = remainder * 2
        let goesUp =
            switch offer.proRataRounding {
            case .halfUp: twice >= Int64(whole)
            case .halfDown: twice > Int64(whole)
            case .halfEven: twice > Int64(whole) || (twice == Int64(whole) && quotient % 2 == 1)
            case .up, .ceiling: remainder > 0
            case .down, .floor: false
            }
        return quotient + (goesUp ? 1 : 0)
    }

    private func setPrice(of period: inout Period) {
        let own = subscription.hasPrice ? terms.price.minorUnits : nil
        if let event = events.last(where: { event in
            guard event.kind == .discounted, let from = event.effectiveOn, from <= period.start else { return false }
            return event.until.map { period.start < $0 } ?? true
        }), let amount = try? Money(parsing: event.value, currency: terms.price.currency).minorUnits {
            period.amount = amount
            return
        }
        if let discount = offer.discount,
            (offer.freePeriods..<(offer.freePeriods + discount.periods)).contains(period.number)
        {
            period.amount = discount.price
            return
        }
        let listed = listed(on: period.start)
        guard let own else {
            period.amount = listed?.amount ?? 0
            if listed == nil { period.certainty = .unknown }
            return
        }
        period.amount = own
        // The row's own price, unless the list has it for other days.
        guard let listed, listed.amount != own, offer.prices.prices.contains(where: { $0.amount == own }) else {
            return
        }
        let hadIt = offer.prices.prices.contains { price in
            price.amount == own && (price.from.map { $0 <= period.start } ?? true)
        }
        if listed.audience == nil, hadIt { period.certainty = .contradicted } else { period.amount = listed.amount }
    }

    /// The list's price for the line on a day.
    private func listed(on day: CivilDate) -> OfferPrices.Price? {
        let holding = offer.prices.prices.filter { price in
            let asked = price.audience == .new ? terms.activatedOn : day
            let began = price.from.map { $0 <= asked && $0 <= day } ?? true
            return began && (price.until.map { asked < $0 } ?? true)
        }
        return holding.max { ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min) }
    }
}
