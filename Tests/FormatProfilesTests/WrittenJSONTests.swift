import BillingFiles
import Testing

@testable import FormatProfiles

/// JSON written here after the models of the TM Forum, and what becomes of each member.
@Suite struct WrittenJSONTests {
    static func rate(_ id: String, _ type: String, _ amount: String, _ more: String = "") -> String {
        """
        {"id": "\(id)", "href": "https://example.org/r/\(id)", "date": "2025-03-01T00:00:00.000Z", "isBilled": true,
         "type": "\(type)", "taxExcludedAmount": {"unit": "EUR", "value": \(amount)},
         "taxIncludedAmount": {"unit": "EUR", "value": 99}, "product": {"id": "S1", "name": "Plan"},
         "billingAccount": {"id": "A1"}, "appliedTax": [{"taxRate": 22}]\(more)}
        """
    }

    static func period(_ start: String, _ end: String) -> String {
        ", \"periodCoverage\": {\"startDateTime\": \"\(start)\", \"endDateTime\": \"\(end)\"}"
    }

    @Test func ratesBecomeChargesAndBillsAreLeftOut() throws {
        let texts = [
            Self.rate("1", "recurringCharge", "19.90", Self.period("2025-03-01T00:00:00Z", "2025-03-31T23:59:59.999Z")),
            Self.rate(
                "2", "recurringCharge", "1.99E1",
                Self.period("2025-03-01T00:00:00.000+01:00", "2025-04-01T00:00:00.000+01:00")),
            Self.rate("3", "appliedBillingCredit", "5", Self.period("2025-03-01", "2025-03-31")),
            Self.rate("4", "appliedBillingCredit", "-5.5"),
            Self.rate("5", "oneTimeCharge", "0.10").replacing("\"isBilled\": true", with: "\"isBilled\": false")
                .replacing("\"product\"", with: "\"noProduct\""),
            "{\"id\": \"B1\", \"billNo\": \"7\", \"billDate\": \"2025-03-02T00:00:00Z\", \"amountDue\": {\"unit\": \"EUR\", \"value\": 40}}",
            Self.rate("6", "usageCharge", "19.989999999999998"), Self.rate("7", "somethingElse", "1"),
        ]
        let expected = [
            "1,S1,renewal,2025-03-01,2025-03-01,2025-03-31,19.90,EUR,posted",
            "2,S1,renewal,2025-03-01,2025-03-01,2025-03-31,19.9,EUR,posted",
            "3,S1,credit,2025-03-01,2025-03-01,2025-03-31,-5,EUR,posted",
            "4,S1,credit,2025-03-01,,,-5.5,EUR,posted",
            "5,A1,one_off,2025-03-01,,,0.10,EUR,pending",
            "6,S1,usage,2025-03-01,,,19.989999999999998,EUR,posted",
            "7,S1,\u{1A}somethingElse,2025-03-01,,,1,EUR,posted",
        ]
        for text in ["[" + texts.joined(separator: ",\n") + "]", texts.joined(separator: "\n")] {
            let read = try DocumentRows(Array(text.utf8))
            #expect(read.format == "tmf678-json")
            #expect(read.rows == expected)
            #expect(read.trial.skipped == ["total of a bill": 1])
            // An amount of seventeen digits is none of the currency, and a type without a meaning is refused.
            #expect(read.trial.findings.map(\.rule.identifier) == ["invalid-amount", "invalid-value"])
            #expect(read.trial.findings.map(\.field) == ["amount", "kind"])
        }
    }

    static func usage(_ id: String, _ characteristics: [(String, String)], _ more: String = "") -> String {
        let list = characteristics.map { "{\"value\": \"\($0.1)\", \"name\": \"\($0.0)\"}" }.joined(separator: ",")
        return """
            {"id": "\(id)", "usageDate": "2025-03-01T10:00:05.000+01:00", "usageType": "VOICE", "status": "rated",
             "usageCharacteristic": [\(list)]\(more)}
            """
    }

    @Test func usagesBecomeRecords() throws {
        let numbers = [
            ("originatingCountryCode", "39"), ("originatingNumber", "055123"), ("destinationNumber", "0347"),
        ]
        let rated = """
            , "ratedProductUsage": [{"taxExcludedRatingAmount": {"unit": "EUR", "value": 0.0546}},
             {"taxExcludedRatingAmount": {"unit": "EUR", "value": 1}}]
            """
        let texts = [
            Self.usage("1", numbers + [("duration", "20"), ("unit", "SEC")], rated),
            Self.usage("2", [("msisdn", "39347"), ("duration", "1.5"), ("unit", "MIN")]),
            Self.usage("3", [("msisdn", "39347"), ("duration", "1"), ("unit", "pulses")]),
            Self.usage("4", [("msisdn", "39347")]).replacing("\"rated\"", with: "\"rejected\""),
        ]
        let read = try DocumentRows(Array(texts.joined(separator: "\n").utf8))
        #expect(read.format == "tmf635-json")
        #expect(
            read.rows == [
                "1,39055123,2025-03-01T10:00:05+01:00,voice,20,,0347,1.05,EUR",
                "2,39347,2025-03-01T10:00:05+01:00,voice,90,,,,",
                "3,39347,2025-03-01T10:00:05+01:00,voice,\u{1A}pulses,,,,",
            ])
        #expect(read.trial.skipped == ["rejected by the sender": 1])
        #expect(read.trial.findings.map(\.rule.identifier) == ["invalid-number"])
    }

    @Test(arguments: ["[]", "{}", "[{\"id\": 1}]", "{\"isBilled\": true}", "[1, 2]", "{\"usageDate\": \"2025-03-01\"}"])
    func otherJSONIsOfNoFormat(text: String) throws {
        let detection = FormatDetection(try ShippedProfiles.all(), beginning: Array(text.utf8), isWhole: true)
        #expect(detection.certain == nil)
    }
}
