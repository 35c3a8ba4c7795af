import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("DiscrepancyOrder")
struct DiscrepancyOrderTests {
    /// A finding of which only the order counts.
    private static func finding(_ rule: AuditRule, _ subject: Discrepancy.Subject, _ start: CivilDate?) -> Discrepancy {
        Discrepancy(
            rule: rule, subject: subject, period: start.flatMap { BillingPeriod(start: $0, end: $0) }, dueOn: nil,
            expected: nil, charged: nil, currency: nil, confidence: .high, charges: [], reason: "")
    }

    /// Ids that are the beginning of each other, differ in one byte or begin with bytes above 127.
    private static let identifiers = [
        "", "a", "ab", "ab\u{0}", "abcdefg", "abcdefgh", "abcdefghi", "abcdefghijklmno", "abcdefghijklmnop",
        "abcdefghijklmnopq", "abcdefghijklmnopqr", "abcdefghijklmnop\u{0}", "B", "Z", "é", "z", "10", "9",
        "ü-long-enough-to-go-on",
    ]

    @Test("is that of a plain sort by the bytes of the id, the first day and the rule")
    func plainSort() throws {
        var random = SplitMix64(seed: testSeed)
        let (from, to) = (try #require(CivilDate("2024-02-01")), try #require(CivilDate("2024-03-01")))
        var input = AuditCase(terms: AuditTerms(window: try #require(AuditWindow(from: from, to: to))))
        // Half of the ids are rows, in no order, the others strangers.
        let shuffled = Self.identifiers.shuffled(using: &random)
        let rows = shuffled.prefix(shuffled.count / 2)
        input.subscriptions = rows.map { CaseSubscription(identifier: $0, terms: nil) }
        let table = AuditRun(input).subscriptions
        var findings: [Discrepancy] = []
        for (place, identifier) in shuffled.enumerated() {
            let isRow = place < rows.count
            for start in [nil, CivilDate.earliest, from, to, .latest] {
                for rule in AuditRule.allCases {
                    let subject =
                        isRow ? .subscription(row: place) : Discrepancy.Subject.stranger(Array(identifier.utf8))
                    findings.append(Self.finding(rule, subject, start))
                }
            }
        }
        let plain = findings.sorted { left, right in
            let names = [left, right].map { table.identifier($0.subject) }
            if names[0] != names[1] { return names[0].lexicographicallyPrecedes(names[1]) }
            let starts = [left, right].map { $0.period?.start.dayNumber ?? .min }
            if starts[0] != starts[1] { return starts[0] < starts[1] }
            return left.rule.identifier < right.rule.identifier
        }
        for _ in 0..<5 {
            findings.shuffle(using: &random)
            #expect(DiscrepancyOrder.sorted(findings, subscriptions: table) == plain, "seed \(testSeed)")
            var inPlace = findings
            DiscrepancyOrder.sort(&inPlace, subscriptions: table)
            #expect(inPlace == plain, "seed \(testSeed)")
        }
    }
}
