import Testing

@testable import BillingValues

@Suite("Recurring rules of time zones")
struct RecurringZoneRuleTests {
    /// The instants of a year at which the offset changes, as UTC.
    private func changes(_ text: String, year: Int) throws -> [String] {
        let rule = try #require(RecurringZoneRule(Array(text.utf8)))
        let start = Int64(try #require(CivilDate(year: year, month: 1, day: 1)).dayNumber) * 86_400
        var found: [String] = []
        var instant = start
        while true {
            let stretch = rule.stretch(around: instant)
            guard stretch.until < start + 366 * 86_400 else { return found }
            instant = stretch.until
            // A summer time that begins as the last one ends changes nothing.
            guard rule.stretch(around: instant).offset != stretch.offset else { continue }
            let day = try #require(TimeZoneRules.day(at: instant, offset: 0))
            let second = instant - Int64(day.dayNumber) * 86_400
            found.append("\(day) \(second / 3600):\(second % 3600 / 60) \(rule.stretch(around: instant).offset)")
        }
    }

    @Test(
        "change on their days",
        arguments: [
            ("CET-1CEST,M3.5.0,M10.5.0/3", 2025, ["2025-03-30 1:0 7200", "2025-10-26 1:0 3600"]),
            ("CET-1CEST,M3.5.0,M10.5.0/3", 2024, ["2024-03-31 1:0 7200", "2024-10-27 1:0 3600"]),
            ("EST5EDT,M3.2.0,M11.1.0", 2026, ["2026-03-08 7:0 -14400", "2026-11-01 6:0 -18000"]),
            ("IST-1GMT0,M10.5.0,M3.5.0/1", 2025, ["2025-03-30 1:0 3600", "2025-10-26 1:0 0"]),
            ("<+1030>-10:30<+11>-11,M10.1.0,M4.1.0", 2025, ["2025-04-05 15:0 37800", "2025-10-04 15:30 39600"]),
            ("XXX0YYY,J60,J61", 2024, ["2024-03-01 2:0 3600", "2024-03-02 1:0 0"]),
            ("XXX0YYY,59,60", 2024, ["2024-02-29 2:0 3600", "2024-03-01 1:0 0"]),
            ("XXX0YYY,M1.1.1/-24,M6.1.1/167:59:59", 2025, ["2025-01-05 0:0 3600", "2025-06-08 22:59 0"]),
            ("UTC0", 2025, []), ("EET-2EEST,0/0,J365/25", 2025, []),
        ] as [(String, Int, [String])])
    func days(text: String, year: Int, expected: [String]) throws {
        #expect(try changes(text, year: year) == expected)
    }

    @Test(
        "that are none are refused",
        arguments: [
            "", "CE-1", "CET", "CET-25", "CET-1CEST", "CET-1CEST,M3.5.0", "CET-1CEST,M13.5.0,M10.5.0",
            "CET-1CEST,M3.6.0,M10.5.0", "CET-1CEST,M3.0.0,M10.5.0", "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,J0,J365",
            "CET-1CEST,J1,J366", "CET-1CEST,366,1", "CET-1CEST,M3.5.0,M10.5.0/168", "CET-1CEST,M3.5.0,M10.5.0/3 ",
            "<CET-1", "<a>-1", "CET-1:60", "CET-99999999999999999999", "CET-1CEST,M3.5.0,M10.5.0,", "Ü-1",
        ])
    func refused(text: String) {
        #expect(RecurringZoneRule(Array(text.utf8)) == nil)
    }
}
