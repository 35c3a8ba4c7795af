import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import RenewalAudit

@Suite("Due renewals by day")
struct DueCalendarTests {
    @Test("The days are those of the schedules, and of the timelines of lines with events", arguments: 0..<10)
    func schedules(number: Int) throws {
        let seed = testSeed &+ UInt64(number)
        let input = try #require(RandomCase(seed: seed, count: 300, hasEvents: number > 5)).input
        let run = AuditRun(input)
        let table = run.subscriptions
        var whole = try #require(DueCalendar(table, rows: 0..<100, detail: 0))
        #expect(whole.merge(try #require(DueCalendar(table, rows: 100..<table.count, detail: 0))))
        var expected = [Int32](repeating: 0, count: whole.cells.cells.count * whole.days)
        for row in 0..<table.count where !table.duplicateRows.contains(row) {
            guard let schedule = table.schedule(row) else { continue }
            let due = table.timeline(row)?.dueRenewals ?? schedule.dueRenewals
            let days = due.filter { $0.amount > 0 }.map { $0.period.start.days(since: table.window.from) }
            guard !days.isEmpty else { continue }
            let cell = try #require(whole.cells.number(of: RenewalCell(row, of: table, by: .all)))
            for day in days { expected[cell * whole.days + day] += 1 }
        }
        #expect(whole.counts() == expected, "seed \(seed)")
        #expect(expected.contains { $0 > 0 })
    }

    @Test("With less detail, there are fewer cells and as many renewals")
    func details() throws {
        let made = try #require(PlantedIncidents(seed: testSeed, count: 500, incidents: 0, background: 0))
        let calendars = try DueCalendar.details.map { detail in
            try #require(DueCalendar(made.table, rows: 0..<500, detail: detail))
        }
        let cells = calendars.map(\.cells.cells.count)
        #expect(cells == cells.sorted(by: >) && Set(cells).count == cells.count)
        #expect(Set(calendars.map { $0.counts().reduce(0, +) }).count == 1)
    }
}
