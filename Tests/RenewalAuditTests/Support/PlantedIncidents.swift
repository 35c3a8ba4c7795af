import BillingRecords
import BillingValues
import TestSupport

@testable import RenewalAudit

/// Random subscriptions of a year whose renewals are missed at a background rate and for planted incidents.
struct PlantedIncidents {
    /// What was planted: values by dimension, and the days of the first and last missed renewal.
    struct Plant: Hashable, CustomStringConvertible {
        var values: [IncidentDimension: String]
        var first: Int
        var last: Int

        var description: String {
            let names = values.sorted { $0.key < $1.key }.map { "\($0.key.name)=\($0.value)" }
            return "\(names.joined(separator: "; ")) on days \(first) to \(last)"
        }
    }

    private(set) var input: AuditCase
    private(set) var planted: [Plant] = []
    private(set) var discrepancies: [Discrepancy] = []
    private var random: SplitMix64
    private var shares: [Int] = []
    private var due: [[(day: Int, period: BillingPeriod)]] = []

    private static let days = 365
    private static let offers = ["Easy Pay", "Easy Pay", "Easy Pay", "Mobile 100", "Mobile 100", "Fibra Casa"]
    private static let methods = ["card", "card", "direct_debit", "wallet"]
    private static let cycles = ["P1M", "P1M", "P30D", "P28D"]

    /// `count` subscriptions with `incidents` plants and so many misses in 1,000 renewals beside them.
    init?(seed: UInt64, count: Int, incidents: Int, background: Int) {
        random = SplitMix64(seed: seed)
        guard let from = CivilDate("2025-01-01"), let to = from.adding(days: Self.days),
            let window = AuditWindow(from: from, to: to)
        else { return nil }
        input = AuditCase(terms: AuditTerms(window: window))
        for number in 0..<count { addSubscription(number) }
        due = input.subscriptions.map(dueDays)
        for _ in 0..<400 where planted.count < incidents { plant() }
        miss(background: background)
    }

    private mutating func pick(_ values: [String]) -> String { values[random.number(0...(values.count - 1))] }

    private mutating func addSubscription(_ number: Int) {
        let from = input.terms.window.from
        guard let activatedOn = from.adding(days: -random.number(-150...900)),
            let cycle = BillingCycle(pick(Self.cycles))
        else { return }
        let price = Money(minorUnits: 999, currency: random.once(in: 4) ? .usd : .eur)
        let endedOn = random.once(in: 10) ? activatedOn.adding(days: random.number(100...1_200)) : nil
        let terms = RenewalTerms(activatedOn: activatedOn, endedOn: endedOn, cycle: cycle, price: price)
        input.subscriptions.append(
            CaseSubscription(
                identifier: "S\(number)", terms: terms, offer: pick(Self.offers), paymentMethod: pick(Self.methods)))
    }

    private static func value(_ dimension: IncidentDimension, of subscription: CaseSubscription) -> String {
        switch dimension {
        case .offer: subscription.offer
        case .paymentMethod: subscription.paymentMethod
        case .cycle: subscription.terms?.cycle.description ?? ""
        case .currency: subscription.terms?.price.currency.alphabeticCode ?? ""
        case .activationDay: ""
        }
    }

    private static func matches(_ subscription: CaseSubscription, _ values: [IncidentDimension: String]) -> Bool {
        values.allSatisfy { value($0, of: subscription) == $1 }
    }

    private func dueDays(_ subscription: CaseSubscription) -> [(day: Int, period: BillingPeriod)] {
        guard let terms = subscription.terms else { return [] }
        let schedule = RenewalSchedule(terms: terms, window: input.terms.window)
        return schedule.dueIndices.compactMap(schedule.period).map { period in
            (period.start.days(since: input.terms.window.from), period)
        }
    }

    private mutating func plant() {
        let kinds: [[IncidentDimension]] = [
            [.offer], [.paymentMethod], [.cycle], [.currency], [.offer, .paymentMethod], [],
        ]
        guard let kind = kinds.randomElement(using: &random),
            let member = input.subscriptions.randomElement(using: &random)
        else { return }
        let values = Dictionary(uniqueKeysWithValues: kind.map { ($0, Self.value($0, of: member)) })
        let length = (kind.isEmpty ? [1, 1, 3] : [1, 7, 30, 90, 250]).randomElement(using: &random) ?? 1
        let first = random.number(20...(Self.days - length - 1))
        let plant = Plant(values: values, first: first, last: first + length - 1)
        guard !planted.contains(where: { Self.hide($0, plant) }) else { return }
        // Nobody could find fewer, or tell apart incidents that are parts of each other.
        let all = planted + [plant]
        let isVisible = all.indices.allSatisfy { place in
            renewals(ofOnly: place, among: all) >= max(60, (all[place].last - all[place].first + 1) * 2)
        }
        guard isVisible else { return }
        planted = all
        shares.append([60, 80, 95, 100].randomElement(using: &random) ?? 100)
    }

