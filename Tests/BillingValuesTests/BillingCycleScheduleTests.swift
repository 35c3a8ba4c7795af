import BillingValues
import TestSupport
import Testing

@Suite("BillingCycle schedule")
struct BillingCycleScheduleTests {
    @Test(
        "clamps to the end of the month and returns to the activation day",
        arguments: [
            ("P1M", "2025-01-31", ["2025-01-31", "2025-02-28", "2025-03-31", "2025-04-30", "2025-05-31"]),
            ("P1Y", "2024-02-29", ["2024-02-29", "2025-02-28", "2026-02-28", "2027-02-28", "2028-02-29"]),
            ("P3M", "2024-11-30", ["2024-11-30", "2025-02-28", "2025-05-30", "2025-08-30", "2025-11-30"]),
            ("P30D", "2025-01-31", ["2025-01-31", "2025-03-02", "2025-04-01", "2025-05-01", "2025-05-31"]),
            ("P1W", "2024-12-30", ["2024-12-30", "2025-01-06", "2025-01-13", "2025-01-20", "2025-01-27"]),
        ])
    func starts(cycle: String, activation: String, expected: [String]) throws {
        let cycle = try #require(BillingCycle(cycle))
        let activation = try #require(CivilDate(activation))
        #expect((0..<5).map { cycle.start(ofCycle: $0, from: activation)?.description } == expected)
    }

    @Test("has no cycle before the activation")
    func beforeActivation() throws {
        let activation = try #require(CivilDate("2025-03-15"))
        let before = try #require(CivilDate("2025-03-14"))
        for cycle in [BillingCycle(days: 30), BillingCycle(months: 1)] {
            let cycle = try #require(cycle)
            #expect(cycle.start(ofCycle: -1, from: activation) == nil)
            #expect(cycle.period(ofCycle: -1, from: activation) == nil)
            #expect(cycle.index(containing: before, from: activation) == nil)
            #expect(cycle.index(ofCycleStarting: .earliest, from: activation) == nil)
            #expect(cycle.firstIndex(startingOnOrAfter: before, from: activation) == 0)
            #expect(cycle.firstIndex(startingOnOrAfter: activation, from: activation) == 0)
        }
    }

    @Test("ends with the calendar")
    func endOfCalendar() throws {
        let activation = try #require(CivilDate("9999-11-30"))
        let month = try #require(BillingCycle(months: 1))
        let days = try #require(BillingCycle(days: 31))
        for cycle in [month, days] {
            #expect(cycle.period(ofCycle: 0, from: activation)?.start == activation)
            #expect(cycle.period(ofCycle: 1, from: activation) == nil)
            #expect(cycle.start(ofCycle: 2, from: activation) == nil)
            #expect(cycle.start(ofCycle: .max, from: activation) == nil)
            #expect(cycle.period(ofCycle: .max, from: activation) == nil)
            #expect(cycle.index(containing: .latest, from: activation) == 1)
            #expect(cycle.firstIndex(startingOnOrAfter: .latest, from: activation) == (cycle == days ? 1 : 2))
        }
        #expect(days.index(ofCycleStarting: .latest, from: activation) == 1)
    }

    @Test(
        "tiles ten years from every day of the month without gap or overlap",
        arguments: ["P1M", "P3M", "P1Y", "P30D"])
    func tiles(cycle: String) throws {
        let cycle = try #require(BillingCycle(cycle))
        var mismatches = Mismatches()
        for day in 1...31 {
            let activation = try #require(CivilDate(year: 2023, month: 12, day: day))
            var date = activation
            var index = 0
            while date.year < 2034 {
                let period = try #require(cycle.period(ofCycle: index, from: activation))
                mismatches.check(period.start == date, "cycle \(index) from \(activation) starts on \(period.start)")
                while date <= period.end {
                    let isInside = cycle.index(containing: date, from: activation) == index
                    mismatches.check(isInside, "\(date) belongs to cycle \(index) from \(activation)")
                    date = try #require(date.adding(days: 1))
                }
                index += 1
            }
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong")
    }

    @Test("finds cycles from any day of random schedules as a search from the start does")
    func randomSchedules() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<2_000 {
            let isMonths = Bool.random(using: &random)
            let count = Int.random(in: 1...(isMonths ? 40 : 800), using: &random)
            let cycle = try #require(isMonths ? BillingCycle(months: count) : BillingCycle(days: count))
            let activation = try #require(CivilDate(dayNumber: Int32.random(in: 0...40_000, using: &random)))
            let date = try #require(activation.adding(days: Int.random(in: -50...3_000, using: &random)))
            var first = 0
            while let start = cycle.start(ofCycle: first, from: activation), start < date { first += 1 }
            let isStart = cycle.start(ofCycle: first, from: activation) == date
            let containing = isStart ? first : first == 0 ? nil : first - 1
            let name = "\(date) in \(cycle) from \(activation)"
            mismatches.check(cycle.firstIndex(startingOnOrAfter: date, from: activation) == first, name)
            mismatches.check(cycle.index(ofCycleStarting: date, from: activation) == (isStart ? first : nil), name)
            mismatches.check(cycle.index(containing: date, from: activation) == containing, name)
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong, seed \(testSeed)")
    }
}
