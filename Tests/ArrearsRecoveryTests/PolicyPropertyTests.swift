import ArrearsRecovery
import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport
import Testing

/// What holds for every plan, whatever the policy says: more than 10,000 random customers under 600 random policies.
@Suite struct PolicyPropertyTests {
    private static let cycles = ["P1M", "P1M", "P3M", "P1Y", "P1W", "P28D", "P30D"]
    private static let currencies: [Currency] = [.eur, .usd, .jpy]

    private static func forEachPlan(
        _ body: (RecoveryCase, RecoveryPolicy, RecoveryPlan, inout Mismatches) throws -> Void
    ) throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        var customers = 0
        for _ in 0..<600 {
            let to = try #require(CivilDate(dayNumber: Int32(random.number(18_000...20_000))))
            let from = try #require(to.adding(days: -random.number(1...900)))
            let decidedOn = try #require(to.adding(days: random.number(0...400)))
            let lines = try (0..<20).map { _ in try line(&random, before: to) }
            let policy = try policy(&random, near: decidedOn)
            let input = try RecoveryCase(lines, from: from, to: to, decidedOn: decidedOn)
            customers += lines.count
            try body(input, policy, input.plan(policy), &mismatches)
        }
        #expect(customers > 10_000)
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    private static func line(_ random: inout SplitMix64, before to: CivilDate) throws -> RenewalTerms {
        let activatedOn = try #require(to.adding(days: -random.number(0...1_500)))
        return RenewalTerms(
            activatedOn: activatedOn,
            endedOn: random.once(in: 2) ? activatedOn.adding(days: random.number(1...2_500)) : nil,
            cycle: try #require(BillingCycle(random.pick(cycles))),
            price: Money(minorUnits: Int64(random.number(1...3_000)), currency: random.pick(currencies)))
    }

