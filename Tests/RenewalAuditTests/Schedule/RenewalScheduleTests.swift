import BillingRecords
import BillingValues
import RenewalAudit
import Testing

@Suite("RenewalSchedule")
struct RenewalScheduleTests {
    private static func schedule(
        _ cycle: String, from activation: String, endedOn: String = "", window: String
    ) throws -> RenewalSchedule {
        let days = window.split(separator: " ").compactMap { CivilDate(String($0)) }
        try #require(days.count == 2)
        let terms = RenewalTerms(
            activatedOn: try #require(CivilDate(activation)), endedOn: CivilDate(endedOn),
            cycle: try #require(BillingCycle(cycle)),
            price: Money(minorUnits: 999, currency: try #require(Currency(code: "EUR"))))
        return RenewalSchedule(terms: terms, window: try #require(AuditWindow(from: days[0], to: days[1])))
    }

    private static func starts(_ schedule: RenewalSchedule) -> String {
        schedule.dueIndices.compactMap { schedule.period($0)?.start.description }.joined(separator: " ")
    }

    @Test(
        "clamps to the month's end and returns to the activation day",
        arguments: [
            ("P1M", "2023-01-29", "2023-02-28 2023-03-29 2023-04-29"),
            ("P1M", "2023-01-30", "2023-02-28 2023-03-30 2023-04-30"),
            ("P1M", "2023-01-31", "2023-02-28 2023-03-31 2023-04-30"),
            ("P3M", "2022-11-30", "2023-02-28"),
            ("P1Y", "2020-02-29", "2023-02-28"),
            ("P28D", "2022-12-31", "2023-02-25 2023-03-25 2023-04-22"),
            ("P1W", "2023-04-10", "2023-04-17 2023-04-24"),
        ])
    func monthEnds(cycle: String, activation: String, expected: String) throws {
        let schedule = try Self.schedule(cycle, from: activation, window: "2023-02-01 2023-05-01")
        #expect(Self.starts(schedule) == expected)
    }

    @Test(
        "knows the leap day",
        arguments: [
            ("P1M", "2024-01-31", "2024-02-29"), ("P1M", "2024-01-29", "2024-02-29"),
            ("P1Y", "2020-02-29", "2024-02-29"),
            ("P30D", "2024-01-30", "2024-02-29"), ("P1Y", "2023-02-28", "2024-02-28"),
        ])
    func leapDay(cycle: String, activation: String, expected: String) throws {
        let schedule = try Self.schedule(cycle, from: activation, window: "2024-02-01 2024-03-01")
        #expect(Self.starts(schedule) == expected)
    }

    @Test("counts 28 days across years")
    func acrossYears() throws {
        let schedule = try Self.schedule("P28D", from: "2020-01-01", window: "2020-01-01 2026-01-01")
        #expect(schedule.dueIndices == 1..<79)
        #expect(schedule.period(78)?.description == "2025-12-24 to 2026-01-20")
    }

    @Test(
        "is due from the first day of the window to the day before its end",
        arguments: [
            ("2024-03-05 2024-03-06", 1), ("2024-03-04 2024-03-05", 0), ("2024-03-06 2024-04-05", 0),
            ("2024-02-05 2024-03-06", 2), ("2023-01-01 2023-12-31", 0), ("2024-01-01 2024-02-05", 0),
        ])
    func windowEdges(window: String, count: Int) throws {
        #expect(try Self.schedule("P1M", from: "2024-01-05", window: window).dueCount == count)
    }

    @Test(
        "is due no more from the day of the end on",
        arguments: [
            ("2024-03-06", 2), ("2024-03-05", 1), ("2024-03-04", 1), ("2024-01-05", 0), ("2023-01-05", 0),
            ("2030-01-01", 3),
        ])
    func ended(endedOn: String, count: Int) throws {
        let schedule = try Self.schedule("P1M", from: "2024-01-05", endedOn: endedOn, window: "2024-01-01 2024-05-01")
        #expect(schedule.dueCount == count)
        #expect(schedule.dueIndices.count == count)
    }

    @Test(
        "finds the cycle nearest to a day",
        arguments: [
            ("2024-03-05", 2), ("2024-02-29", 2), ("2024-02-28", nil), ("2024-03-10", 2), ("2024-03-11", nil),
            ("2024-01-05", 0),
        ] as [(String, Int?)])
    func nearest(day: String, index: Int?) throws {
        let schedule = try Self.schedule("P1M", from: "2024-01-05", window: "2024-01-01 2024-05-01")
        #expect(schedule.index(nearestTo: try #require(CivilDate(day)), before: 5, after: 5) == index)
    }

    @Test("prefers the earlier of two cycles equally near")
    func equallyNear() throws {
        let schedule = try Self.schedule("P10D", from: "2024-01-01", window: "2024-01-01 2024-05-01")
        let day = try #require(CivilDate("2024-01-16"))
        #expect(schedule.index(nearestTo: day, before: 5, after: 5) == 1)
        #expect(schedule.index(nearestTo: day, before: 5, after: 4) == 2)
    }
}
