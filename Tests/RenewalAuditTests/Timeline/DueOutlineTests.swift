import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("The outline of a line with a timeline")
struct DueOutlineTests {
    /// A due renewal of which the whole timeline has no doubt, and on which a charge can be regular.
    private struct Renewal: Hashable {
        let period: BillingPeriod
        let dueOn: CivilDate
        let amount: Int64
    }

    /// The renewals of a run by its own arithmetic.
    private static func renewals(_ run: UniformRenewals) -> [Renewal?] {
        zip(run.firstIndex..<(run.firstIndex + run.count), run.collectionDays).map { index, dueOn in
            guard let start = CivilDate(dayNumber: run.firstDay(ofCycle: index)),
                let end = CivilDate(dayNumber: run.lastDay(ofCycleStartingOn: BatchDate(start))),
                let period = BillingPeriod(start: start, end: end), let due = CivilDate(dayNumber: dueOn)
            else { return nil }
            return Renewal(period: period, dueOn: due, amount: run.amount)
        }
    }

    /// Whether what is noted of a row is what its whole timeline says, renewal by renewal.
    private static func isTrue(_ row: Int, of table: Subscriptions) -> Bool {
        guard let timeline = table.timeline(row) else { return true }
        let due = timeline.dueRenewals
        let packed = table.rows[row]
        if packed.isAsRow {
            guard let schedule = table.schedule(row), timeline.laterCount == 0 else { return false }
            return due.allSatisfy(\.doubts.isEmpty)
                && due.map { Renewal(period: $0.period, dueOn: $0.dueOn, amount: $0.amount) }
                    == schedule.dueRenewals.map { Renewal(period: $0.period, dueOn: $0.dueOn, amount: $0.amount) }
        }
        guard let outline = table.outlines[row], Int(outline.dueCount) == due.count,
            Int(outline.laterCount) == timeline.laterCount
        else { return false }
        var inRuns = 0
        for run in table.outlines.runs(of: outline) {
            guard run.places.upperBound <= due.count else { return false }
            let told = due[run.places]
            inRuns += told.count
            guard told.allSatisfy(\.doubts.isEmpty),
                told.map({ Renewal(period: $0.period, dueOn: $0.dueOn, amount: $0.amount) }) == renewals(run)
            else { return false }
        }
        return outline.isUniform == (inRuns == due.count)
    }

    private static func check(_ input: AuditCase, _ seed: UInt64, _ mismatches: inout Mismatches) -> (Int, Int, Int) {
        let table = AuditRun(input).subscriptions
        var (asRow, uniform, others) = (0, 0, 0)
        for row in 0..<table.count where table.rows[row].hasTimeline && table.rows[row].isUsable {
            mismatches.check(isTrue(row, of: table), "case \(seed), row \(row)")
            switch (table.rows[row].isAsRow, table.outlines[row]?.isUniform ?? false) {
            case (true, _): asRow += 1
            case (false, true): uniform += 1
            case (false, false): others += 1
            }
        }
        return (asRow, uniform, others)
    }

    @Test("it says of random lines with events what their timelines say")
    func events() throws {
        var mismatches = Mismatches()
        var seeds = SplitMix64(seed: testSeed &+ 31)
        var kinds = (asRow: 0, uniform: 0, others: 0)
        for _ in 0..<200 {
            let seed = seeds.next()
            let random = try #require(RandomCase(seed: seed, count: 60, hasEvents: true))
            let found = Self.check(random.input, seed, &mismatches)
            kinds = (kinds.asRow + found.0, kinds.uniform + found.1, kinds.others + found.2)
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        #expect(kinds.asRow > 200 && kinds.uniform > 500 && kinds.others > 200, "seed \(testSeed): \(kinds)")
    }

    @Test("it says of random lines with offers and calendars what their timelines say")
    func offers() throws {
        var mismatches = Mismatches()
        var seeds = SplitMix64(seed: testSeed &+ 32)
        var kinds = (asRow: 0, uniform: 0, others: 0)
        for _ in 0..<200 {
            let seed = seeds.next()
            let random = try #require(RandomOffers(seed: seed, count: 60))
            let found = Self.check(random.input, seed, &mismatches)
            kinds = (kinds.asRow + found.0, kinds.uniform + found.1, kinds.others + found.2)
        }
        #expect(mismatches.count == 0, "seed \(testSeed): \(mismatches.shown.joined(separator: "\n"))")
        #expect(kinds.uniform > 500 && kinds.others > 200, "seed \(testSeed): \(kinds)")
    }
}
