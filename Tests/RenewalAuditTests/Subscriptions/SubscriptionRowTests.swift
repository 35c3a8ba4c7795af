import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("SubscriptionRow")
struct SubscriptionRowTests {
    private static let cycles = [
        "P1M", "P2M", "P3M", "P6M", "P1Y", "P18M", "P1D", "P1W", "P10D", "P11D", "P28D", "P30D", "P365D",
    ]

    /// A random line and a random day at or near one of its renewals, or anywhere.
    private struct Sample {
        let terms: RenewalTerms
        let row: SubscriptionRow
        let day: CivilDate

        init?(_ random: inout SplitMix64, euro: Currency) throws {
            guard let cycle = SubscriptionRowTests.cycles.randomElement(using: &random).flatMap({ BillingCycle($0) }),
                let some = CivilDate(dayNumber: Int32(random.number(-5_000...30_000))),
                let activation = random.once(in: 2) ? some : some.addingMonths(0, anchorDay: random.number(28...31)),
                let start = cycle.start(ofCycle: random.number(0...40), from: activation),
                let day = start.adding(days: random.once(in: 2) ? random.number(-12...12) : random.number(-900...900)),
                let window = AuditWindow(from: .earliest, to: .latest)
            else { return nil }
            terms = RenewalTerms(
                activatedOn: activation, endedOn: nil, cycle: cycle, price: Money(minorUnits: 1, currency: euro))
            let input = AuditCase(
                terms: AuditTerms(window: window), subscriptions: [CaseSubscription(identifier: "A", terms: terms)])
            var table = Subscriptions(window: window)
            let (batch, block) = input.subscriptionBatch
            table.append(batch, block: block.span, blockOrdinal: 0)
            row = table.rows[0]
            self.day = day
        }
    }

    private static func forEachSample(_ body: (Sample, inout SplitMix64) -> Void) throws {
        var random = SplitMix64(seed: testSeed)
        let euro = try #require(Currency(code: "EUR"))
        for _ in 0..<20_000 {
            let sample = try #require(try Sample(&random, euro: euro))
            body(sample, &random)
        }
    }

    @Test("finds the cycles that BillingCycle finds, and their last days")
    func cycles() throws {
        var mismatches = Mismatches()
        var found = 0
        try Self.forEachSample { sample, _ in
            let (cycle, activation) = (sample.terms.cycle, sample.terms.activatedOn)
            let expected = cycle.index(ofCycleStarting: sample.day, from: activation)
            let index = sample.row.cycleIndex(startingOn: BatchDate(sample.day))
            mismatches.check(index.map(Int.init) == expected, "\(cycle) \(activation) \(sample.day)")
            guard let expected, let period = cycle.period(ofCycle: expected, from: activation) else { return }
            found += 1
            let lastDay = sample.row.lastDay(ofCycleStartingOn: BatchDate(sample.day))
            mismatches.check(lastDay == period.end.dayNumber, "last day, \(cycle) \(activation) \(sample.day)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
        #expect(found > 500)
    }

    @Test("finds the first cycle from a day on that BillingCycle finds")
    func firstCycles() throws {
        var mismatches = Mismatches()
        try Self.forEachSample { sample, _ in
            let (cycle, activation) = (sample.terms.cycle, sample.terms.activatedOn)
            let expected = cycle.firstIndex(startingOnOrAfter: sample.day, from: activation)
            let index = sample.row.firstCycle(startingOnOrAfter: BatchDate(sample.day))
            mismatches.check(Int(index) == expected, "\(cycle) \(activation) \(sample.day)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    @Test("has the due renewals of RenewalSchedule, ended lines included")
    func dueRenewals() throws {
        var mismatches = Mismatches()
        var due = 0
        try Self.forEachSample { sample, random in
            var terms = sample.terms
            if random.once(in: 3) { terms.endedOn = terms.activatedOn.adding(days: random.number(0...1_000)) }
            guard let to = sample.day.adding(days: random.number(1...800)),
                let window = AuditWindow(from: sample.day, to: to)
            else { return }
            let input = AuditCase(
                terms: AuditTerms(window: window), subscriptions: [CaseSubscription(identifier: "A", terms: terms)])
            var table = Subscriptions(window: window)
            let (batch, block) = input.subscriptionBatch
            table.append(batch, block: block.span, blockOrdinal: 0)
            let expected = RenewalSchedule(terms: terms, window: window)
            due += expected.dueCount
            let row = table.rows[0]
            mismatches.check(
                Int(row.dueCount) == expected.dueCount && Int(row.firstDueIndex) == expected.firstDueIndex,
                "\(terms.cycle) \(terms.activatedOn) \(String(describing: terms.endedOn)) \(window.from) \(window.to)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
        #expect(due > 500)
    }

    @Test("finds the one cycle due near a day, or none where it could be two")
    func dueNear() throws {
        var mismatches = Mismatches()
        var found = 0
        try Self.forEachSample { sample, random in
            let (before, after) = (random.number(0...14), random.number(0...13))
            let (cycle, activation) = (sample.terms.cycle, sample.terms.activatedOn)
            let near = (-before...after).reversed().compactMap { days in
                sample.day.adding(days: -days).flatMap { cycle.index(ofCycleStarting: $0, from: activation) }
            }
            let cycleDue = sample.row.cycle(
                dueNear: BatchDate(sample.day), before: Int32(before), after: Int32(after))
            let isShort = cycle.shortestLengthInDays <= before + after
            let expected = isShort ? nil : near.first
            found += expected == nil ? 0 : 1
            let start = expected.flatMap { cycle.start(ofCycle: $0, from: activation) }
            mismatches.check(
                cycleDue.map { Int($0.index) } == expected
                    && cycleDue.map { Int($0.daysAfterDue) } == start.map { sample.day.days(since: $0) },
                "\(cycle) \(activation) \(sample.day) \(before) \(after)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
        #expect(found > 500)
    }

    @Test("fits in one cache line")
    func size() {
        #expect(MemoryLayout<SubscriptionRow>.stride == 64)
    }
}
