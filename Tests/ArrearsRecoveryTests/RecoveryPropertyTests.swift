import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport
import Testing

@Suite("Recovery properties")
struct RecoveryPropertyTests {
    private static let cycles = ["P1M", "P1M", "P3M", "P1Y", "P1W", "P28D", "P30D"]

    private static func randomLine(_ random: inout SplitMix64, before to: CivilDate) throws -> RenewalTerms {
        let word = try #require(cycles.randomElement(using: &random))
        let activatedOn = try #require(to.adding(days: -random.number(0...3_000)))
        let endedOn = random.once(in: 3) ? activatedOn.adding(days: random.number(1...4_000)) : nil
        return RenewalTerms(
            activatedOn: activatedOn, endedOn: endedOn, cycle: try #require(BillingCycle(word)),
            price: Money(
                minorUnits: Int64(random.number(1...100_000)),
                currency: try #require(Currency(code: random.once(in: 4) ? "USD" : "EUR"))))
    }

    private static func forEachCase(_ body: (RecoveryCase, RecoveryPolicy, inout SplitMix64) throws -> Void) throws {
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<60 {
            let to = try #require(CivilDate(dayNumber: Int32(random.number(18_000...20_000))))
            let from = try #require(to.adding(days: -random.number(1...2_500)))
            let decidedOn = try #require(to.adding(days: random.number(0...400)))
            let lines = try (0..<20).map { _ in try randomLine(&random, before: to) }
            let policy =
                random.once(in: 2)
                ? .standard
                : RecoveryPolicy.seed(
                    cadenceDays: random.number(1...60), warning: random.number(0...40), stop: random.number(1...80))
            try body(try RecoveryCase(lines, from: from, to: to, decidedOn: decidedOn), policy, &random)
        }
    }

    @Test("each uncharged renewal is collected once or not at all, with a reason, and the sums agree")
    func conservation() throws {
        var reasons: Set<UncollectedArrear.Reason> = []
        try Self.forEachCase { input, policy, random in
            // Findings of other rules stand between those that are recovered.
            let mixed = input.discrepancies.map { discrepancy in
                var other = discrepancy
                if random.once(in: 3) { other.rule = AuditRule.allCases.randomElement(using: &random) ?? .undecided }
                return other
            }
            let plan = RecoveryPlan(
                mixed, subscriptions: input.subscriptions, policy: policy, decidedOn: input.decidedOn)
            let arrears = mixed.filter { $0.rule == .unchargedRenewal }
            let planned = plan.instalments.map { Place($0.row, $0.period, $0.amount) }
            let left = plan.uncollected.map { Place($0.row, $0.period, $0.amount) }
            let expected = arrears.compactMap { Place($0) }
            #expect(Set(planned + left) == Set(expected), "seed \(testSeed)")
            #expect(planned.count + left.count == expected.count, "seed \(testSeed)")
            var (due, settled) = (MoneyTally(), MoneyTally())
            for place in expected { due.add(place.amount) }
            for place in planned + left { settled.add(place.amount) }
            #expect(due == settled, "seed \(testSeed)")
            reasons.formUnion(plan.uncollected.map(\.reason))
        }
        #expect(reasons == [.ended, .limitation])
    }

    @Test("instalments are numbered, oldest first, a cadence apart, never behind the end nor too old")
    func order() throws {
        try Self.forEachCase { input, policy, _ in
            let plan = input.plan(policy)
            for (row, instalments) in Dictionary(grouping: plan.instalments, by: \.row) {
                let terms = try #require(input.subscriptions.terms(row))
                #expect(instalments.map(\.number) == Array(1...instalments.count))
                #expect(instalments.allSatisfy { $0.count == instalments.count })
                let first = instalments[0].collectOn
                guard case .cadence(.days(let cadence), _) = policy.days else { continue }
                #expect(first.monthNumber == input.decidedOn.monthNumber + 1, "seed \(testSeed)")
                for (place, instalment) in instalments.enumerated() {
                    let day = instalment.collectOn
                    #expect(day.days(since: first) == place * cadence, "seed \(testSeed)")
                    #expect(place == 0 || instalments[place - 1].period.start < instalment.period.start)
                    #expect(terms.endedOn.map { day < $0 } ?? true, "seed \(testSeed)")
                    #expect(!Self.isOlder(instalment, policy.limitation.stop), "seed \(testSeed)")
                    #expect(instalment.isOld == Self.isOlder(instalment, policy.limitation.warning))
                }
            }
        }
    }

    @Test("charges of two renewals never share an id, and the reversals undo them all")
    func charges() throws {
        try Self.forEachCase { input, policy, _ in
            var identifiers: Set<[UInt8]> = []
            var sum = MoneyTally()
            let instalments = input.plan(policy).instalments
            for instalment in instalments {
                let subscription = input.subscriptions.subscriptionIdentifier(instalment.row)
                let charge = RecoveryCharge.collecting(instalment, subscription: subscription)
                let reversal = RecoveryCharge.reversing(instalment, subscription: subscription)
                identifiers.formUnion([charge.identifier, reversal.identifier])
                sum.add(charge.amount)
                sum.add(reversal.amount)
            }
            #expect(identifiers.count == instalments.count * 2, "seed \(testSeed)")
            #expect(sum.entries.allSatisfy { $0.amount == 0 }, "seed \(testSeed)")
        }
    }

    /// Whether so many months have passed since the period began: the same day of the month, or the month's end.
    private static func isOlder(_ instalment: Instalment, _ age: Limitation.Age?) -> Bool {
        guard case .months(let months)? = age else { return false }
        let start = instalment.period.start
        let day = instalment.collectOn
        let passed = day.monthNumber - start.monthNumber
        let anniversary = min(start.day, CivilDate.daysInMonth(year: day.year, month: day.month))
        return passed > months || (passed == months && day.day >= anniversary)
    }
}

/// A missed renewal: whose, which, how much.
private struct Place: Hashable {
    let row: Int
    let period: BillingPeriod
    let amount: Money

    init(_ row: Int, _ period: BillingPeriod, _ amount: Money) {
        self.row = row
        self.period = period
        self.amount = amount
    }

    init?(_ discrepancy: Discrepancy) {
        guard case .subscription(let row) = discrepancy.subject, let period = discrepancy.period,
            let expected = discrepancy.expected, let currency = discrepancy.currency
        else { return nil }
        self.init(row, period, Money(minorUnits: expected, currency: currency))
    }
}

extension MoneyTally {
    fileprivate mutating func add(_ money: Money) { add(amount: money.minorUnits, currency: money.currency.packedCode) }
}
