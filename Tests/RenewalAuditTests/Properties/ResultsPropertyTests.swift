import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// An audit with results finds what an audit of an export finds in which the statuses are right already.
@Suite("Results properties")
struct ResultsPropertyTests {
    /// Results that make a charge what it is in the end, whatever the export says; nil where none can.
    private static func results(
        to status: ChargeStatus, _ amount: Money, on day: CivilDate, _ random: inout SplitMix64
    ) -> [BankResult]? {
        let ways: [ChargeStatus: [[ChargeStatus]]] = [
            .posted: [[.posted], [.pending, .posted], [.failed, .posted], [.posted, .reversed, .posted]],
            .failed: [[.failed], [.pending, .failed], [.failed, .failed]],
            .reversed: [[.reversed], [.posted, .reversed], [.pending, .posted, .failed], [.failed, .reversed]],
            .pending: [[.failed, .pending], [.posted, .reversed, .pending]],
        ]
        guard let way = ways[status].map({ random.pick($0) }) else { return nil }
        return way.enumerated().compactMap { step, status in
            day.adding(days: step * 3).map { date in
                BankResult(
                    status: status, decidedOn: date, amount: random.once(in: 3) ? nil : amount, reason: [],
                    file: random.below(2), line: step + 2)
            }
        }.shuffled(using: &random)
    }

    /// The id of a charge, or one made for it; nil where another charge has it too.
    private static func name(_ index: Int, in input: AuditCase) -> String? {
        let name = input.charges[index].identifier
        if name.isEmpty { return "E\(index)" }
        return input.charges.count { $0.identifier == name } == 1 ? name : nil
    }

    @Test("results are as good as an export that is right", arguments: [1, 3])
    func answersAreAsGoodAsStatuses(threads: Int) throws {
        var seeds = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        var answeredCount = 0
        for _ in 0..<40 {
            let seed = seeds.next()
            let right = try #require(RandomCase(seed: seed, count: 60)).input
            var exported = right
            var random = SplitMix64(seed: seed)
            var results = BankResults(files: ["one", "two"])
            for index in right.charges.indices where right.charges[index].isSound && !random.once(in: 3) {
                let charge = right.charges[index]
                guard let name = Self.name(index, in: right), charge.kind != nil, let day = charge.chargedOn else {
                    continue
                }
                let amount = Money(minorUnits: charge.amount, currency: charge.currency)
                guard let all = Self.results(to: charge.status, amount, on: day, &random) else { continue }
                exported.charges[index].identifier = name
                exported.charges[index].status = random.once(in: 2) ? .pending : .posted
                for result in all { results.add(result, to: Array(name.utf8)) }
                answeredCount += 1
            }
            let expected = AuditRun(right)
            let found = AuditRun(exported, way: .init(batches: threads * 2, sieves: threads), results: results)
            mismatches.check(
                found.withoutEvidence == expected.withoutEvidence,
                differences(found.verdicts, expected.verdicts, exported, seed))
            mismatches.check(found.tally.total == expected.tally.total, "tally, case \(seed)")
            mismatches.check(found.judged.inCollection == expected.judged.inCollection, "in collection, case \(seed)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        #expect(answeredCount > 5_000)
    }

    @Test("what banks contradict is never called uncharged, and never paid by that charge")
    func contradictionsLeaveRenewalsOpen() throws {
        var seeds = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        var undecided = 0
        for _ in 0..<20 {
            let seed = seeds.next()
            let plain = try #require(RandomCase(seed: seed, count: 60)).input
            var input = plain
            var random = SplitMix64(seed: seed)
            var results = BankResults(files: ["one"])
            for index in input.charges.indices where input.charges[index].isSound && random.once(in: 8) {
                let charge = input.charges[index]
                guard let name = Self.name(index, in: plain), charge.kind == .renewal, let day = charge.chargedOn else {
                    continue
                }
                input.charges[index].identifier = name
                let other = Money(minorUnits: charge.amount &+ 1, currency: charge.currency)
                results.add(
                    BankResult(status: .posted, decidedOn: day, amount: other, reason: [], file: 0, line: 2),
                    to: Array(name.utf8))
            }
            let before = Set(AuditRun(plain).verdicts.filter { $0.rule == .unchargedRenewal })
            let after = AuditRun(input, results: results).verdicts
            undecided += after.count { $0.rule == .undecided }
            // A charge more in doubt can only take renewals out of what is recovered.
            for verdict in after where verdict.rule == .unchargedRenewal {
                mismatches.check(before.contains(verdict), "\(verdict) was not uncharged, case \(seed)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        #expect(undecided > 100)
    }
}
