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

    @Test("recovery-plan.csv", arguments: [false, true])
    func plan(masked: Bool) throws {
        let small = try SmallOutcome()
        let table = RecoveryPlanTable(small.outcome, masked: masked)
        let text = written { table.write(to: $0) }
        try GoldenText.expect(text, is: masked ? "recovery-plan-masked.csv" : "recovery-plan.csv")
        #expect(text.contains("393331234567") == !masked)
    }

    private func charges(_ outcome: AuditOutcome, reversed: Bool) -> [RecoveryCharge] {
        outcome.plan.instalments.map { instalment in
            let subscription = outcome.subscriptions.subscriptionIdentifier(instalment.row)
            return reversed
                ? .reversing(instalment, subscription: subscription)
                : .collecting(instalment, subscription: subscription)
        }
    }

    @Test("recovery-charges.csv and what undoes it", arguments: [false, true])
    func charges(reversed: Bool) throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable()
        let rows = charges(outcome, reversed: reversed)
        let text = written { sink in
            sink(table.header)
            table.write(rows, subscription: outcome.subscriptions.subscriptionIdentifier, to: sink)
        }
        try GoldenText.expect(text, is: reversed ? "reversal-charges.csv" : "recovery-charges.csv")
    }

    @Test("Recovery charges in the columns and line ends of a file that knows more")
    func otherColumns() throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable(
            columns: ["channel"] + NativeColumns.charges.reversed() + ["a \"note\""], usesCRLF: true)
        let rows = charges(outcome, reversed: false)
        let text = written { sink in
            sink(table.header)
            table.write(rows, subscription: outcome.subscriptions.subscriptionIdentifier, to: sink)
        }
        try GoldenText.expect(text, is: "recovery-charges-other-columns.csv")
    }

    @Test("A large table is written in pieces that are the whole")
    func pieces() throws {
        let outcome = try SmallOutcome().outcome
        let table = RecoveryChargeTable()
        let row = try #require(charges(outcome, reversed: false).first)
        var pieces = 0
        let text = written { sink in
            table.write(Array(repeating: row, count: 5_000), subscription: { _ in [0x53] }) { (bytes: [UInt8]) in
                pieces += 1
                sink(bytes)
            }
        }
        #expect(pieces > 2)
        let lines = text.split(separator: "\n")
        #expect(lines.count == 5_000 && Set(lines).count == 1)
    }
}