    private static func policy(_ random: inout SplitMix64, near decidedOn: CivilDate) throws -> RecoveryPolicy {
        var policy = RecoveryPolicy.standard
        func day() throws -> CivilDate { try #require(decidedOn.adding(days: random.number(-100...200))) }
        let cadence = random.pick(
            [
                .days(random.number(1...60)), .months(random.number(1...3)), .withRenewal,
            ] as [CollectionDays.Cadence])
        let first = random.pick([.nextMonth, .nextRenewal, .on(try day())] as [CollectionDays.FirstCollection])
        policy.days =
            random.once(in: 4)
            ? .batches(Set(try (0...random.below(4)).map { _ in try day() }).sorted()) : .cadence(cadence, first: first)
        policy.arrearsAtATime = random.once(in: 3) ? nil : random.number(1...4)
        policy.order = random.pick(ArrearsOrder.allCases)
        if random.once(in: 2) { policy.capPerMonth = amounts(&random, 1...9_000) }
        if random.once(in: 3) { policy.writeOffBelow = amounts(&random, 0...5_000) }
        policy.onCancellation = random.pick(CancellationTreatment.allCases)
        if random.once(in: 4) { policy.leftOutCustomers = [RecoveryCase.identifier(random.below(20))] }
        if random.once(in: 2) {
            policy.discount = GoodwillDiscount(
                basisPoints: random.number(0...10_000), rounding: random.pick(RoundingRule.allCases))
        }
        policy.preNotificationDays = random.once(in: 2) ? 0 : random.number(0...60)
        policy.limitation = limitation(&random)
        if random.once(in: 3) {
            policy.otherLimitations = [Jurisdiction(currencies: [.usd], offers: [], limitation: limitation(&random))]
        }
        return policy
    }

    private static func amounts(_ random: inout SplitMix64, _ range: ClosedRange<Int>) -> CurrencyAmounts {
        CurrencyAmounts([Currency.eur, .jpy].map { Money(minorUnits: Int64(random.number(range)), currency: $0) })
    }

    private static func limitation(_ random: inout SplitMix64) -> Limitation {
        func age() -> Limitation.Age? {
            random.once(in: 4)
                ? nil : random.once(in: 2) ? .days(random.number(1...900)) : .months(random.number(1...40))
        }
        return Limitation(
            jurisdiction: "X", warning: age(), stop: age(), start: random.pick(Limitation.Start.allCases),
            monthForMonth: random.once(in: 4))
    }

    @Test func whatIsCollectedLetOffWrittenOffAndLeftSumsToTheArrearsOfEachCustomer() throws {
        var reasons: Set<UncollectedArrear.Reason> = []
        try Self.forEachPlan { input, _, plan, mismatches in
            reasons.formUnion(plan.uncollected.map(\.reason))
            let arrears = Dictionary(grouping: input.discrepancies.compactMap { Arrear($0) }, by: \.row)
            mismatches.check(plan.customers.map(\.row).sorted() == arrears.keys.sorted(), "other customers")
            for customer in plan.customers {
                let (paid, left) = (plan.instalments[customer.instalments], plan.uncollected[customer.uncollected])
                let own = arrears[customer.row] ?? []
                let periods = (paid.map(\.period) + left.map(\.period)).map(\.start).sorted()
                mismatches.check(periods == own.map(\.period.start), "row \(customer.row): a period twice or never")
                let sum =
                    paid.reduce(0) { $0 + $1.amount.minorUnits + $1.discount.minorUnits }
                    + left.reduce(0) { $0 + $1.amount.minorUnits }
                mismatches.check(
                    sum == own.reduce(0) { $0 + $1.amount.minorUnits }, "row \(customer.row): the sums differ")
                mismatches.check(
                    paid.allSatisfy { $0.amount.minorUnits > 0 && $0.discount.minorUnits >= 0 },
                    "row \(customer.row): an instalment of nothing")
            }
            let account = RecoveryAccount(plan)
            mismatches.check(account.isBalanced, "the account does not balance")
            var due = MoneyTally()
            for arrear in arrears.values.joined() {
                due.add(amount: arrear.amount.minorUnits, currency: arrear.amount.currency.packedCode)
            }
            mismatches.check(account.arrears == due, "the account has other arrears")
        }
        // Contracts are inferred elsewhere.
        let possible = Set(UncollectedArrear.Reason.allCases).subtracting([.inferred])
        #expect(reasons == possible, "some reason never occurs")
    }

    @Test func nothingIsCollectedTooEarlyTooLateOrBehindTheEnd() throws {
        try Self.forEachPlan { input, policy, plan, mismatches in
            for instalment in plan.instalments {
                let day = instalment.collectOn
                let text = "row \(instalment.row), \(day), \(policy.onCancellation)"
                mismatches.check(
                    day.days(since: input.decidedOn) >= policy.preNotificationDays, "too early: \(text)")
                let limitation =
                    instalment.amount.currency == .usd
                    ? policy.otherLimitations.first?.limitation ?? policy.limitation : policy.limitation
                let age = Self.age(of: instalment, limitation)
                mismatches.check(age.stop.map { !$0 } ?? true, "too old: \(text)")
                mismatches.check(instalment.isOld == (age.warning ?? false), "the warning is wrong: \(text)")
                guard let end = input.subscriptions.terms(instalment.row)?.endedOn else { continue }
                let isFinal = policy.onCancellation == .finalCharge
                mismatches.check(day < end || isFinal, "behind the end: \(text)")
            }
        }
    }

    /// Whether the ages are reached, counted another way than the plan does: month by month, day by day.
    private static func age(of instalment: Instalment, _ limitation: Limitation) -> (warning: Bool?, stop: Bool?) {
        let (start, day) = (instalment.period.start, instalment.collectOn)
        let year = start.year
        let months =
            limitation.start == .endOfYear
            ? (day.year - year - 1) * 12 + day.month - 1
            : day.monthNumber - start.monthNumber
                - (day.day < min(start.day, CivilDate.daysInMonth(year: day.year, month: day.month)) ? 1 : 0)
        var days = day.days(since: start)
        if limitation.start == .endOfYear, let last = CivilDate(year: year, month: 12, day: 31) {
            days = day.days(since: last) - 1
        }
        func isReached(_ age: Limitation.Age) -> Bool {
            switch age {
            case .months(let count): months >= count
            case .days(let count): days >= count
            }
        }
        return (limitation.warning.map(isReached), limitation.stop.map(isReached))
    }

    @Test func theCapTheMonthAndTheNumberAtATimeAreRespected() throws {
        try Self.forEachPlan { input, policy, plan, mismatches in
            for customer in plan.customers {
                let instalments = plan.instalments[customer.instalments]
                for (month, part) in Dictionary(grouping: instalments, by: \.collectOn.monthNumber) {
                    let sum = part.reduce(0) { $0 + $1.amount.minorUnits }
                    let currency = part[0].amount.currency
                    mismatches.check(
                        policy.capPerMonth[currency].map { sum <= $0 } ?? true,
                        "row \(customer.row), month \(month): \(sum)")
                    mismatches.check(
                        part.map(\.placeInMonth) == Array(1...part.count)
                            && part.allSatisfy { $0.countInMonth == part.count }, "the places in the month are wrong")
                    let limitation =
                        currency == .usd
                        ? policy.otherLimitations.first?.limitation ?? policy.limitation : policy.limitation
                    let days = part.reduce(0) { $0 + $1.period.lengthInDays }
                    mismatches.check(!limitation.monthForMonth || days <= 31, "\(days) days of service in one month")
                }
                guard case .cadence = policy.days, let most = policy.arrearsAtATime else { continue }
                let endedOn = input.subscriptions.terms(customer.row)?.endedOn
                for (day, part) in Dictionary(grouping: instalments, by: \.collectOn) {
                    // What is brought forward or finally charged comes together, whatever its number.
                    let isAtEnd = endedOn.map { day >= ($0.adding(days: -1) ?? $0) } ?? false
                    mismatches.check(part.count <= most || isAtEnd, "\(part.count) on \(day)")
                }
            }
        }
    }

    @Test func theOrderIsKept() throws {
        try Self.forEachPlan { _, policy, plan, mismatches in
            for customer in plan.customers {
                let instalments = Array(plan.instalments[customer.instalments])
                mismatches.check(
                    instalments.map(\.number) == Array(1..<(instalments.count + 1))
                        && instalments.allSatisfy { $0.count == instalments.count }, "the numbers are wrong")
                for (earlier, later) in zip(instalments, instalments.dropFirst()) {
                    mismatches.check(earlier.collectOn <= later.collectOn, "row \(customer.row): the days go back")
                    let isOlderFirst = earlier.period.start < later.period.start
                    mismatches.check(
                        isOlderFirst == (policy.order == .oldestFirst), "row \(customer.row): the order is wrong")
                }
            }
        }
    }

    @Test func whoIsPlannedAloneIsPlannedTheSame() throws {
        // A plan of one customer does not depend on the others, so what a ledger takes out changes nobody else's plan.
        try Self.forEachPlan { input, policy, plan, mismatches in
            let arrears = input.discrepancies.compactMap { Arrear($0) }
            guard let customer = plan.customers.last else { return }
            let alone = RecoveryPlan(
                arrears.filter { $0.row == customer.row }, subscriptions: input.subscriptions, policy: policy,
                decidedOn: input.decidedOn)
            mismatches.check(
                alone.instalments == Array(plan.instalments[customer.instalments])
                    && alone.uncollected == Array(plan.uncollected[customer.uncollected]), "another plan alone")
        }
    }
}
