import Foundation
import Testing

/// JSON, files with several tables and notices in `audit`, `convert` and `validate`.
@Suite struct ForeignDocumentsTests {
    private static let subscriptions = """
        subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method
        S1,39347000001,Plan,2024-12-10,,P1M,9.90,EUR,sepa

        """

    /// Rates of six months, without that of April.
    private static let rates: String = {
        let rates = [1, 2, 3, 5, 6].map { month in
            """
            {"id": "C\(month)", "date": "2025-0\(month)-10T00:00:00Z", "isBilled": true, "type": "recurringCharge",
             "taxExcludedAmount": {"unit": "EUR", "value": 9.90}, "product": {"id": "S1"}, "periodCoverage":
             {"startDateTime": "2025-0\(month)-10T00:00:00Z", "endDateTime": "2025-0\(month + 1)-10T00:00:00Z"}}
            """
        }
        return "[" + rates.joined(separator: ",\n") + "]\n"
    }()

    /// The items of three months; the invoice of the second was voided.
    private static let export = """
        -- accounts record_id|id
        1|A
        -- invoice_items record_id|id|type|invoice_id|subscription_id|start_date|end_date|amount|currency
        1|C4|RECURRING|I1|S1|2025-04-10|2025-05-10|9.900000000|EUR
        2|C5|RECURRING|I2|S1|2025-05-10|2025-06-10|9.900000000|EUR
        3|C6|RECURRING|I3|S1|2025-06-10|2025-07-10|9.900000000|EUR
        -- invoices record_id|id|invoice_date|status
        1|I1|2025-04-10|COMMITTED
        2|I2|2025-05-10|VOID
        3|I3|2025-06-10|COMMITTED

        """

    @Test(arguments: [
        ("rates.json", rates, "2025-01-01", ["2025-04-10"]), ("export.txt", export, "2025-04-01", ["2025-05-10"]),
    ])
    func auditFindsWhatIsMissing(name: String, text: String, from: String, missing: [String]) throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command([
            "audit", "--subscriptions", try scratch.write(Self.subscriptions, to: "subscriptions.csv"), "--charges",
            try scratch.write(text, to: name), "--from", from, "--to", "2025-07-01", "--output", scratch.path("out"),
        ]).run()
        #expect(outcome.code == 1)
        let table = try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
        #expect(table.values("rule", "period_start") == missing.map { ["uncharged-renewal", $0] })
    }

    /// What is cited is looked up again in the document, with its line.
    @Test func evidenceLeadsIntoTheDocument() throws {
        let scratch = try TemporaryDirectory()
        // All rates stand there twice, with other ids the second time.
        let again = Self.rates.dropFirst().replacing("\"id\": \"C", with: "\"id\": \"D")
        let text = Self.rates.dropLast(2) + ",\n" + again
        let outcome = try Rinnovo.command([
            "audit", "--subscriptions", try scratch.write(Self.subscriptions, to: "subscriptions.csv"), "--charges",
            try scratch.write(String(text), to: "rates.json"), "--from", "2025-05-01",
            "--to", "2025-06-01", "--output", scratch.path("out"),
        ]).run()
        #expect(outcome.code == 1)
        let table = try CSVTable(scratch.bytes(of: "out/discrepancies.csv"))
        let twice = table.values("rule", "charge_ids", "evidence").filter { $0[0] == "duplicate-charge" }
        #expect(twice.count == 1)
        #expect(twice.first?[2].contains("rates.json:25") == true, "\(twice)")
    }

    /// The rates as a line each.
    private static let lines = String(rates.dropFirst().dropLast(2))
        .replacing("\n ", with: " ").replacing("}},", with: "}}")

    private static let notice =
        "<n:RicevutaConsegna xmlns:n=\"http://www.fatturapa.gov.it/sdi/messaggi/v1.0\"/>"

    private static let twice = rates.replacing("\"isBilled\"", with: "\"id\": 1, \"isBilled\"")

    @Test(arguments: [
        ("cut.json", String(rates.dropLast(20)), Int32(65), "[not-well-formed] /4/periodCoverage/endDateTime"),
        ("twice.json", twice, 65, "[duplicate-element] /0/id"), ("lines.json", lines, 0, "5 records"),
        ("export.txt", export, 0, "1 left out: item of a voided invoice"),
        ("export.txt", String(export.dropLast()), 65, "[truncated-last-row]"),
        ("notice.xml", notice, 0, "fatturapa-sdi-notice, 0 records, 0 errors"),
    ])
    func validateSaysWhatAFileIs(name: String, text: String, status: Int32, told: String) throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command(["validate", try scratch.write(text, to: name)]).run()
        #expect(outcome.code == status, "\(outcome.output)")
        #expect(outcome.output.contains(told), "\(outcome.output)")
    }

    @Test func aCutDocumentGivesNoVerdict() throws {
        let scratch = try TemporaryDirectory()
        let outcome = try Rinnovo.command([
            "audit", "--subscriptions", try scratch.write(Self.subscriptions, to: "subscriptions.csv"), "--charges",
            try scratch.write(String(Self.rates.dropLast(20)), to: "rates.json"), "--from", "2025-01-01", "--to",
            "2025-07-01", "--output", scratch.path("out"),
        ]).run()
        #expect(outcome.code == 65)
        #expect(!FileManager.default.fileExists(atPath: scratch.path("out/discrepancies.csv")))
    }
}
