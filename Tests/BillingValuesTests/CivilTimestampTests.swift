import BillingValues
import Testing

@Suite("Timestamps")
struct CivilTimestampTests {
    @Test(
        "are read with their day, time and offset",
        arguments: [
            ("2025-03-30T00:30:00", "2025-03-30", 1800, nil), ("2025-03-30 23:59:59", "2025-03-30", 86_399, nil),
            ("2025-03-30T00:30:00Z", "2025-03-30", 1800, 0), ("2025-03-30T00:30:00.5Z", "2025-03-30", 1800, 0),
            ("2024-02-29T12:00:00.123456789+05:45", "2024-02-29", 43_200, 20_700),
            ("2025-03-30T00:00:00-03:30", "2025-03-30", 0, -12_600), ("2025-03-30T00:00:00-00:00", "2025-03-30", 0, 0),
            ("9999-12-31T23:59:59+14:00", "9999-12-31", 86_399, 50_400),
        ] as [(String, String, Int32, Int32?)])
    func sound(text: String, day: String, second: Int32, offset: Int32?) throws {
        let timestamp = try #require(CivilTimestamp.parse(Array(text.utf8)))
        #expect(timestamp.day == CivilDate(day))
        #expect(timestamp.secondOfDay == second)
        #expect(timestamp.offset == offset)
        let bytes = Array(text.utf8)
        let fault = CivilTimestamp.fault(in: bytes.span)
        #expect(fault == nil)
    }

    @Test(
        "that are none are told apart by what is wrong",
        arguments: [
            ("", .notATimestamp), ("2025-03-30", .notATimestamp), ("2025-03-30T00:30", .notATimestamp),
            ("2025-03-30t00:30:00", .notATimestamp), ("2025-03-30T00:30:00z", .notATimestamp),
            ("2025-03-30T00:30:00.", .notATimestamp), ("2025-03-30T00:30:00,5", .notATimestamp),
            ("2025-03-30T00:30:00+0100", .notATimestamp), ("2025-03-30T00:30:00+01", .notATimestamp),
            ("2025-03-30T00:30:00 +01:00", .notATimestamp), ("2025-03-30T00:30:00ZZ", .notATimestamp),
            ("2025-03-30T0:30:00Z", .notATimestamp), ("20250330T003000Z", .notATimestamp),
            (" 2025-03-30T00:30:00", .notATimestamp), ("2025-03-30T00:30:00\u{661}", .notATimestamp),
            ("2025-02-29T00:30:00", .noSuchDay), ("0000-01-01T00:00:00", .noSuchDay),
            ("2025-03-30T24:00:00", .noSuchTime), ("2025-03-30T23:60:00", .noSuchTime),
            ("2025-06-30T23:59:60Z", .noSuchTime), ("2025-03-30T00:30:00+14:01", .noSuchOffset),
            ("2025-03-30T00:30:00-15:00", .noSuchOffset), ("2025-03-30T00:30:00+01:60", .noSuchOffset),
        ] as [(String, TimestampFault)])
    func faults(text: String, fault: TimestampFault) {
        #expect(CivilTimestamp.parse(Array(text.utf8)) == nil)
        let bytes = Array(text.utf8)
        let found = CivilTimestamp.fault(in: bytes.span)
        #expect(found == fault)
    }

    @Test("lie at an instant where the offset is written")
    func instants() {
        let instant = { (text: String) in CivilTimestamp.parse(Array(text.utf8))?.instant }
        #expect(instant("1970-01-01T00:00:00Z") == 0)
        #expect(instant("1970-01-01T01:00:00+01:00") == 0)
        #expect(instant("1969-12-31T23:59:59Z") == -1)
        #expect(instant("2025-03-30T02:00:00+02:00") == 1_743_292_800)
        #expect(instant("2025-03-30T02:00:00") == nil)
    }
}
