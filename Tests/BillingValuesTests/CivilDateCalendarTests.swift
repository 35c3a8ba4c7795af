import BillingValues
import TestSupport
import Testing

@Suite("CivilDate and the calendar")
struct CivilDateCalendarTests {
    @Test(
        "refuses numbers that name no day",
        arguments: [
            (0, 1, 1), (10_000, 1, 1), (-1, 1, 1), (2024, 0, 1), (2024, 13, 1), (2024, 1, 0), (2024, 1, 32),
            (2023, 2, 29), (1900, 2, 29), (2024, 4, 31), (Int.max, 1, 1), (Int.min, 1, 1), (2024, Int.max, 1),
            (2024, Int.min, 1), (2024, 1, Int.max), (2024, 1, Int.min),
        ])
    func refusals(year: Int, month: Int, day: Int) {
        #expect(CivilDate(year: year, month: month, day: day) == nil)
    }

    @Test("gives back the numbers it was made from")
    func parts() throws {
        let date = try #require(CivilDate(year: 2024, month: 2, day: 29))
        #expect(date.components == (2024, 2, 29))
        #expect(date.year == 2024)
        #expect(date.month == 2)
        #expect(date.day == 29)
        #expect(date.dayNumber == 19_782)
        #expect(date.monthNumber == 2024 * 12 + 1)
    }

    @Test("is the same day after any day number is taken apart and put together")
    func roundTrip() throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        var previous: CivilDate?
        // Every day of two eras' edges, and random days of all ten thousand years.
        var numbers = Array(CivilDate.earliest.dayNumber..<CivilDate.earliest.dayNumber + 1_500)
        numbers += Array(CivilDate.latest.dayNumber - 1_500...CivilDate.latest.dayNumber)
        numbers += (0..<20_000).map { _ in
            Int32.random(in: CivilDate.earliest.dayNumber...CivilDate.latest.dayNumber, using: &random)
        }
        for number in numbers {
            let date = try #require(CivilDate(dayNumber: number))
            let (year, month, day) = date.components
            mismatches.check(CivilDate(year: year, month: month, day: day) == date, "day number \(number)")
            if let previous, date.days(since: previous) == 1 {
                let next = day == 1 ? previous.monthNumber + 1 : previous.monthNumber
                mismatches.check(date.monthNumber == next, "\(date) follows \(previous)")
            }
            previous = date
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong, seed \(testSeed)")
    }

    @Test("knows leap years", arguments: [(1900, false), (2000, true), (2023, false), (2024, true), (2100, false)])
    func leapYears(year: Int, isLeap: Bool) {
        #expect(CivilDate.isLeapYear(year) == isLeap)
        #expect(CivilDate.daysInMonth(year: year, month: 2) == (isLeap ? 29 : 28))
    }

    @Test("knows how long months are")
    func monthLengths() {
        let lengths = (0...13).map { CivilDate.daysInMonth(year: 2023, month: $0) }
        #expect(lengths == [0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31, 0])
    }
}
