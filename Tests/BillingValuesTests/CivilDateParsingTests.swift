import BillingValues
import Testing

@Suite("CivilDate parsing")
struct CivilDateParsingTests {
    @Test("reads real days", arguments: ["0001-01-01", "1970-01-01", "2000-02-29", "2024-02-29", "9999-12-31"])
    func reads(text: String) {
        let bytes = Array(text.utf8)
        #expect(CivilDate(text)?.description == text)
        #expect(CivilDate.parse(bytes) == CivilDate(text))
        #expect(CivilDate.parse(bytes.span) == CivilDate(text))
        #expect(CivilDate.fault(in: bytes.span) == nil)
    }

    @Test(
        "refuses what is no date",
        arguments: [
            "", "2024", "2024-1-01", "2024-01-1", "2024-01-011", " 2024-01-01", "2024-01-01 ", "2024/01/01",
            "20240101", "01-01-2024", "+024-01-01", "-024-01-01", "2024-01-0a", "2024-0:-01", "202/-01-01",
            "2024-01-01T00:00:00", "2024\u{2011}01-01", "٢٠٢٤-٠١-٠١", "2024-01\u{2D}0\0", "2024--1-01",
            "2024-W01-1", "2024-001",
        ])
    func notADate(text: String) {
        #expect(CivilDate(text) == nil)
        #expect(CivilDate.fault(in: Array(text.utf8).span) == .notADate)
    }

    @Test(
        "tells a day that does not exist from a text that is no date",
        arguments: ["2023-02-29", "2024-02-30", "2024-13-01", "2024-00-01", "2024-01-00", "2024-04-31", "0000-01-01"])
    func noSuchDay(text: String) {
        #expect(CivilDate(text) == nil)
        #expect(CivilDate.fault(in: Array(text.utf8).span) == .noSuchDay)
    }

    @Test("takes no byte but the right one at any place")
    func everyByte() {
        var mismatches = Mismatches()
        for place in 0..<10 {
            for byte in UInt8.min...UInt8.max {
                var bytes = Array("2024-11-11".utf8)
                bytes[place] = byte
                let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                let hasForm = place == 4 || place == 7 ? byte == UInt8(ascii: "-") : isDigit
                mismatches.check(
                    (CivilDate.fault(in: bytes.span) == .notADate) == !hasForm
                        && (CivilDate.parse(bytes) == nil) == (CivilDate.fault(in: bytes.span) != nil),
                    "byte \(byte) at \(place)")
            }
        }
        #expect(mismatches.shown == [])
    }
}
