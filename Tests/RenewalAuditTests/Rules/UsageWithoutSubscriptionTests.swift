import Testing

@testable import RenewalAudit

@Suite("usage-without-subscription")
struct UsageWithoutSubscriptionTests {
    private static let line = "subscription, A, 2024-02-10, , P1M, 0.00, EUR"

    @Test("is found once for a number, in the window alone, and ordered by the number")
    func once() throws {
        let run = try #require(
            try UsageRun.of(
                """
                \(Self.line)
                usage, 397, 2024-03-31, 2024-02-01, 2024-02-03, 2024-01-31, 2024-04-01
                usage, 396, 2024-03-01
                """))
        #expect(
            run.lines == [
                "usage-without-subscription 396 2024-03-01 2024-03-01 high",
                "usage-without-subscription 397 2024-02-01 2024-03-31 high",
            ])
        #expect(
            run.discrepancies.last?.reason
                == "3 usage records from 2024-02-01 to 2024-03-31, and no subscription had the number")
    }

    @Test("is found for a number that got its subscription only later")
    func later() throws {
        let run = try #require(try UsageRun.of("\(Self.line)\nusage, 393330, 2024-02-09, 2024-02-10"))
        #expect(run.lines == ["usage-without-subscription 393330 2024-02-09 2024-02-09 high"])
    }

    @Test("keeps the first numbers, and counts the records of the others")
    func limit() throws {
        let twice = (0..<9).map { "usage, 39\($0), 2024-02-01, 2024-02-03" }
        let usage = twice + ["usage, 390, 2024-03-01", "usage, 398, 2024-03-01"]
        let run = try #require(
            try UsageRun.of(([Self.line] + usage).joined(separator: "\n"), strangerLimit: 3))
        #expect(run.lines.map { $0.split(separator: " ")[1] } == ["390", "391", "392"])
        #expect(run.evidence.strangers.furtherRecords == 13)
        #expect(run.evidence.tally.strangers == 20)
        #expect(run.discrepancies.first?.reason.hasPrefix("3 usage records") == true)
    }
}
