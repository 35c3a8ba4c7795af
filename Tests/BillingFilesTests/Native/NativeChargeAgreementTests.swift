import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

/// A row is a charge exactly if the careful checks find no fault; two codes that must say the same.
@Suite("The fast and the careful reading agree")
struct NativeChargeAgreementTests {
    private static let dates = [
        "", "2025-02-03", "2025-02-28", "2024-02-29", "2025-02-29", "2025-2-3", "0000-01-01", "0001-01-01",
        "9999-12-31",
        "2025-02-03 ", "2025/02/03", "20250203", "2025-00-10", "2025-13-01", "2025-04-31", "２025-01-01",
    ]
    private static let times = [
        "2025-02-03T23:30:00", "2025-02-03 23:30:00", "2025-02-03T23:30:00Z", "2025-02-03T23:30:00+01:00",
        "2025-02-03T23:30:00.5Z", "2025-02-03T24:00:00", "2025-02-30T10:00:00", "2025-02-03T23:30", "2025-02-03T",
        "2025-02-03T10:00:00+15:00", "2025-02-03x10:00:00", "9999-12-31T23:30:00-05:00", "0001-01-01T00:00:00+01:00",
    ]
    private static let amounts = [
        "0", "1", "9.99", "-9.99", "-0.00", "", "-", ".5", "5.", "1,5", "1.234", "1.2345", "1.23456", "+1", "1e3",
        "92233720368547758.07", "92233720368547758.08", "-92233720368547758.08", "9223372036854775807",
        "000000000000000000000000001", "999999999999999", "99999999999.9999", " 1",
    ]
    private static let currencies = ["EUR", "JPY", "KWD", "CLF", "XXX", "eur", "EU", "EURO", "", "E\u{E9}"]

    /// Any of the values, most of the time the first.
    private static func value(_ values: [String], _ random: inout SplitMix64) -> String {
        random.once(in: 3) ? random.pick(values) : values[min(1, values.count - 1)]
    }

    @Test("A row of charges is a charge exactly if the checks find no fault", arguments: [nil, "Europe/Rome"])
    func charges(zone name: String?) throws {
        var random = SplitMix64(seed: testSeed)
        let header = BlockSequence.Header(
            names: NativeColumns.charges.map { Array($0.utf8) }, bytes: [], lines: 1)
        let zone = try name.map { name throws in try TimeZoneFile.rules(named: name) }
        var decoder = try NativeFiles.chargeDecoder(header: header, file: "f", zone: zone).get()
        var batch = ChargeBatch()
        var sound = 0
        for round in 0..<200 {
            let rows = (0..<250).map { _ in
                [
                    random.once(in: 20) ? "" : "C1", random.once(in: 20) ? "" : "S1",
                    Self.value(["", "renewal"] + ChargeKind.allCases.map(\.word) + ["Renewal", "renewals"], &random),
                    Self.value(Self.dates + Self.times, &random), Self.value(["", ""] + Self.dates, &random),
                    Self.value(["", ""] + Self.dates, &random), Self.value(Self.amounts, &random),
                    Self.value(["", "EUR"] + Self.currencies, &random),
                    Self.value(["", "posted"] + ChargeStatus.allCases.map(\.word) + ["poste", "posted "], &random),
                ].map { $0.contains(",") || random.once(in: 10) ? "\"\($0)\"" : $0 }
            }
            let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
            let decoded = decoder.decode(Block(Array(text.utf8)), into: &batch)
            var faulty: Set<Int> = []
            for (number, row) in rows.enumerated() {
                let values = row.map { Array($0.utf8.filter { $0 != UInt8(ascii: "\"") }) }
                let checks = NativeChargeChecks(
                    subscription: values[1], identifier: values[0], kind: values[2], chargedOn: values[3],
                    hasZone: zone != nil, periodStart: values[4], periodEnd: values[5], amount: values[6],
                    currency: values[7],
                    status: values[8])
                var rules = checks.faults.map(\.rule)
                // In Rome it is a day that the calendar does not have.
                let isOutside = row[3].contains("9999-12-31T") || row[3].contains("0001-01-01T")
                if rules.isEmpty, zone != nil, isOutside { rules = [.invalidTime] }
                if !rules.isEmpty { faulty.insert(number) }
                let found = decoded.findings.filter { $0.record == number }
                #expect(found.map(\.rule) == rules, "\(row)")
            }
            let expected = Set(rows.indices).subtracting(faulty)
            let charges = Set(batch.charges.map { Int($0.ordinal) })
            for number in charges.symmetricDifference(expected) {
                Issue.record("\(rows[number]), seed \(testSeed), round \(round)")
            }
            #expect(decoded.rejected == faulty.count)
            sound += charges.count
        }
        #expect(sound > 2_500 && sound < 47_500)
    }

