import ArrearsRecovery
import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("PeriodSettlement")
struct PeriodSettlementTests {
    /// A charge as `kind status amount`, in minor units of the euro or of the currency behind it.
    private func charge(_ text: Substring, _ place: Int) throws -> KeptCharge {
        let parts = text.split(separator: " ")
        let kind = try #require(ChargeKind.allCases.first { $0.word == parts[0] })
        let status = try #require(ChargeStatus.allCases.first { $0.word == parts[1] })
        let currency = try #require(Currency(code: parts.count > 3 ? String(parts[3]) : "EUR"))
        let renewal = DueRenewal(
            cycle: 1, period: try period(), dueOn: try period().start, amount: try #require(Int64(parts[2])))
        var charge = KeptCharge.regular(
            row: 0, renewal: renewal, currency: currency,
            claim: RegularClaim(block: 0, record: UInt32(place), daysAfterDue: nil))
        charge.kind = kind
        charge.status = status
        return charge
    }

    private func period() throws -> BillingPeriod {
        let days = (try #require(CivilDate("2025-06-10")), try #require(CivilDate("2025-07-09")))
        return try #require(BillingPeriod(start: days.0, end: days.1))
    }

    private func settlement(_ acts: [RecoveryAct], _ charges: String) throws -> PeriodSettlement? {
        let known = KnownPeriod(
            subscription: "S1", subject: .subscription(row: 0), period: try period(),
            amount: Money(minorUnits: 999, currency: .eur), collectOn: try #require(CivilDate("2025-10-10")),
            acts: acts.reduce(into: []) { $0.insert(RecoveryActs($1)) })
        return PeriodSettlement(
            known, charges: try charges.split(separator: ",").enumerated().map { try charge($1, $0) })
    }

    @Test(
        "says what the charges of a period mean for its recovery",
        arguments: [
            ("written", "", ""),
            ("written", "recovery pending 999", ""),
            ("written", "recovery posted 999", "collected 999"),
            ("written", "recovery posted 500,recovery posted 499", "collected 999"),
            ("written", "recovery failed 999", "failed 999"),
            ("written", "recovery failed 999,recovery posted 999", "collected 999"),
            ("written", "recovery reversed 999", "reversed 999"),
            ("written", "recovery posted 999,refund posted -999", "collected 999, reversed 999"),
            ("written", "recovery posted 999,refund posted -200", "collected 999"),
            ("written", "recovery posted 999,refund pending -999", "collected 999"),
            ("written", "refund posted -999", "reversed 999"),
            ("written", "renewal posted 999", "paid_otherwise 999 withdraw"),
            ("written", "renewal posted 500", "paid_otherwise 500 withdraw"),
            ("written", "adjustment posted 999", "paid_otherwise 999 withdraw"),
            ("written", "renewal pending 999", ""),
            ("written", "renewal failed 999", ""),
            ("written", "renewal posted 0", ""),
            ("written", "credit posted 999", ""),
            ("written", "renewal posted 999 USD", ""),
            ("written", "recovery posted 999 USD", ""),
            // A renewal that was paid and given back says nothing against the recovery's money.
            ("written", "renewal posted 999,refund posted -999", "paid_otherwise 999 withdraw"),
            ("written", "recovery posted 999,renewal posted 999", "collected 999, paid_otherwise 999 withdraw"),
            (
                "written", "recovery posted 999,renewal posted 999,refund posted -999",
                "collected 999, paid_otherwise 999, reversed 999"
            ),
            ("proposed", "renewal posted 999", "paid_otherwise 999"),
            ("collected", "recovery posted 999", ""),
            ("collected", "recovery posted 999,refund posted -999", "reversed 999"),
            ("collected", "refund posted -999", "reversed 999"),
            ("collected", "refund posted -998", ""),
            ("collected", "renewal posted 999", "paid_otherwise 999 withdraw"),
            ("withdrawn", "renewal posted 999", ""),
            ("withdrawn", "renewal posted 999,recovery reversed 999", "reversed 999"),
        ])
    func steps(before: String, charges: String, expected: String) throws {
        let acts: [String: [RecoveryAct]] = [
            "proposed": [.planned], "written": [.planned, .written], "collected": [.planned, .written, .collected],
            "withdrawn": [.planned, .written, .paidOtherwise],
        ]
        let found = try settlement(try #require(acts[before]), charges)
        let steps = found?.steps.map { "\($0.act.rawValue) \($0.amount)" }.joined(separator: ", ") ?? ""
        #expect(steps + (found?.needsWithdrawal ?? false ? " withdraw" : "") == expected)
    }

    @Test("sums that do not fit tell nothing")
    func overflow() throws {
        let most = "\(Int64.max)"
        #expect(try settlement([.planned, .written], "recovery posted \(most),recovery posted \(most)") == nil)
        #expect(try settlement([.planned, .written], "refund posted \(Int64.min)") == nil)
    }
}
