import BillingValues
import Testing

@Suite("CivilDate arithmetic")
struct CivilDateArithmeticTests {
    @Test(
        "adds days within its range",
        arguments: [
            ("2024-02-28", 1, "2024-02-29"), ("2024-02-28", 2, "2024-03-01"), ("2025-01-01", -1, "2024-12-31"),
            ("2025-01-01", 0, "2025-01-01"), ("9999-12-30", 1, "9999-12-31"), ("9999-12-31", 1, nil),
            ("0001-01-01", -1, nil), ("2025-01-01", .max, nil), ("2025-01-01", .min, nil),
            ("1960-01-01", .min, nil),
        ] as [(String, Int, String?)])
    func addsDays(from: String, days: Int, to: String?) throws {
        let date = try #require(CivilDate(from))
        #expect(date.adding(days: days)?.description == to)
    }

    @Test(
        "adds months to the anchor day, clamped to the end of the month",
        arguments: [
            ("2025-01-31", 1, 31, "2025-02-28"), ("2025-02-28", 1, 31, "2025-03-31"),
            ("2024-01-31", 1, 31, "2024-02-29"), ("2025-03-31", -1, 31, "2025-02-28"),
            ("2024-02-29", 12, 29, "2025-02-28"), ("2025-02-28", 36, 29, "2028-02-29"),
            ("2025-06-15", 0, 1, "2025-06-01"), ("2025-12-10", 1, 10, "2026-01-10"),
            ("2025-01-10", -1, 10, "2024-12-10"), ("0001-01-31", -1, 31, nil), ("9999-12-31", 1, 31, nil),
            ("2025-01-31", 1, 0, nil), ("2025-01-31", 1, 32, nil), ("2025-01-31", .max, 1, nil),
            ("2025-01-31", .min, 1, nil),
        ] as [(String, Int, Int, String?)])
    func addsMonths(from: String, months: Int, anchorDay: Int, to: String?) throws {
        let date = try #require(CivilDate(from))
        #expect(date.addingMonths(months, anchorDay: anchorDay)?.description == to)
    }

    @Test("counts the days between two days")
    func counts() throws {
        #expect(CivilDate.latest.days(since: .earliest) == 3_652_058)
        #expect(CivilDate.earliest.days(since: .latest) == -3_652_058)
        #expect(CivilDate.latest.days(since: .latest) == 0)
    }
}
