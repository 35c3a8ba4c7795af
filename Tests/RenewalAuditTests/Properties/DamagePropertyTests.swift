import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// A value that cannot be read must never make anybody pay: what was not called uncharged with the sound row is not
/// called so with the rejected one.
@Suite("Damaged rows")
struct DamagePropertyTests {
    private static let cases = 120
    private static let subscriptions = 75

    /// One event of about every second line is rejected for one of its values.
    private static func damagedEvents(_ input: AuditCase, _ random: inout SplitMix64) -> AuditCase {
        var other = input
        for index in onePerLine(input.events.map(\.subscription), &random) where input.events[index].isSound {
            other.events[index].damage(&random)
        }
        return other
    }

    /// One charge of about every second line is rejected for one of its values.
    private static func damagedCharges(_ input: AuditCase, _ random: inout SplitMix64) -> AuditCase {
        var other = input
        for index in onePerLine(input.charges.map(\.subscription), &random) where input.charges[index].isSound {
            other.charges[index].damage(&random)
        }
        return other
    }

    /// The place of a random record of about every second line.
    private static func onePerLine(_ lines: [String], _ random: inout SplitMix64) -> [Int] {
        var picked: [Int] = []
        for (_, records) in Dictionary(grouping: lines.indices, by: { lines[$0] }).sorted(by: { $0.key < $1.key })
        where random.once(in: 2) {
            picked.append(random.pick(records))
        }
        return picked
    }

    private static func expectNothingNew(
        salt: UInt64, _ input: (UInt64) throws -> AuditCase,
        damaged damage: (AuditCase, inout SplitMix64) -> AuditCase = damagedCharges
    ) throws {
        var seeds = SplitMix64(seed: testSeed &+ salt)
        var mismatches = Mismatches()
        var (uncharged, undecided) = (0, 0)
        for _ in 0..<cases {
            let seed = seeds.next()
            var random = SplitMix64(seed: seed &+ 1)
            let sound = try input(seed)
            let damaged = damage(sound, &random)
            let before = AuditRun(sound).judgements
            let after = AuditRun(damaged).judgements
            let (old, new) = (Self.uncharged(before), Self.uncharged(after))
            mismatches.check(
                new.isSubset(of: old),
                differences(new.subtracting(old).sorted(), [], damaged, seed))
            uncharged += new.count
            undecided += Set(after.filter { $0.verdict.rule == .undecided }).subtracting(before).count
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        // Silence proves nothing.
        #expect(uncharged > cases && undecided > cases, "seed \(testSeed): \(uncharged), \(undecided)")
    }

    /// What somebody would be charged for, and how much.
    private static func uncharged(_ judgements: [Judgement]) -> Set<Judgement> {
        Set(judgements.filter { $0.verdict.rule == .unchargedRenewal })
    }

    @Test("an oracle written from the contract finds the same of damaged lines", arguments: [false, true])
    func oracle(damagesEvents: Bool) throws {
        var seeds = SplitMix64(seed: testSeed &+ (damagesEvents ? 76 : 77))
        var mismatches = Mismatches()
        for _ in 0..<Self.cases / 2 {
            let seed = seeds.next()
            var random = SplitMix64(seed: seed &+ 1)
            let sound = try #require(RandomCase(seed: seed, count: Self.subscriptions, hasEvents: true)).input
            let input =
                damagesEvents ? Self.damagedEvents(sound, &random) : Self.damagedCharges(sound, &random)
            let (oracle, lines) = (AuditOracle(audit: input.terms), LineOracle(input))
            let findings = AuditRun(input).judgements.filter { $0.verdict.rule != .unknownSubscription }
            let bySubscription = Dictionary(grouping: findings, by: \.verdict.subscription)
            for subscription in input.subscriptions {
                let actual = (bySubscription[subscription.identifier] ?? []).sorted()
                let expected = lines.findings(on: subscription, oracle).sorted()
                mismatches.check(expected == actual, differences(actual, expected, input, seed))
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }

    @Test("charges of lines without events")
    func plainLines() throws {
        try Self.expectNothingNew(salt: 71) { try #require(RandomCase(seed: $0, count: Self.subscriptions)).input }
    }

    @Test("charges of lines with events and several ids")
    func linesWithEvents() throws {
        try Self.expectNothingNew(salt: 72) { seed in
            try #require(RandomCase(seed: seed, count: Self.subscriptions, hasEvents: true)).input
        }
    }

    @Test("charges of lines with offers and billing calendars")
    func linesWithOffers() throws {
        try Self.expectNothingNew(salt: 73) { try #require(RandomOffers(seed: $0, count: Self.subscriptions)).input }
    }

    @Test("events")
    func events() throws {
        try Self.expectNothingNew(
            salt: 74,
            { try #require(RandomCase(seed: $0, count: Self.subscriptions, hasEvents: true)).input },
            damaged: Self.damagedEvents)
    }

    @Test("events of lines with offers and billing calendars")
    func eventsWithOffers() throws {
        try Self.expectNothingNew(
            salt: 75, { try #require(RandomOffers(seed: $0, count: Self.subscriptions)).input },
            damaged: Self.damagedEvents)
    }
}

extension CaseCharge {
    /// Makes one value unreadable: what is left of the row a reader hands on.
    fileprivate mutating func damage(_ random: inout SplitMix64) {
        isSound = false
        switch random.number(0...5) {
        case 0: chargedOn = nil
        case 1: kind = nil
        case 2:
            periodIsDamaged = true
            if random.once(in: 2) { periodStart = nil } else { periodEnd = nil }
        default: break  // The amount, the currency or the status, of which nothing is left in any case.
        }
    }
}

extension CaseEvent {
    /// Makes one value unreadable.
    fileprivate mutating func damage(_ random: inout SplitMix64) {
        isSound = false
        switch random.number(0...3) {
        // A word that is no event's bears from its day to its end: it is hardly a new price, or a cycle with an end.
        case 0: if kind != .renumbered, kind != .priceChanged, kind != .cycleChanged || until == nil { kind = nil }
        case 1: effectiveOn = nil
        case 2: until = nil
        // Which line got another id nobody can tell where neither that nor what happened can be read.
        default: if kind != .renumbered { value = "?" }
        }
    }
}
