import BillingValues
import Testing

@Suite("BillingPeriod")
struct BillingPeriodTests {
    private static func period(_ start: String, _ end: String) throws -> BillingPeriod {
        let first = try #require(CivilDate(start))
        let last = try #require(CivilDate(end))
        return try #require(BillingPeriod(start: first, end: last))
    }

    @Test("has both its ends")
    func ends() throws {
        let march = try Self.period("2025-03-01", "2025-03-31")
        #expect(march.lengthInDays == 31)
        #expect(march.description == "2025-03-01 to 2025-03-31")
        #expect(try Self.period("2025-03-01", "2025-03-01").lengthInDays == 1)
        #expect(BillingPeriod(start: march.end, end: march.start) == nil)
        #expect(BillingPeriod(start: .earliest, end: .latest)?.lengthInDays == 3_652_059)
    }

    @Test(
        "contains its days and no others",
        arguments: [("2025-02-28", false), ("2025-03-01", true), ("2025-03-31", true), ("2025-04-01", false)])
    func contains(day: String, isInside: Bool) throws {
        let date = try #require(CivilDate(day))
        #expect(try Self.period("2025-03-01", "2025-03-31").contains(date) == isInside)
    }

    @Test(
        "counts the days it shares with another",
        arguments: [
            ("2025-02-01", "2025-02-28", 0), ("2025-02-01", "2025-03-01", 1), ("2025-03-10", "2025-03-12", 3),
            ("2025-03-31", "2025-04-30", 1), ("2025-04-01", "2025-04-30", 0), ("2025-01-01", "2025-12-31", 31),
            ("2025-03-01", "2025-03-31", 31), ("2026-03-01", "2026-03-31", 0),
        ])
    func overlap(start: String, end: String, days: Int) throws {
        let march = try Self.period("2025-03-01", "2025-03-31")
        let other = try Self.period(start, end)
        #expect(march.overlapInDays(with: other) == days)
        #expect(other.overlapInDays(with: march) == days)
        #expect(march.overlaps(other) == (days > 0))
        #expect(other.overlaps(march) == (days > 0))
    }
}
