import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("Search of subscriptions")
struct SubscriptionSearchTests {
    private let table: Subscriptions

    init() throws {
        let rows = ["S0001", "S0002", "X9", "a-very-long-identifier-of-a-line-1"].map {
            "subscription, \($0), 2024-01-05, , P1M, 9.99, EUR"
        }
        let text = rows + ["subscription, N7, 2024-01-05, , P1M, 9.99, EUR, O7 P7"]
        table = AuditRun(try CaseText(text.joined(separator: "\n")).input).subscriptions
    }

    @Test("finds a line by its present and its earlier ids", arguments: [("X9", 2), ("O7", 4), ("P7", 4), ("O8", nil)])
    func line(identifier: String, row: Int?) {
        #expect(table.row(ofLine: Array(identifier.utf8)) == row)
    }

    @Test(
        "names the ids that are like one that nobody has",
        arguments: [
            ("S0003", ["S0001", "S0002"]), ("s0001", ["S0001", "S0002"]), ("S001", ["S0001", "S0002"]),
            ("X8", ["X9"]), ("O8", ["O7"]),
            ("A-very-long-identifier-of-a-line", ["a-very-long-identifier-of-a-line-1"]),
            ("nothing like it", []), ("", []),
        ])
    func like(identifier: String, found: [String]) {
        #expect(table.identifiers(like: Array(identifier.utf8)).map { String(decoding: $0, as: UTF8.self) } == found)
    }

    @Test("finds the id of a phone number", arguments: [("393332", ["X9"]), ("39333", []), ("", [])])
    func number(msisdn: String, found: [String]) {
        #expect(table.identifiers(ofNumber: Array(msisdn.utf8)).map { String(decoding: $0, as: UTF8.self) } == found)
    }
}
