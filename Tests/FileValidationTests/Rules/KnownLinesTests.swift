import BillingFiles
import FileValidation
import Foundation
import Testing

@Suite("charge-of-nobody, event-of-nobody, period-not-whole-cycle") struct KnownLinesTests {
    private func settings() throws -> DelimitedSettings {
        let folder = FileManager.default.temporaryDirectory
        var lines = KnownLines()
        for text in [
            "subscription_id,msisdn,offer,activated_on,ended_on,cycle,price,currency,payment_method,previous_ids\n"
                + "S1,44,E,2024-12-31,,P1M,9.99,EUR,card,S0 S00\nS2,44,E,2024-12-31,,P30D,9.99,EUR,card,\n"
                + "S3,44,E,2024-12-31,,P1Y,9.99,EUR,card,\n",
            "subscription_id,event,effective_on,until,value\nS1,renumbered,2025-01-01,,S4\n"
                + "S3,cycle_changed,2025-01-01,,P1M\n",
        ] {
            let path = folder.appending(path: "lines-\(UUID().uuidString).csv").path
            try text.write(toFile: path, atomically: true, encoding: .utf8)
            defer { try? FileManager.default.removeItem(atPath: path) }
            try lines.add(InputSource(path: path), threads: 2)
        }
        lines.finish()
        var settings = ValidatedTable.settings
        settings.lines = lines
        return settings
    }

    @Test(arguments: [
        ("S1", nil), ("S0", nil), ("S00", nil), ("S4", nil), ("S5", "2 charge-of-nobody subscription_id"),
        ("S", "2 charge-of-nobody subscription_id"), ("", "2 missing-subscription subscription_id"),
    ])
    func chargesOfNobody(identifier: String, finding: String?) throws {
        let text = "\(ValidatedTable.chargesHeader)\nC1,\(identifier),renewal,2025-01-01,,,1,EUR,posted\n"
        #expect(try ValidatedTable(text, settings()).summary == (finding.map { [$0] } ?? []))
    }

    @Test func eventsOfNobody() throws {
        let text = "subscription_id,event,effective_on,until,value\nS1,free,2025-01-01,,\nS9,free,2025-01-01,,\n"
        #expect(try ValidatedTable(text, settings()).summary == ["3 event-of-nobody subscription_id"])
    }

    @Test(arguments: [
        ("S1,renewal", "2025-01-31,2025-02-27", true), ("S1,renewal", "2025-01-31,2025-02-28", false),
        ("S1,renewal", "2025-02-28,2025-03-30", true), ("S1,renewal", "2025-01-31,2025-03-30", true),
        ("S1,renewal", "2025-03-01,2025-03-15", false), ("S1,addon", "2025-03-01,2025-03-15", true),
        ("S2,renewal", "2025-03-01,2025-03-30", true), ("S2,recovery", "2025-03-01,2025-03-31", false),
        ("S2,renewal", "2025-03-01,2025-04-29", true), ("S3,renewal", "2025-03-01,2025-03-02", true),
        ("S4,renewal", "2025-03-01,2025-03-02", true),
    ])
    func periods(charge: String, period: String, isWhole: Bool) throws {
        let text = "\(ValidatedTable.chargesHeader)\nC1,\(charge),2025-01-01,\(period),1,EUR,posted\n"
        let table = try ValidatedTable(text, settings())
        #expect(table.summary == (isWhole ? [] : ["2 period-not-whole-cycle period_end"]))
        #expect(table.verdict == .valid)
    }
}
