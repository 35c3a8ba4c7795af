import BillingValues
import Testing

@Suite("CivilDate")
struct CivilDateTests {
    @Test("exists from 0001-01-01 to 9999-12-31 only")
    func bounds() {
        #expect(CivilDate(dayNumber: -719_162)?.description == "0001-01-01")
        #expect(CivilDate(dayNumber: -719_163) == nil)
        #expect(CivilDate(dayNumber: 2_932_896)?.description == "9999-12-31")
        #expect(CivilDate(dayNumber: 2_932_897) == nil)
        #expect(CivilDate(dayNumber: .min) == nil)
        #expect(CivilDate(dayNumber: .max) == nil)
        #expect(CivilDate(year: 1, month: 1, day: 1) == .earliest)
        #expect(CivilDate(year: 9999, month: 12, day: 31) == .latest)
    }

    @Test("orders days by the calendar")
    func order() throws {
        let earlier = try #require(CivilDate("2024-12-31"))
        let later = try #require(CivilDate("2025-01-01"))
        #expect(earlier < later)
        #expect(!(later < earlier))
        #expect(!(earlier < earlier))
    }
}
