import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("ClaimedPeriods")
struct ClaimedPeriodsTests {
    /// Three lines that renew daily for 40 days, 24 renewals more than have columns.
    private static func table() throws -> Subscriptions {
        let from = try #require(CivilDate("2025-01-01"))
        let to = try #require(from.adding(days: 40))
        let euro = try #require(Currency(code: "EUR"))
        let terms = RenewalTerms(
            activatedOn: try #require(CivilDate("2024-06-01")), endedOn: nil, cycle: try #require(BillingCycle("P1D")),
            price: Money(minorUnits: 100, currency: euro))
        var input = AuditCase(terms: AuditTerms(window: try #require(AuditWindow(from: from, to: to))))
        input.subscriptions = ["A", "B", "C"].map { CaseSubscription(identifier: $0, terms: terms) }
        let (batch, block) = input.subscriptionBatch
        var table = Subscriptions(window: input.terms.window)
        // In two parts, as two threads would fill them.
        for records in [batch.subscriptions[..<1], batch.subscriptions[1...]] {
            var part = Subscriptions(window: input.terms.window)
            var some = batch
            some.subscriptions = Array(records)
            part.append(some, block: block.span, blockOrdinal: 0)
            table.append(part)
        }
        #expect(table.buildIndex().isEmpty)
        #expect((0..<3).map { table.dueCount($0) } == [40, 40, 40])
        return table
    }

    @Test("keeps the claims of all renewals apart, in columns or not")
    func allRenewals() throws {
        let claims = ClaimedPeriods(try Self.table())
        for row in 0..<3 {
            for due in 0..<40 { #expect(claims.claim(due, ofRow: row, Self.stated(UInt32(row), UInt32(due)))) }
        }
        for row in 0..<3 {
            for due in 0..<40 {
                #expect(!claims.claim(due, ofRow: row, Self.stated(7, 7)))
                let claimant = claims.claimant(due, ofRow: row)
                #expect(claimant == Self.stated(UInt32(row), UInt32(due)) && claimant?.position.byteOffset == nil)
            }
        }
    }

    @Test("begins without any claim, however often the same table is asked for them")
    func independent() throws {
        let table = try Self.table()
        let first = ClaimedPeriods(table)
        #expect(first.claim(3, ofRow: 1, Self.stated(0, 5)) && first.claim(30, ofRow: 1, Self.stated(0, 6)))
        let second = ClaimedPeriods(table)
        #expect(second.claimant(3, ofRow: 1) == nil && second.claimant(30, ofRow: 1) == nil)
        #expect(second.claim(3, ofRow: 1, Self.stated(1, 8)))
        #expect(first.claimant(3, ofRow: 1)?.record == 5)
    }

    @Test("keeps the claims of many rows apart, whatever their number", arguments: [1, 15, 16, 17, 64, 1_000])
    func manyRows(count: Int) throws {
        let from = try #require(CivilDate("2025-01-01"))
        let to = try #require(from.adding(days: 40))
        var input = AuditCase(terms: AuditTerms(window: try #require(AuditWindow(from: from, to: to))))
        let euro = try #require(Currency(code: "EUR"))
        let terms = RenewalTerms(
            activatedOn: try #require(CivilDate("2024-06-01")), endedOn: nil, cycle: try #require(BillingCycle("P1D")),
            price: Money(minorUnits: 100, currency: euro))
        input.subscriptions = (0..<count).map { CaseSubscription(identifier: "S\($0)", terms: terms) }
        let (batch, block) = input.subscriptionBatch
        var table = Subscriptions(window: input.terms.window)
        table.append(batch, block: block.span, blockOrdinal: 0)
        #expect(table.buildIndex().isEmpty)
        let claims = ClaimedPeriods(table)
        for row in 0..<count {
            for due in [0, 15, 16, 39] { #expect(claims.claim(due, ofRow: row, Self.stated(UInt32(row), UInt32(due)))) }
        }
        for row in 0..<count {
            for due in [0, 15, 16, 39] {
                #expect(claims.claimant(due, ofRow: row) == Self.stated(UInt32(row), UInt32(due)))
            }
            #expect(claims.claimant(1, ofRow: row) == nil && claims.claimant(38, ofRow: row) == nil)
        }
    }

    @Test("refuses what its words cannot tell")
    func limits() throws {
        let claims = ClaimedPeriods(try Self.table())
        #expect(!claims.claim(0, ofRow: 0, Self.stated(32_767, 0)))
        #expect(!claims.claim(0, ofRow: 0, Self.stated(0, 65_536)))
        #expect(claims.claimant(0, ofRow: 0) == nil)
        #expect(claims.claim(0, ofRow: 0, Self.stated(32_766, 65_535)))
        #expect(claims.claimant(0, ofRow: 0) == Self.stated(32_766, 65_535))
    }

    private static func stated(_ block: UInt32, _ record: UInt32) -> RegularClaim {
        RegularClaim(block: block, record: record, daysAfterDue: nil)
    }
}