    /// How many due renewals belong to one plant and to no other.
    private func renewals(ofOnly place: Int, among plants: [Plant]) -> Int {
        var count = 0
        for (row, subscription) in input.subscriptions.enumerated()
        where Self.matches(subscription, plants[place].values) {
            let others = plants.indices.filter { $0 != place && Self.matches(subscription, plants[$0].values) }
            count += due[row].count { renewal in
                (plants[place].first...plants[place].last).contains(renewal.day)
                    && !others.contains { (plants[$0].first...plants[$0].last).contains(renewal.day) }
            }
        }
        return count
    }

    private static func hide(_ one: Plant, _ other: Plant) -> Bool {
        if one.values == other.values { return true }
        if one.values.isEmpty || other.values.isEmpty { return false }
        // There are two currencies: both together are everybody.
        let areBothCurrencies = [one, other].allSatisfy { $0.values.keys.elementsEqual([.currency]) }
        if areBothCurrencies && one.first <= other.last && other.first <= one.last { return true }
        let (fewer, more) = one.values.count < other.values.count ? (one, other) : (other, one)
        return fewer.values.allSatisfy { more.values[$0] == $1 } && one.first <= other.last && other.first <= one.last
    }

    private mutating func miss(background: Int) {
        var spans = [(first: Int, last: Int)?](repeating: nil, count: planted.count)
        for (row, subscription) in input.subscriptions.enumerated() {
            for (day, period) in due[row] {
                var isMissed = random.number(1...1_000) <= background
                for (place, plant) in planted.enumerated()
                where plant.first <= day && day <= plant.last && Self.matches(subscription, plant.values) {
                    guard random.number(1...100) <= shares[place] else { continue }
                    isMissed = true
                    let span = spans[place] ?? (day, day)
                    spans[place] = (min(span.first, day), max(span.last, day))
                }
                if isMissed { add(.unchargedRenewal, row: row, period: period) }
            }
        }
        for (place, span) in spans.enumerated() {
            guard let span else { continue }
            (planted[place].first, planted[place].last) = span
        }
    }

    /// Adds a finding on a renewal; a late one with the day of its charge.
    mutating func add(_ rule: AuditRule, row: Int, period: BillingPeriod, paidOn: CivilDate? = nil) {
        guard let price = input.subscriptions[row].terms?.price else { return }
        discrepancies.append(
            Discrepancy(
                rule: rule, subject: .subscription(row: row), period: period, dueOn: period.start,
                expected: price.minorUnits, charged: 0, currency: price.currency, confidence: .high, charges: [],
                reason: "", paidOn: paidOn))
    }

    /// Turns the order of the findings round.
    mutating func reverse() { discrepancies.reverse() }

    /// Adds lines of the offers "Even" and "Odd", each activated a day after the one before it.
    mutating func addLines(_ count: Int, terms: RenewalTerms) {
        for number in 0..<count {
            let activatedOn = terms.activatedOn.adding(days: number) ?? terms.activatedOn
            input.subscriptions.append(
                CaseSubscription(
                    identifier: "L\(number + 1000)",
                    terms: RenewalTerms(
                        activatedOn: activatedOn, endedOn: nil, cycle: terms.cycle, price: terms.price),
                    offer: number % 2 == 0 ? "Even" : "Odd"))
        }
    }

    /// The due renewals of a line, with their days counted from the first of the window.
    func renewals(_ row: Int) -> [(day: Int, period: BillingPeriod)] { dueDays(input.subscriptions[row]) }
}

extension PlantedIncidents {
    /// The table of the subscriptions.
    var table: Subscriptions {
        var table = Subscriptions(window: input.terms.window)
        let (batch, block) = input.subscriptionBatch
        table.append(batch, block: block.span, blockOrdinal: 0)
        _ = table.buildIndex()
        return table
    }

    /// The causes that the engine finds, with the due renewals counted in so many parts.
    func causes(parts: Int = 1) -> SystemicCauses? {
        let table = table
        let calendars = (0..<parts).map { part in
            DueCalendar(
                table, rows: (table.count * part / parts)..<(table.count * (part + 1) / parts), detail: 0)
        }
        guard var whole = calendars[0] else { return nil }
        for calendar in calendars.dropFirst() {
            guard let calendar, whole.merge(calendar) else { return nil }
        }
        let sorted = DiscrepancyOrder.sorted(discrepancies, subscriptions: table)
        return SystemicCauses(sorted, subscriptions: table, calendar: whole)
    }

    /// An incident in the form of a plant.
    func plant(_ incident: Incident) -> Plant {
        Plant(
            values: Dictionary(
                uniqueKeysWithValues: incident.conditions.map {
                    ($0.dimension, String(decoding: $0.value, as: UTF8.self))
                }),
            first: incident.firstDay.days(since: input.terms.window.from),
            last: incident.lastDay.days(since: input.terms.window.from))
    }
}
