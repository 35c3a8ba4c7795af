import BillingValues
import Testing

@testable import RenewalAudit

@Suite("usage-while-ended")
struct UsageWhileEndedTests {
    private func found(_ text: String) throws -> [Discrepancy] {
        try #require(try UsageRun.of(text)).discrepancies.filter { $0.rule == .usageWhileEnded }
    }

    @Test("is found once, from the first day to the last, in the window alone")
    func once() throws {
        let found = try found(
            """
            subscription, A, 2024-01-05, 2024-02-10, P1M, 0.00, EUR
            usage, 393330, 2024-02-09, 2024-03-15, 2024-02-10, 2024-03-15, 2024-01-31, 2024-04-01, 2024-06-01
            """)
        let first = try #require(CivilDate("2024-02-10"))
        let last = try #require(CivilDate("2024-03-15"))
        #expect(found.map(\.period) == [BillingPeriod(start: first, end: last)])
        #expect(
            found.map(\.reason) == ["3 usage records from 2024-02-10 to 2024-03-15 after the end of the subscription"])
        #expect(found.map(\.expected) == [nil])
    }

    @Test(
        "goes by the events too",
        arguments: [
            ("event, ended, 2024-02-20, ,", 1), ("event, ported_out, 2024-02-20, ,", 1),
            ("event, ported_out, 2024-02-20, 2024-02-25,", 0), ("event, ended, 2024-02-20, 2024-03-02,", 1),
            ("event, ended, 2024-03-02, ,", 0), ("event, suspended, 2024-02-20, ,", 0),
            ("event, ended, 2024-02-20, ,\nevent, ended, 2024-03-10, ,", 0),
            ("event, ported_out, 2024-02-10, 2024-02-12,\nevent, ported_out, 2024-02-28, 2024-03-03,", 1),
        ])
    func events(event: String, count: Int) throws {
        let found = try found("subscription, A, 2024-01-05, , P1M, 9.99, EUR\n\(event)\nusage, 393330, 2024-03-01")
        #expect(found.count == count)
    }
}
