import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("Audit properties")
struct AuditPropertyTests {
    /// Many small cases rather than one large one: each has its own window and policy.
    private static let cases = 90
    private static let subscriptions = 75

    private static func forEachCase(_ body: (RandomCase, UInt64) -> Void) throws {
        var seeds = SplitMix64(seed: testSeed)
        for _ in 0..<cases {
            let seed = seeds.next()
            body(try #require(RandomCase(seed: seed, count: subscriptions)), seed)
        }
    }

    @Test("letting regular charges pass changes no finding")
    func regularCharges() throws {
        var mismatches = Mismatches()
        try Self.forEachCase { random, seed in
            let fast = AuditRun(random.input)
            let thorough = AuditRun(random.input, way: .init(letsRegularPass: false))
            mismatches.check(
                fast.withoutEvidence == thorough.withoutEvidence,
                differences(fast.verdicts, thorough.verdicts, random.input, seed))
            mismatches.check(fast.judged.inCollection == thorough.judged.inCollection, "in collection, case \(seed)")
            mismatches.check(fast.tally.total == thorough.tally.total, "tally, case \(seed)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("neither the order of the charges nor the threads that saw them change a verdict")
    func order() throws {
        var mismatches = Mismatches()
        try Self.forEachCase { random, seed in
            let one = AuditRun(random.input)
            let other = AuditRun(random.shuffled(seed: seed), way: .init(batches: 7, sieves: 3))
            mismatches.check(
                one.verdicts == other.verdicts, differences(one.verdicts, other.verdicts, random.input, seed))
            mismatches.check(one.tally.total == other.tally.total, "tally, case \(seed)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("an oracle written from the contract finds the same")
    func oracle() throws {
        var mismatches = Mismatches()
        var found: [AuditRule: Int] = [:]
        try Self.forEachCase { random, seed in
            let oracle = AuditOracle(audit: random.input.terms)
            let charges = Dictionary(grouping: random.input.charges, by: \.subscription)
            let findings = AuditRun(random.input).judgements.filter { $0.verdict.rule != .unknownSubscription }
            let bySubscription = Dictionary(grouping: findings, by: \.verdict.subscription)
            for subscription in random.input.subscriptions {
                let own = charges[subscription.identifier] ?? []
                let expected = oracle.findings(subscription, charges: own).sorted()
                let actual = (bySubscription[subscription.identifier] ?? []).sorted()
                for judgement in actual { found[judgement.verdict.rule, default: 0] += 1 }
                mismatches.check(
                    expected == actual, differences(actual, expected, random.input, seed))
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        // A generator that never makes a mishap would prove nothing about its rule.
        let others: [AuditRule] = [
            .unknownSubscription, .unchargedActivationFee, .chargeWhileSuspended, .chargeInFreePeriod, .usageWhileEnded,
            .usageWithoutSubscription, .paidOtherwise, .contradictingResult, .unknownResult, .unnamedResult,
        ]
        for rule in AuditRule.allCases where !others.contains(rule) {
            #expect(found[rule, default: 0] >= 25, "seed \(testSeed) makes too little of \(rule.identifier)")
        }
    }
}

/// Two sets of verdicts side by side, and the records of the first subscription in which they differ.
func differences<Finding: Hashable & Comparable & Named>(
    _ one: [Finding], _ other: [Finding], _ input: AuditCase, _ seed: UInt64
) -> String {
    let only = Set(one).subtracting(other).sorted()
    let missing = Set(other).subtracting(one).sorted()
    let identifier = (only + missing).first?.subscription ?? ""
    let subscription = input.subscriptions.first { $0.identifier == identifier }
    // The ids of one line of a random case end alike.
    let charges = input.charges.filter { $0.subscription.hasSuffix(identifier) }.map { charge in
        let kind = "\(charge.subscription) " + (charge.kind?.word ?? "?") + (charge.isSound ? "" : " (rejected)")
        let days = [charge.chargedOn, charge.periodStart, charge.periodEnd].map { $0.map { "\($0)" } ?? "" }
        let names = [charge.identifier] + (charge.refersTo.isEmpty ? [] : ["undoes \(charge.refersTo)"])
        let values = ["\(charge.amount)", "\(charge.currency)", charge.status.word]
        return ([kind] + days + values + names).joined(separator: ", ")
    }
    let events = input.events.filter { $0.subscription.hasSuffix(identifier) }.map { event in
        let days = [event.effectiveOn, event.until].map { $0.map { "\($0)" } ?? "" }
        return
            ([event.subscription, event.kind?.word ?? "?"] + days + [event.value, event.isSound ? "" : "(rejected)"])
            .joined(separator: ", ")
    }
    let terms = subscription?.terms.map { "\($0)" } ?? "rejected"
    return """
        case \(seed), \(input.terms.window), \(input.terms.policy), decided \(input.terms.decidedOn)
        only the first: \(only)
        only the second: \(missing)
        \(identifier): \(terms), previously \(subscription?.previous ?? "")
        \(events.joined(separator: "\n"))
        \(charges.joined(separator: "\n"))
        """
}

/// A finding that says whose it is.
protocol Named {
    var subscription: String { get }
}

extension Verdict: Named {}

extension Judgement: Named {
    var subscription: String { verdict.subscription }
}
