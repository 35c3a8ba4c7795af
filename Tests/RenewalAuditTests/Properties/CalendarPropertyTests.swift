import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("Audit properties with offers")
struct CalendarPropertyTests {
    private static let cases = 300
    private static let lines = 75

    @Test("an oracle written from the page on offers finds the same, to the cent")
    func oracle() throws {
        var mismatches = Mismatches()
        var found: [AuditRule: Int] = [:]
        var seeds = SplitMix64(seed: testSeed &+ 11)
        for number in 0..<Self.cases {
            let seed = seeds.next()
            let random = try #require(RandomOffers(seed: seed, count: Self.lines))
            let expected = Set(random.expected.map { plain($0, random) })
            let ways =
                number < 60 ? [AuditRun.Way(), .init(letsRegularPass: false), .init(batches: 9, sieves: 2)] : [.init()]
            for way in ways {
                let run = AuditRun(random.input, way: way)
                let actual = Set(run.judgements.map { plain($0, random) })
                for judgement in actual where way.letsRegularPass { found[judgement.verdict.rule, default: 0] += 1 }
                mismatches.check(
                    actual == expected, differences(actual.sorted(), expected.sorted(), random.input, seed))
                mismatches.check(run.tally.total.records == random.input.charges.count, "tally, case \(seed)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        for rule in [
            AuditRule.unchargedRenewal, .unchargedActivationFee, .chargedLate, .wrongAmount, .partialCharge, .undecided,
            .chargeInFreePeriod, .chargeWhileSuspended, .duplicateCharge,
        ] { #expect(found[rule, default: 0] >= 200, "seed \(testSeed) makes too little of \(rule.identifier)") }
    }

    /// Without what was charged, and without the amount where nobody can tell it.
    private func plain(_ judgement: Judgement, _ random: RandomOffers) -> Judgement {
        Judgement(
            verdict: judgement.verdict,
            expected: random.unknown.contains(judgement.verdict) ? nil : judgement.expected, charged: nil)
    }
}
