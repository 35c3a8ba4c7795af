import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("Audit properties with events")
struct EventPropertyTests {
    private static let cases = 300
    private static let subscriptions = 75

    private static func forEachCase(_ cases: Int, _ body: (RandomCase, UInt64) -> Void) throws {
        var seeds = SplitMix64(seed: testSeed &+ 4)
        for _ in 0..<cases {
            let seed = seeds.next()
            body(try #require(RandomCase(seed: seed, count: subscriptions, hasEvents: true)), seed)
        }
    }

    @Test("an oracle written from the contract finds the same, to the cent")
    func oracle() throws {
        var mismatches = Mismatches()
        var found: [AuditRule: Int] = [:]
        try Self.forEachCase(Self.cases) { random, seed in
            let oracle = AuditOracle(audit: random.input.terms)
            let lines = LineOracle(random.input)
            let findings = AuditRun(random.input).judgements.filter { $0.verdict.rule != .unknownSubscription }
            let bySubscription = Dictionary(grouping: findings, by: \.verdict.subscription)
            for subscription in random.input.subscriptions {
                let actual = (bySubscription[subscription.identifier] ?? []).sorted()
                let expected = lines.findings(on: subscription, oracle).sorted()
                for judgement in actual { found[judgement.verdict.rule, default: 0] += 1 }
                mismatches.check(expected == actual, differences(actual, expected, random.input, seed))
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        let others: [AuditRule] = [
            .unknownSubscription, .unchargedActivationFee, .usageWhileEnded, .usageWithoutSubscription, .paidOtherwise,
            .contradictingResult, .unknownResult, .unnamedResult,
        ]
        for rule in AuditRule.allCases where !others.contains(rule) {
            #expect(found[rule, default: 0] >= 100, "seed \(testSeed) makes too little of \(rule.identifier)")
        }
    }

    @Test("the charges of an id that the line has or had are no charges of nobody")
    func strangers() throws {
        var mismatches = Mismatches()
        try Self.forEachCase(40) { random, seed in
            let lines = LineOracle(random.input)
            let run = AuditRun(random.input)
            for discrepancy in run.discrepancies where discrepancy.rule == .unknownSubscription {
                guard case .stranger(let name) = discrepancy.subject else { continue }
                mismatches.check(!lines.isKnown(String(decoding: name, as: UTF8.self)), "case \(seed): \(name)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("neither the order of events and charges nor the threads change a verdict")
    func order() throws {
        var mismatches = Mismatches()
        try Self.forEachCase(60) { random, seed in
            var other = random.shuffled(seed: seed)
            var generator = SplitMix64(seed: seed)
            other.events.shuffle(using: &generator)
            let one = AuditRun(random.input)
            for way in [AuditRun.Way(batches: 7, sieves: 3), .init(letsRegularPass: false)] {
                let run = AuditRun(other, way: way)
                mismatches.check(
                    one.judgements == run.judgements, differences(one.judgements, run.judgements, random.input, seed))
                mismatches.check(one.tally.total == run.tally.total, "tally, case \(seed)")
                mismatches.check(one.judged.due == run.judged.due, "due, case \(seed)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("other ids give the same verdicts")
    func renaming() throws {
        var mismatches = Mismatches()
        try Self.forEachCase(40) { random, seed in
            var other = random.input
            // Longer than a key, and sorted the same way.
            let rename = { (name: String) in name.isEmpty ? name : "0123456789abcdef-\(name)" }
            for index in other.subscriptions.indices {
                other.subscriptions[index].identifier = rename(other.subscriptions[index].identifier)
                other.subscriptions[index].previous = rename(other.subscriptions[index].previous)
            }
            for index in other.charges.indices {
                other.charges[index].subscription = rename(other.charges[index].subscription)
            }
            for index in other.events.indices {
                other.events[index].subscription = rename(other.events[index].subscription)
                if other.events[index].kind == .renumbered {
                    other.events[index].value = rename(other.events[index].value)
                }
            }
            var expected = AuditRun(random.input).judgements
            for index in expected.indices {
                expected[index].verdict.subscription = rename(expected[index].subscription)
            }
            let actual = AuditRun(other).judgements
            mismatches.check(expected.sorted() == actual.sorted(), differences(actual, expected, other, seed))
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("events that change nothing change no verdict")
    func idleEvents() throws {
        var seeds = SplitMix64(seed: testSeed &+ 5)
        var mismatches = Mismatches()
        for _ in 0..<40 {
            let seed = seeds.next()
            let random = try #require(RandomCase(seed: seed, count: Self.subscriptions))
            var other = random.input
            let far = try #require(CivilDate("2099-01-01"))
            let early = try #require(CivilDate("1999-01-01"))
            for subscription in random.input.subscriptions {
                other.events.append(
                    CaseEvent(subscription: subscription.identifier, kind: .suspended, effectiveOn: far))
                other.events.append(
                    CaseEvent(
                        subscription: subscription.identifier, kind: .free, effectiveOn: early,
                        until: early.adding(days: 30)))
            }
            let one = AuditRun(random.input)
            let run = AuditRun(other)
            mismatches.check(
                one.judgements == run.judgements, differences(one.judgements, run.judgements, other, seed))
            mismatches.check(one.judged.due == run.judged.due, "due, case \(seed)")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }
}

/// Which ids are one line, found the slow way: ids are added until no renumbering and no row adds another.
struct LineOracle {
    private let input: AuditCase
    private let links: [(String, String)]
    private let charges: [String: [(place: Int, charge: CaseCharge)]]
    private let events: [String: [CaseEvent]]

    init(_ input: AuditCase) {
        self.input = input
        let rows = Set(input.subscriptions.map(\.identifier))
        links =
            input.events.filter { $0.renumbers(rows) }.map { ($0.subscription, $0.value) }
            + input.subscriptions.flatMap { one in
                one.previous.split(separator: " ").map { (String($0), one.identifier) }
            }
        charges = Dictionary(grouping: input.charges.enumerated().map { ($0, $1) }, by: \.1.subscription)
        events = Dictionary(grouping: input.events, by: \.subscription)
    }

    func identifiers(with identifier: String) -> Set<String> {
        var known: Set<String> = [identifier]
        while true {
            let more = links.filter { known.contains($0.0) != known.contains($0.1) }
            if more.isEmpty { return known }
            for link in more { known.formUnion([link.0, link.1]) }
        }
    }

    func isKnown(_ identifier: String) -> Bool {
        let names = identifiers(with: identifier)
        return input.subscriptions.contains { names.contains($0.identifier) }
    }

    func findings(on subscription: CaseSubscription, _ oracle: AuditOracle) -> Set<Judgement> {
        let names = identifiers(with: subscription.identifier)
        var known = subscription
        let rows = input.subscriptions.filter { names.contains($0.identifier) }
        if rows.count > 1, rows.count == names.count, areSuccessive(rows) {
            // Choice: a charge belongs to the contract in force on the first day it states, or on its own; money given
            // back to that of the charge it names.
            let starts = rows.compactMap { $0.terms?.activatedOn }
            let all = names.flatMap { charges[$0] ?? [] }.sorted { $0.place < $1.place }
            let own = all.filter { entry in
                var charge = entry.charge
                let named = charge.namesAnother ? all.filter { $0.charge.identifier == charge.refersTo } : []
                if named.count == 1, named[0].charge.isSound, named[0].charge.amount > 0 { charge = named[0].charge }
                // Choice: a rejected one is for any of them where no day of it tells which.
                if !charge.isSound, charge.periodIsDamaged || (charge.periodStart ?? charge.chargedOn) == nil {
                    return true
                }
                guard let day = charge.periodStart ?? charge.chargedOn else {
                    return charge.subscription == subscription.identifier
                }
                return (starts.filter { $0 <= day }.max() ?? starts.min()) == subscription.terms?.activatedOn
            }
            known.previous = ""
            let events = (events[subscription.identifier] ?? []).filter { $0.kind != .renumbered || !$0.isSound }
            return oracle.findings(known, charges: own.map(\.charge), events: events)
        }
        // Choice: a line with several rows at the same time is nobody's to judge.
        if rows.count > 1 { known.terms = nil }
        let own = names.flatMap { charges[$0] ?? [] }.sorted { $0.place < $1.place }.map(\.charge)
        return oracle.findings(known, charges: own, events: names.sorted().flatMap { events[$0] ?? [] })
    }

    private func areSuccessive(_ rows: [CaseSubscription]) -> Bool {
        let terms = rows.compactMap(\.terms).sorted { $0.activatedOn < $1.activatedOn }
        guard terms.count == rows.count else { return false }
        return zip(terms, terms.dropFirst()).allSatisfy { one, next in
            one.endedOn.map { $0 <= next.activatedOn } ?? false
        }
    }
}
