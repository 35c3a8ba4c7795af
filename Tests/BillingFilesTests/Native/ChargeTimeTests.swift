import BillingRecords
import BillingValues
import Testing

@testable import BillingFiles

@Suite("Charges that state a time of day")
struct ChargeTimeTests {
    private func day(_ chargedOn: String, zone: String?) throws -> String? {
        let header = BlockSequence.Header(names: NativeColumns.charges.map { Array($0.utf8) }, bytes: [], lines: 1)
        let rules = try zone.map { name throws in try TimeZoneFile.rules(named: name) }
        var decoder = try NativeFiles.chargeDecoder(header: header, file: "f", zone: rules).get()
        var batch = ChargeBatch()
        let row = Array("C1,S1,renewal,\(chargedOn),,,9.99,EUR,posted\n".utf8)
        let decoded = decoder.decode(Block(row), into: &batch)
        #expect(batch.charges.count + decoded.rejected == 1)
        #expect(decoded.findings.count == decoded.rejected)
        return batch.charges.first?.chargedOn.date?.description
    }

    @Test(
        "without an offset the day is the one that is written",
        arguments: [nil, "Europe/Rome", "America/New_York"],
        ["2025-03-01T00:00:00", "2025-03-01T23:59:59", "2025-03-01 23:30:00", "2025-03-01T23:30:00.999"])
    func local(zone: String?, chargedOn: String) throws {
        #expect(try day(chargedOn, zone: zone) == "2025-03-01")
    }

    @Test(
        "with an offset the day is that of the zone, at midnight and in the nights of summer time",
        arguments: [
            ("2025-03-01T22:59:59Z", "2025-03-01"), ("2025-03-01T23:00:00Z", "2025-03-02"),
            ("2025-03-02T00:30:00+02:00", "2025-03-01"), ("2025-03-01T23:30:00+01:00", "2025-03-01"),
            // The clocks go from 02:00 to 03:00 on 30 March, and back on 26 October.
            ("2025-03-29T22:59:59Z", "2025-03-29"), ("2025-03-29T23:00:00Z", "2025-03-30"),
            ("2025-03-30T00:59:59Z", "2025-03-30"), ("2025-03-30T21:59:59Z", "2025-03-30"),
            ("2025-03-30T22:00:00Z", "2025-03-31"),
            ("2025-10-25T21:59:59Z", "2025-10-25"), ("2025-10-25T22:00:00Z", "2025-10-26"),
            ("2025-10-26T22:59:59Z", "2025-10-26"), ("2025-10-26T23:00:00Z", "2025-10-27"),
            ("\"2025-03-01 23:30:00Z\"", "2025-03-02"),
        ])
    func zoned(chargedOn: String, expected: String) throws {
        #expect(try day(chargedOn, zone: "Europe/Rome") == expected)
    }

    @Test(
        "an offset without a zone tells no day, and the finding names the option",
        arguments: ["2025-03-01T12:00:00Z", "2025-03-01T12:00:00+01:00", "2025-03-01 12:00:00+00:00"])
    func withoutZone(chargedOn: String) throws {
        #expect(try day(chargedOn, zone: nil) == nil)
        let decoded = try DecodedCharges(ChargeText.header + "C1,S1,renewal,\(chargedOn),,,9.99,EUR,posted\n")
        #expect(decoded.findings.map(\.expected).allSatisfy { $0.contains("--time-zone") })
        #expect(decoded.findings.map(\.rule) == [.invalidDate])
        // Nobody can tell the day, so the row may bear on any renewal.
        #expect(decoded.batch.unreadable.map(\.chargedOn) == [.none])
    }

    @Test(
        "what is no time of a day is none",
        arguments: [
            "2025-03-01T24:00:00", "2025-03-01T10:60:00", "2025-03-01T10:00", "2025-02-29T10:00:00",
            "2025-03-01T10:00:00+15:00", "2025-03-01T10:00:00z",
        ], [nil, "Europe/Rome"])
    func noTime(chargedOn: String, zone: String?) throws {
        #expect(try day(chargedOn, zone: zone) == nil)
        let decoded = try DecodedCharges(ChargeText.header + "C1,S1,renewal,\(chargedOn),,,9.99,EUR,posted\n")
        #expect(decoded.findings.map(\.rule) == [.invalidTime])
    }
}
