import Foundation
import Testing

@testable import RenewalAudit

@Suite("Likelihood of misses")
struct MissCountTests {
    @Test("The logarithm is that of the system to the last places", arguments: [1e-300, 0.001, 0.5, 1, 1.5, 2, 9e99])
    func logarithm(number: Double) {
        let expected = Foundation.log(number)
        #expect(abs(naturalLogarithm(number) - expected) <= abs(expected) * 1e-14 + 1e-15)
    }

    @Test("What is no positive number has no logarithm", arguments: [0, -1, Double.nan])
    func noLogarithm(number: Double) {
        #expect(naturalLogarithm(number) == -.infinity)
    }

    @Test("A count exceeds the background by the logarithm of the likelihood ratio")
    func excess() {
        let excess = MissCount(due: 10, missed: 8).excess(over: 0.01)
        #expect(abs(excess - (8 * Foundation.log(80) + 2 * Foundation.log(0.2 / 0.99))) < 1e-9)
        #expect(abs(MissCount(due: 5, missed: 5).excess(over: 0.1) - 5 * Foundation.log(10)) < 1e-9)
        #expect(MissCount(due: 1_000, missed: 10).excess(over: 0.01) == 0)
        #expect(MissCount().excess(over: 0.01) == 0)
    }

    @Test("Equal shares do not differ, unequal ones do")
    func difference() {
        let half = MissCount(due: 100, missed: 50)
        #expect(MissCount.difference(half, MissCount(due: 10, missed: 5)) < 1e-9)
        let apart = MissCount.difference(MissCount(due: 10, missed: 10), MissCount(due: 10, missed: 0))
        #expect(abs(apart - 20 * Foundation.log(2)) < 1e-9)
    }

    @Test("A run of days ends where charged renewals outweigh the misses")
    func run() throws {
        let due = ArraySlice<Int32>(repeating: 4, count: 60)
        var missed = ArraySlice<Int32>(repeating: 0, count: 60)
        for day in [10, 11, 13, 14, 40, 41, 42, 43, 44] { missed[day] = 4 }
        let days = DayCounts(due: due, missed: missed)
        let found = try #require(days.excessRun(over: 0.001, drop: 20))
        #expect(found.days == 40...44)
        #expect(found.count == MissCount(due: 20, missed: 20))
        let weights = try #require(MissWeights(share: 0.9, against: 0.001))
        #expect(days.bestRun(in: 0...30, weights, drop: 20) == 10...14)
        let healthy = DayCounts(due: due, missed: ArraySlice(repeating: 0, count: 60))
        #expect(healthy.excessRun(over: 0.001, drop: 20) == nil)
    }
}
