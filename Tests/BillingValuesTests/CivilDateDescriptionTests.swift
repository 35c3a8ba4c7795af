import BillingValues
import Testing

@Suite("CivilDate description")
struct CivilDateDescriptionTests {
    @Test("pads years, months and days with zeros")
    func padding() {
        #expect(CivilDate(year: 7, month: 3, day: 5)?.description == "0007-03-05")
        #expect(CivilDate(year: 2025, month: 11, day: 30)?.description == "2025-11-30")
    }

    @Test("appends to what is there")
    func appends() throws {
        var bytes = Array("due ".utf8)
        try #require(CivilDate("2025-11-30")).write(to: &bytes)
        #expect(bytes == Array("due 2025-11-30".utf8))
    }
}
