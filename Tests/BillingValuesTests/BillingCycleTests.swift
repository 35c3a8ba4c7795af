import BillingValues
import Testing

@Suite("BillingCycle")
struct BillingCycleTests {
    @Test("has 1 to 36,600 days or 1 to 1,200 months")
    func bounds() {
        #expect([0, -1, 36_601, .min, .max].allSatisfy { BillingCycle(days: $0) == nil })
        #expect([0, -1, 1_201, .min, .max].allSatisfy { BillingCycle(months: $0) == nil })
        #expect(BillingCycle(days: 36_600)?.count == 36_600)
        #expect(BillingCycle(days: 36_600)?.unit == .days)
        #expect(BillingCycle(months: 1_200)?.count == 1_200)
        #expect(BillingCycle(months: 1_200)?.unit == .months)
        #expect(BillingCycle(days: 1) != BillingCycle(months: 1))
    }

    @Test("never has a period shorter than its shortest length, which up to a year some period has")
    func shortestLength() throws {
        let january1896 = try #require(CivilDate("1896-01-01"))
        var mismatches = Mismatches()
        // Every first month of 28 years with every anchor day: all the month lengths a cycle can meet.
        for months in [Int](1...15) + [24, 48, 96, 120, 1_200] {
            let cycle = try #require(BillingCycle(months: months))
            var shortest = Int.max
            for start in 0..<28 * 12 {
                for anchorDay in [1, 27, 28, 29, 30, 31] {
                    let from = try #require(january1896.addingMonths(start, anchorDay: anchorDay))
                    let to = try #require(from.addingMonths(months, anchorDay: anchorDay))
                    shortest = min(shortest, to.days(since: from))
                }
            }
            mismatches.check(shortest >= cycle.shortestLengthInDays, "\(cycle) can have \(shortest) days")
            if months <= 12 {
                mismatches.check(shortest == cycle.shortestLengthInDays, "\(cycle) has \(shortest) days at least")
            }
        }
        #expect(mismatches.shown == [])
        #expect(BillingCycle(months: 1)?.shortestLengthInDays == 28)
        #expect(BillingCycle(days: 30)?.shortestLengthInDays == 30)
    }
}
