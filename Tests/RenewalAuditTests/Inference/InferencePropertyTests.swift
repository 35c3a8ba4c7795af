import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

/// Over random histories: what was left out of regular ones is found and nothing else; irregular ones tell nothing.
struct InferencePropertyTests {
    private static let terms = CivilDate(year: 2018, month: 1, day: 1).flatMap { from in
        CivilDate(year: 2060, month: 1, day: 1).flatMap { AuditWindow(from: from, to: $0) }
    }.map { AuditTerms(window: $0) }

    @Test func whatIsLeftOutOfRegularHistoriesIsFound() throws {
        let terms = try #require(Self.terms)
        var random = SplitMix64(seed: testSeed &+ 41)
        let histories = (0..<1_200).map { RandomHistory($0, random: &random) }
        var mismatches = Mismatches()
        var judged = 0
        for history in histories {
            // Each alone: where many stop together it is no single line's end.
            let run = InferredRun(history.charges.shuffled(using: &random), terms: terms, batches: 3)
            let days = run.found(.unchargedRenewal).compactMap(\.periodStart)
            guard let line = run.line(history.identifier) else {
                // Some months in a row have as many days each: then nobody can tell months from days.
                let isAmbiguous = run.table.inference?.obstacles == [.severalCycles: 1]
                mismatches.check(
                    history.spread > 0 || isAmbiguous,
                    "\(run.table.inference?.obstacles.keys.first?.rawValue ?? ""): \(history)")
                continue
            }
            judged += 1
            let isExact = history.spread == 0
            mismatches.check(!isExact || line.cycle == history.cycle, "\(line.cycle) instead of \(history)")
            let isFound =
                days.count == history.missing.count
                && zip(days, history.missing).allSatisfy {
                    abs($0.days(since: $1)) <= (isExact ? 0 : history.spread + 3)
                }
            mismatches.check(isFound, "\(days) instead of \(history.missing), \(line.cycle): \(history)")
        }
        mismatches.check(judged * 10 >= histories.count * 9, "\(judged) of \(histories.count) judged")
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    @Test func irregularHistoriesTellNothing() throws {
        let terms = try #require(Self.terms)
        var random = SplitMix64(seed: testSeed &+ 42)
        let start = try #require(CivilDate(year: 2021, month: 3, day: 1))
        var charges: [CaseCharge] = []
        for number in 0..<3_000 {
            let span = random.pick([90, 200, 400, 800])
            for _ in 0..<random.number(2...30) {
                let day = start.adding(days: random.below(span)) ?? start
                let period = random.once(in: 2) ? BillingPeriod(start: day, end: day) : nil
                charges.append(.renewal(of: "S\(number)", on: day, ofPeriod: period))
            }
        }
        let run = InferredRun(charges, terms: terms)
        #expect(run.found(.unchargedRenewal).isEmpty, "seed \(testSeed)")
        let inference = try #require(run.table.inference)
        #expect(inference.subscriptions < 5, "seed \(testSeed)")
    }

    /// A renewal across which the price changes, and the first after the charges stop, are for a person.
    @Test func whatNobodyCanTellIsUndecided() throws {
        let terms = try #require(Self.terms)
        var random = SplitMix64(seed: testSeed &+ 43)
        let histories = (0..<600).map { RandomHistory($0, random: &random) }.filter { $0.spread == 0 }
        var mismatches = Mismatches()
        for history in histories {
            // Each alone: where many stop together it is no single line's end.
            let run = InferredRun(history.charges, terms: terms)
            let undecided = Set(run.found(.undecided))
            guard let line = run.line(history.identifier), let stop = line.stopsOn else {
                mismatches.check(
                    run.table.inference?.obstacles == [.severalCycles: 1], "not judged: \(history)")
                continue
            }
            for day in history.missingAtPriceChange + [stop] {
                let verdict = Verdict(rule: .undecided, subscription: history.identifier, periodStart: day)
                mismatches.check(undecided.contains(verdict), "\(verdict) is missing: \(history)")
            }
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown)")
    }

    /// Neither the order of the rows nor that of the parts bears on what is inferred.
    @Test func theOrderOfChargesDoesNotMatter() throws {
        let terms = try #require(Self.terms)
        var random = SplitMix64(seed: testSeed &+ 44)
        let charges = (0..<300).flatMap { RandomHistory($0, random: &random).charges }
        let first = InferredRun(charges, terms: terms).discrepancies.map(\.withoutPlaces)
        for batches in [1, 2, 5] {
            let other = InferredRun(charges.shuffled(using: &random), terms: terms, batches: batches)
            #expect(other.discrepancies.map(\.withoutPlaces) == first, "seed \(testSeed)")
        }
    }
}

extension Discrepancy {
    /// The finding without the places of the charges that prove it.
    fileprivate var withoutPlaces: Discrepancy {
        var bare = self
        bare.charges = []
        return bare
    }
}
