import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("CatchUp")
struct CatchUpTests {
    /// Every way to let some payments pay some renewals, and what it leaves: the slow way to the best ones.
    private struct Exhaustive {
        let renewals: [CatchUp.Renewal]
        let payments: [KeptCharge]
        let policy: MatchingPolicy
        private(set) var best: (unpaid: Int, unused: Int, late: Int)?
        private(set) var outcomes: Set<Set<Int>> = []

        init(_ renewals: [CatchUp.Renewal], _ payments: [KeptCharge], _ policy: MatchingPolicy) {
            (self.renewals, self.payments, self.policy) = (renewals, payments, policy)
            search(0, paid: [], unused: 0, late: 0)
        }

        private mutating func search(_ next: Int, paid: Set<Int>, unused: Int, late: Int) {
            guard next < payments.count else {
                let cost = (renewals.count - paid.count, unused, late)
                if best.map({ cost < $0 }) ?? true {
                    best = cost
                    outcomes = []
                }
                if best.map({ cost == $0 }) ?? false { outcomes.insert(paid) }
                return
            }
            let day = payments[next].chargedOn ?? .earliest
            let due = renewals.indices.filter { place in
                !paid.contains(place) && renewals[place].period.start.days(since: day) <= policy.graceDaysBefore
            }
            search(next + 1, paid: paid, unused: unused + 1, late: late)
            for place in due where renewals[place].open == payments[next].amount {
                let isOwn = renewals[place].period.contains(day)
                search(next + 1, paid: paid.union([place]), unused: unused, late: late + (isOwn ? 0 : 1))
            }
            for count in stride(from: 2, through: due.count, by: 1) {
                let oldest = due.prefix(count)
                guard oldest.reduce(0, { $0 + renewals[$1].open }) == payments[next].amount else { continue }
                search(next + 1, paid: paid.union(oldest), unused: unused, late: late + count)
            }
        }
    }

    private static func charge(_ day: CivilDate, _ amount: Int64, _ number: Int) -> KeptCharge {
        KeptCharge(
            row: 0, kind: .renewal, status: .posted, reading: .sound, amount: amount, currency: 0,
            chargedOnDay: day.dayNumber, periodStartDay: .min, periodEndDay: .min,
            position: RecordPosition(block: 0, byteOffset: UInt32(number), record: UInt32(number)))
    }

    @Test("is the best of all assignments wherever every payment finds its renewals")
    func exhaustive() throws {
        var random = SplitMix64(seed: testSeed)
        let first = try #require(CivilDate("2024-01-05"))
        var (decided, doubted) = (0, 0)
        for number in 0..<20_000 {
            var renewals: [CatchUp.Renewal] = []
            for month in 0..<random.number(1...5) {
                guard let start = first.addingMonths(month, anchorDay: 5),
                    let next = first.addingMonths(month + 1, anchorDay: 5), let end = next.adding(days: -1),
                    let period = BillingPeriod(start: start, end: end)
                else { continue }
                let open = random.once(in: 3) ? 0 : random.once(in: 4) ? 1_500 : 1_000
                renewals.append(CatchUp.Renewal(period: period, dueOn: start, open: Int64(open)))
            }
            let amounts: [Int64] = [1_000, 1_000, 1_000, 1_000, 2_000, 3_000, 1_500, 2_500]
            let payments = (0..<random.number(1...4)).map { place in
                Self.charge(
                    first.adding(days: random.number(0...200)) ?? first,
                    amounts.randomElement(using: &random) ?? 1_000, place)
            }
            .sorted(by: KeptCharge.isEarlier)
            var catchUp = CatchUp(renewals, policy: .standard)
            for payment in payments { catchUp.take(.init(charge: payment, home: nil)) }
            catchUp.finish()
            let all = catchUp.settled.map(\.charge) + catchUp.doubtful.map(\.charge) + catchUp.leftovers
            #expect(Set(all.map(\.position)) == Set(payments.map(\.position)), "no payment is lost: \(number)")
            // One that found nothing leaves renewals in doubt anyway.
            guard catchUp.leftovers.isEmpty else { continue }
            let open = renewals.indices.filter { renewals[$0].open > 0 }
            let slow = Exhaustive(open.map { renewals[$0] }, payments, .standard)
            let settled = Set(catchUp.settled.map(\.place))
            let doubtful = Set(catchUp.doubtful.map(\.place))
            let untouched = Set(open).subtracting(settled).subtracting(doubtful)
            for outcome in slow.outcomes {
                let paid = Set(outcome.map { open[$0] })
                #expect(settled.isSubset(of: paid), "seed \(testSeed), \(number): \(renewals), \(payments)")
                #expect(untouched.isDisjoint(with: paid), "seed \(testSeed), \(number): \(renewals), \(payments)")
            }
            decided += settled.count
            doubted += doubtful.count
        }
        #expect(decided > 2_000 && doubted > 200, "\(decided) \(doubted)")
    }
}