    @Test("Dates are read the same however often and in whatever order they come")
    func dates() throws {
        var random = SplitMix64(seed: testSeed)
        let header = BlockSequence.Header(
            names: NativeColumns.charges.map { Array($0.utf8) }, bytes: [], lines: 1)
        var decoder = try NativeFiles.chargeDecoder(header: header, file: "f").get()
        var batch = ChargeBatch()
        for round in 0..<40 {
            // Days of a few years repeat, days of all years push them out; some of them do not exist.
            let days = (0..<1_000).map { _ in
                let number = random.once(in: 3) ? random.below(3_652_000) - 719_000 : 19_000 + random.below(1_500)
                let day = CivilDate(dayNumber: Int32(number))?.description ?? "0000-00-00"
                return random.once(in: 20) ? day.dropLast(2) + "3\(random.below(4))" : day
            }
            let rows = days.map { "C,S,renewal,\($0),\($0),,1.00,EUR,posted\n" }.joined()
            _ = decoder.decode(Block(Array(rows.utf8)), into: &batch)
            let read = Dictionary(uniqueKeysWithValues: batch.charges.map { (Int($0.ordinal), $0) })
            for (number, day) in days.enumerated() {
                let expected = CivilDate(day).map(BatchDate.init)
                if read[number]?.chargedOn != expected || read[number]?.periodStart != expected {
                    Issue.record("\(day), seed \(testSeed), round \(round)")
                }
            }
        }
    }

    @Test("A row of subscriptions has terms exactly if the checks find no fault")
    func subscriptions() throws {
        var random = SplitMix64(seed: testSeed)
        let header = BlockSequence.Header(
            names: NativeColumns.subscriptions.map { Array($0.utf8) }, bytes: [], lines: 1)
        var decoder = try NativeFiles.subscriptionDecoder(header: header, file: "f").get()
        var batch = SubscriptionBatch()
        let cycles = ["", "P1M", "P30D", "P1Y", "P1W", "P0D", "P1M1D", "1M", "p1m", "PT1H", "P99999D", "P1Y6M"]
        var sound = 0
        for round in 0..<200 {
            let rows = (0..<250).map { _ in
                [
                    random.once(in: 20) ? "" : "S1", "39333", "Easy", Self.value(Self.dates, &random),
                    Self.value(["", ""] + Self.dates, &random), Self.value(cycles, &random),
                    Self.value(Self.amounts, &random), Self.value(["", "EUR"] + Self.currencies, &random), "card",
                ].map { $0.contains(",") || random.once(in: 10) ? "\"\($0)\"" : $0 }
            }
            let text = rows.map { $0.joined(separator: ",") + "\n" }.joined()
            let decoded = decoder.decode(Block(Array(text.utf8)), into: &batch)
            var expected: Set<Int> = []
            for (number, row) in rows.enumerated() {
                let values = row.map { Array($0.utf8.filter { $0 != UInt8(ascii: "\"") }) }
                let checks = NativeSubscriptionChecks(
                    subscription: values[0], activatedOn: values[3], endedOn: values[4], cycle: values[5],
                    price: values[6], currency: values[7])
                if checks.faults.isEmpty { expected.insert(number) }
                #expect(decoded.findings.filter { $0.record == number }.count == checks.faults.count, "\(row)")
            }
            let withTerms = Set(batch.subscriptions.filter { $0.terms != nil }.map { Int($0.ordinal) })
            for number in withTerms.symmetricDifference(expected) {
                Issue.record("\(rows[number]), seed \(testSeed), round \(round)")
            }
            #expect(decoded.rejected == rows.count - expected.count)
            #expect(batch.subscriptions.count == rows.count { !["", "\"\""].contains($0[0]) })
            sound += withTerms.count
        }
        #expect(sound > 2_500 && sound < 47_500)
    }
}
