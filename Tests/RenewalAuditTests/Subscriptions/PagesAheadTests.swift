import BillingRecords
import BillingValues
import Dispatch
import Testing

@testable import RenewalAudit

@Suite("PagesAhead")
struct PagesAheadTests {
    @Test("changes no row, whoever brings the pages while rows are appended")
    func rows() {
        var rows = SubscriptionRows()
        rows.reserveCapacity(200_000)
        let pages = rows.pagesAhead
        DispatchQueue.concurrentPerform(iterations: 3) { _ in
            for _ in 0..<20 { pages.advance() }
        }
        for number in 0..<150_000 {
            if number % 5_000 == 0 { DispatchQueue.concurrentPerform(iterations: 2) { _ in pages.advance() } }
            rows.append(Self.row(number))
        }
        #expect((0..<150_000).allSatisfy { rows[$0].price == Int64($0) && rows[$0].keyLength == UInt32($0 % 16) })
    }

    @Test("does nothing for a table that has moved or is gone, and for a small one")
    func movedTables() {
        var rows = SubscriptionRows()
        rows.append(Self.row(0))
        rows.pagesAhead.advance()
        rows.reserveCapacity(50_000)
        let before = rows.pagesAhead
        rows.reserveCapacity(400_000)
        for _ in 0..<10 { before.advance() }
        #expect(rows.count == 1)
        #expect(rows[0].price == 0)
        let gone = rows.pagesAhead
        rows = SubscriptionRows()
        for _ in 0..<10 { gone.advance() }
        #expect(rows.count == 0)
    }

    private static func row(_ number: Int) -> SubscriptionRow {
        SubscriptionRow(
            key: SubscriptionKey(bytes: Array("S\(number)".utf8)), price: Int64(number), firstFurtherClaim: 0,
            dueCount: 0,
            firstDueIndex: 0, activatedDay: 0, endedDay: .max, activatedMonthAndDay: 0, cycle: 0, currency: 0,
            keyTailAndMarks: 0, keyLength: UInt32(number % 16))
    }
}
