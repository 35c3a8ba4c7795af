import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("Usage as evidence")
struct UsageEvidenceTests {
    private func lines(_ text: String) throws -> [String] { try #require(try UsageRun.of(text)).lines }

    /// Two lines with the numbers 393330 and 393331, both uncharged in February and March.
    private static let two = """
        subscription, A, 2024-01-05, , P1M, 9.99, EUR
        subscription, B, 2024-01-20, , P1M, 9.99, EUR
        """

    private func confidences(_ usage: String) throws -> [String] {
        let found = try #require(try UsageRun.of(Self.two + "\n" + usage))
        return found.discrepancies.map { "\($0.confidence)" }
    }

    @Test(
        "usage in a period confirms that it is uncharged, none at all speaks against it",
        arguments: [
            ("", ["high", "high", "high", "high"]),
            // Of A's first period, 5 February to 4 March; B's, from the 20th on, was silent.
            ("usage, 393330, 2024-02-05", ["confirmed", "high", "high", "high"]),
            ("usage, 393330, 2024-03-04", ["confirmed", "high", "medium", "high"]),
            ("usage, 393330, 2024-03-05", ["high", "confirmed", "medium", "high"]),
            ("usage, 393330, 2024-04-04", ["high", "confirmed", "high", "medium"]),
            ("usage, 393330, 2024-02-04", ["high", "high", "high", "high"]),
            ("usage, 393330, 2024-03-01\nusage, 393331, 2024-03-02", ["confirmed", "high", "confirmed", "high"]),
            // Numbers of nobody are no other lines.
            ("usage, 39999, 2024-03-01", ["high", "high", "high", "high", "high"]),
            // What could not be read may have been usage.
            ("usage, 393330, 2024-03-01\nusage, 393331, ?", ["confirmed", "high", "high", "high"]),
            ("usage, 393330, 2024-03-01\nusage, 39999, ?", ["confirmed", "high", "medium", "high"]),
        ])
    func confidence(usage: String, expected: [String]) throws { #expect(try confidences(usage) == expected) }

    @Test("the evidence says which days")
    func reasons() throws {
        let run = try #require(
            try UsageRun.of(Self.two + "\nusage, 393330, 2024-02-06, 2024-02-09, 2024-02-09, 2024-03-01"))
        let reasons = run.discrepancies.map(\.reason)
        #expect(reasons[0].hasSuffix("; service was used on 3 days from 2024-02-06 to 2024-03-01"))
        #expect(
            reasons[2].hasSuffix("; no service was used in this period, while other lines used it on 1 of its days"))
    }

    @Test("no other finding changes, and no amount")
    func others() throws {
        let text = """
            subscription, A, 2024-01-05, , P1M, 9.99, EUR
            paid, 2024-02-05, 2024-02-05
            renewal, 2024-03-05, 2024-03-05, , ?, EUR, posted
            """
        let found = try #require(try UsageRun.of(text + "\nusage, 393330, 2024-02-06, 2024-03-07"))
        #expect(found.discrepancies == AuditRun(try CaseText(text).input).discrepancies)
    }

    @Test(
        "numbers are compared without a leading + or 00",
        arguments: [
            ("393331234567", "393331234567", true), ("+393331234567", "393331234567", true),
            ("393331234567", "+393331234567", true), ("00393331234567", "+393331234567", true),
            ("0393331234567", "393331234567", false), ("393331234567", "3931234567", false),
            ("393331234567 ", "393331234567", false), ("+", "+", true), ("00", "00", true), ("+", "00", false),
            ("39333123456789012345", "0039333123456789012345", true),
            ("39333123456789012345", "39333123456789012346", false),
        ])
    func numbers(registered: String, used: String, isSame: Bool) throws {
        let found = try lines(
            """
            subscription, A, 2024-02-05, , P1M, 9.99, EUR
            number, A, \(registered)
            usage, \(used), 2024-03-06
            """)
        #expect(found.contains { $0.hasSuffix("confirmed") } == isSame)
        #expect(found.contains { $0.hasPrefix("usage-without-subscription") } == !isSame)
    }

    @Test("of successive contracts with one number the one of the day is used")
    func successive() throws {
        let text = """
            subscription, A, 2024-01-05, 2024-02-20, P1M, 9.99, EUR
            subscription, B, 2024-02-25, , P1M, 9.99, EUR
            number, A, 39333
            number, B, +39333
            usage, 39333, 2024-02-06, 2024-02-22, 2024-03-26
            """
        #expect(
            try lines(text) == [
                "uncharged-renewal A 2024-02-05 2024-03-04 confirmed",
                "usage-while-ended A 2024-02-22 2024-02-22 high",
                "uncharged-renewal B 2024-03-25 2024-04-24 confirmed",
            ])
    }

    @Test("two contracts on one number are both used, unless one has it exactly as it is written")
    func together() throws {
        let text = """
            subscription, A, 2024-01-05, 2024-03-01, P1M, 9.99, EUR
            subscription, B, 2024-01-05, 2024-03-01, P1M, 9.99, EUR
            number, A, 39333
            number, B, %
            usage, 39333, 2024-02-06
            """
        #expect(try lines(text.replacing("%", with: "39333")).count { $0.hasSuffix("confirmed") } == 2)
        #expect(try lines(text.replacing("%", with: "+39333")).map { $0.suffix(4) } == ["rmed", "high"])
    }

    @Test("a line without a number, or a contract that cannot be used, is told nothing of")
    func unknown() throws {
        let found = try #require(
            try UsageRun.of(
                """
                subscription, A, 2024-02-05, , P1M, 9.99, EUR
                subscription, B, , , , ?, EUR
                subscription, C, 2024-01-05, , P1M, 9.99, EUR
                number, A,
                usage, 393331, 2024-02-06, 2023-02-06
                usage, 393332, 2024-03-06, 2024-05-06
                """))
        #expect(found.lines.map { $0.split(separator: " ").last } == ["high", "high", "confirmed"])
        #expect(found.evidence.tally.unusable == 1)
        #expect(found.evidence.tally.outside == 2)
        #expect(found.evidence.tally.used == 1)
    }
}
