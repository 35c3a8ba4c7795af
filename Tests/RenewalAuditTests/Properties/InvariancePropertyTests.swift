import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// What must not change what an audit says: where records stand, what lines are called, and when all of it happened.
@Suite("Invariance of whole audits")
struct InvariancePropertyTests {
    private static let cases = 60
    private static let subscriptions = 75

    /// Random lines with events, two offers, two payment methods, and some days on which one of the offers was hardly
    /// charged.
    private static func randomCase(_ seed: UInt64) throws -> AuditCase {
        let generated = try #require(RandomCase(seed: seed, count: subscriptions, hasEvents: true))
        var (input, random) = (generated.input, generated.random)
        var lost: Set<String> = []
        for index in input.subscriptions.indices {
            if random.once(in: 2) { input.subscriptions[index].offer = "plus" }
            if random.once(in: 2) { input.subscriptions[index].paymentMethod = "iban" }
            if input.subscriptions[index].offer == "plus" { lost.insert(input.subscriptions[index].identifier) }
        }
        let first = try #require(input.terms.window.from.adding(days: random.number(0...60)))
        let last = try #require(first.adding(days: random.number(5...60)))
        input.charges.removeAll { charge in
            guard lost.contains(charge.subscription), let day = charge.chargedOn else { return false }
            return first <= day && day <= last && !random.once(in: 12)
        }
        return input
    }

    /// Compares what is said of random cases and of what a change makes of them.
    private static func compare(
        salt: UInt64, cases: Int = cases,
        _ change: (AuditCase, inout SplitMix64) throws -> (changed: WholeAudit, expected: WholeAudit)
    ) throws {
        var seeds = SplitMix64(seed: testSeed &+ salt)
        var mismatches = Mismatches()
        var (findings, incidents) = (0, 0)
        for _ in 0..<cases {
            let seed = seeds.next()
            var random = SplitMix64(seed: seed &+ 1)
            let input = try randomCase(seed)
            let (changed, expected) = try change(input, &random)
            mismatches.check(
                changed.findings == expected.findings,
                differences(changed.findings, expected.findings, input, seed))
            mismatches.check(
                changed.incidents == expected.incidents,
                "case \(seed): causes \(changed.incidents) and \(expected.incidents)")
            mismatches.check(changed.parked == expected.parked, "case \(seed): parked accounts")
            mismatches.check(
                changed.due == expected.due && changed.isolated == expected.isolated,
                "case \(seed): \(changed.due) due, \(changed.isolated) isolated")
            mismatches.check(changed.tally.total == expected.tally.total, "case \(seed): tally")
            findings += expected.findings.count
            incidents += expected.incidents.count
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        // Silence proves nothing.
        #expect(findings > cases * 50, "seed \(testSeed)")
        #expect(incidents > cases / 6, "seed \(testSeed)")
    }

    @Test("the order of rows, in every file")
    func rows() throws {
        try Self.compare(salt: 61) { input, random in
            var other = input
            other.subscriptions.shuffle(using: &random)
            other.events.shuffle(using: &random)
            other.charges.shuffle(using: &random)
            return (WholeAudit(other), WholeAudit(input))
        }
    }

    @Test("a charges file split in two, and the order of files")
    func files() throws {
        try Self.compare(salt: 62) { input, random in
            // A batch is a block of a file, and what stands in two files stands in two blocks.
            var files = [input.charges[...]]
            for _ in 0..<random.number(1...4) {
                let split = files.remove(at: random.below(files.count))
                let place = split.startIndex + random.below(split.count + 1)
                files += [split[..<place], split[place...]]
            }
            files.shuffle(using: &random)
            var other = input
            other.charges = files.flatMap { $0 }
            let way = AuditRun.Way(batches: random.number(2...9), sieves: random.number(1...3))
            return (WholeAudit(other, way: way), WholeAudit(input))
        }
    }

    @Test("other ids, which sort in another order")
    func names() throws {
        try Self.compare(salt: 63) { input, random in
            // Different ids stay different, and none is the beginning of another.
            let key = UInt8(random.number(1...25))
            let name = { (old: String) in
                String(decoding: old.utf8.map { ($0 &+ key) % 26 &+ UInt8(ascii: "a") }, as: UTF8.self) + "|" + old
            }
            return (WholeAudit(input.renamed(name)), WholeAudit(input).renamed(name))
        }
    }

    /// In 400 years the calendar repeats itself: 146,097 days, which are whole weeks and whole months.
    @Test("all dates later or earlier by 400 years, whatever the cycles")
    func centuries() throws {
        try Self.compare(salt: 64) { input, random in
            let days = 146_097 * random.pick([-4, -2, -1, 1, 3, 19])
            let shifted = try #require(input.shifted(days))
            return (WholeAudit(shifted), WholeAudit(input).shifted(days))
        }
    }

    /// Cycles of days know no calendar, so any number of days will do; a cause may then have another band of days of the
    /// month, so causes are left out.
    @Test("all dates later or earlier by any days, for cycles of days")
    func days() throws {
        var seeds = SplitMix64(seed: testSeed &+ 65)
        var mismatches = Mismatches()
        for _ in 0..<Self.cases {
            let seed = seeds.next()
            var random = SplitMix64(seed: seed &+ 1)
            let input = try Self.randomCase(seed).inDays
            let days = random.number(-4_000...4_000)
            let one = WholeAudit(input).shifted(days)
            let other = WholeAudit(try #require(input.shifted(days)))
            mismatches.check(
                one.findings == other.findings, differences(one.findings, other.findings, input, seed))
            mismatches.check(one.due == other.due, "case \(seed): due")
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
    }
}
