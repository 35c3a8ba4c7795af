import ArrearsRecovery
import BillingFiles
import BillingValues
import RenewalAudit
import Reports
import Testing

@Suite("Tables of an outcome")
struct TableTests {
    @Test("discrepancies.csv", arguments: [false, true])
    func discrepancies(masked: Bool) throws {
        let small = try SmallOutcome()
        let table = DiscrepancyTable(small.outcome, citations: small.citations, masked: masked)
        let count = small.outcome.discrepancies.count
        let text = String(decoding: table.header + table.rows(0..<count), as: UTF8.self)
        #expect(table.rows(0..<2) + table.rows(2..<count) == table.rows(0..<count))
        try GoldenText.expect(text, is: masked ? "discrepancies-masked.csv" : "discrepancies.csv")
        #expect(text.contains("393331234567") == !masked)
    }

    @Test("incidents.csv")
    func incidents() throws {
        let table = IncidentTable(try SmallOutcome().outcome)
        let text = String(decoding: table.bytes, as: UTF8.self)
        try GoldenText.expect(text, is: "incidents.csv")
        #expect(text.split(separator: "\n").count == table.count + 1)
    }

    @Test("arrears.csv")
    func arrears() throws {
        let table = ArrearTable(try SmallOutcome().outcome, masked: false)
        let text = String(decoding: table.header + table.rows(0..<table.customers), as: UTF8.self)
        try GoldenText.expect(text, is: "arrears.csv")
        #expect(table.rows(0..<1) + table.rows(1..<table.customers) == table.rows(0..<table.customers))
        #expect(text.split(separator: "\n").count == table.count + 1)
    }

    @Test("notices.csv", arguments: [false, true])
    func notices(masked: Bool) throws {
        let outcome = try SmallOutcome().outcome
        let table = NoticeTable(
            outcome.plan, subscriptions: outcome.subscriptions, policy: outcome.noticePolicy, masked: masked)
        let rows = table.rows(0..<table.customers)
        let text = String(decoding: table.header + rows.bytes, as: UTF8.self)
        try GoldenText.expect(text, is: masked ? "notices-masked.csv" : "notices.csv")
        #expect(text.contains("393331234567") == !masked)
        #expect(text.split(separator: "\n").count == rows.counts.total + 1)
        #expect(rows.counts == outcome.noticeCounts)
    }

    @Test("pre-notifications.csv")
    func preNotifications() throws {
        let table = PreNotificationTable(try SmallOutcome().outcome, masked: false)
        let text = String(decoding: table.header + table.rows(0..<table.customers), as: UTF8.self)
        try GoldenText.expect(text, is: "pre-notifications.csv")
        #expect(table.count == text.split(separator: "\n").count - 1)
    }

    @Test("recovery-plan.csv", arguments: [false, true])
    func plan(masked: Bool) throws {
        let small = try SmallOutcome()
        let table = RecoveryPlanTable(small.outcome, masked: masked)
        let text = written { table.write(to: $0) }
        try GoldenText.expect(text, is: masked ? "recovery-plan-masked.csv" : "recovery-plan.csv")
        #expect(text.contains("393331234567") == !masked)
    }

    @Test("recovery-charges.csv and what undoes it", arguments: [false, true])
    func charges(reversed: Bool) throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable()
        let text = written { sink in
            sink(table.header)
            table.write(
                outcome.plan.instalments, as: reversed ? RecoveryCharge.reversing : RecoveryCharge.collecting,
                subscriptions: outcome.subscriptions, to: sink)
        }
        try GoldenText.expect(text, is: reversed ? "reversal-charges.csv" : "recovery-charges.csv")
    }

    @Test("Recovery charges in the columns and line ends of a file that knows more")
    func otherColumns() throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable(
            columns: ["channel"] + NativeColumns.charges.reversed() + ["a \"note\""], usesCRLF: true)
        let text = written { sink in
            sink(table.header)
            table.write(
                outcome.plan.instalments, as: RecoveryCharge.collecting, subscriptions: outcome.subscriptions, to: sink)
        }
        try GoldenText.expect(text, is: "recovery-charges-other-columns.csv")
    }

    @Test("A large table is written in pieces that are the whole")
    func pieces() throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable()
        let instalment = try #require(outcome.plan.instalments.first)
        var pieces = 0
        let text = written { sink in
            table.write(
                Array(repeating: instalment, count: 5_000), as: RecoveryCharge.collecting,
                subscriptions: outcome.subscriptions
            ) { (bytes: [UInt8]) in
                pieces += 1
                sink(bytes)
            }
        }
        #expect(pieces > 2)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 5_000 && Set(lines).count == 1)
    }
}
