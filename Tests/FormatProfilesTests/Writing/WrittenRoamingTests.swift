import Testing

@testable import BillingFiles
@testable import FormatProfiles

/// Files of TAP3, whose header says what its records mean.
@Suite struct WrittenRoamingTests {
    private static let columns = [
        "record_id", "msisdn", "started_at", "kind", "duration_s", "volume_bytes", "peer", "amount", "currency",
    ]

    /// Charges are numbers with as many decimals as the header states, whatever the records have.
    @Test(arguments: [("2", ["105", "50"]), ("3", ["1050", "500"]), ("0", [])])
    func decimalsOfTheHeaderCount(decimals: String, charges: [String]) throws {
        var profile = try #require(try ShippedProfiles.profile(named: "tap3-xml"))
        _ = profile.writing.give(decimals, for: "decimals")
        let trip = try FormatRoundTrip(
            profile, columns: Self.columns,
            rows: [
                ["r1", "39055", "2025-06-01T10:00:00+02:00", "voice", "62", "", "39347", "1.05", "EUR"],
                ["r2", "39055", "2025-06-01T10:00:00Z", "data", "", "7", "ibox", "0.5", "EUR"],
                ["r3", "39055", "2025-06-01T10:00:00Z", "voice", "", "7", "", "", "EUR"],
                ["r4", "39055", "2025-06-01T10:00:00+05:37", "voice", "", "", "", "", "EUR"],
                ["r5", "39055", "2025-06-01T10:00:00", "voice", "", "", "", "", "EUR"],
            ])
        #expect(trip.refused.isSuperset(of: [2, 3, 4]))
        let text = String(decoding: trip.bytes, as: UTF8.self)
        #expect(trip.order.count == charges.count)
        guard !charges.isEmpty else { return }
        for charge in charges { #expect(text.contains("<Charge>\(charge)</Charge>"), "\(text)") }
        #expect(text.contains("<TapDecimalPlaces>\(decimals)</TapDecimalPlaces>"))
        #expect(text.contains("<TotalCharge>\(charges.compactMap { Int($0) }.reduce(0, +))</TotalCharge>"))
        #expect(text.contains("<CallEventDetailsCount>2</CallEventDetailsCount>"))
        let back = try trip.readBack()
        #expect(back.findings.isEmpty)
        #expect(back.rows.map { $0[6] } == ["39347", "ibox"])
        #expect(back.rows.map { $0[2] } == ["2025-06-01T10:00:00+02:00", "2025-06-01T10:00:00Z"])
    }

    /// Records of two currencies are in two files: a file has one.
    @Test func aFileForEachCurrency() throws {
        let profile = try #require(try ShippedProfiles.profile(named: "tap3-xml"))
        let trip = try FormatRoundTrip(
            profile, columns: Self.columns,
            rows: ["EUR", "USD", "EUR"].map { currency in
                ["r", "39055", "2025-06-01T10:00:00Z", "voice", "1", "", "", "1.00", currency]
            })
        #expect(trip.order == [0, 2, 1])
        #expect(trip.files.count == 2)
    }
}
