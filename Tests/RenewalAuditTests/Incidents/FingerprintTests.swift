import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

@Suite("Fingerprints")
struct FingerprintTests {
    private let from: CivilDate
    private let terms: RenewalTerms

    init() throws {
        from = try #require(CivilDate("2025-01-01"))
        terms = RenewalTerms(
            activatedOn: try #require(CivilDate("2024-01-01")), endedOn: nil, cycle: try #require(BillingCycle("P1M")),
            price: Money(minorUnits: 999, currency: .eur))
    }

    private static func late(_ charges: [(row: Int32, chargedDay: Int32)]) -> [MissedRenewal] {
        charges.map { MissedRenewal(row: $0.row, cell: 0, day: 0, chargedDay: $0.chargedDay, amount: 1) }
    }

    @Test("The days of late charges tell how they came")
    func traces() {
        #expect(LateTrace.trace(Self.late([(1, 90), (1, 90), (2, 91), (2, 91)])) == .burst)
        #expect(LateTrace.trace(Self.late([(1, 90), (2, 90), (3, 90), (4, 12)])) == .burst)
        #expect(LateTrace.trace(Self.late([(1, 90), (1, 91), (1, 92), (2, 90), (2, 91)])) == .staircase)
        #expect(LateTrace.trace(Self.late([(1, 30), (1, 60), (2, 35), (2, 64)])) == nil)
        #expect(LateTrace.trace(Self.late([(1, 30), (2, 40), (3, 50)])) == nil)
        #expect(LateTrace.trace([]) == nil)
    }

    /// 200 lines of two offers, renewing on every day of the month, with misses where `isMissed` says so.
    private func causes(isMissed: (_ row: Int, _ day: Int) -> Bool) throws -> SystemicCauses {
        var made = try #require(PlantedIncidents(seed: 1, count: 0, incidents: 0, background: 0))
        made.addLines(200, terms: terms)
        for row in 0..<200 {
            for (day, period) in made.renewals(row) where isMissed(row, day) {
                made.add(.unchargedRenewal, row: row, period: period)
            }
        }
        return try #require(made.causes())
    }

    @Test("One day of everybody is a lost day")
    func lostDay() throws {
        let causes = try causes { _, day in day == 70 }
        let incident = try #require(causes.incidents.first)
        #expect(causes.incidents.count == 1)
        #expect(incident.pattern == .oneLostDay)
        #expect(incident.trace == .hole)
        #expect(incident.conditions == [])
        #expect(incident.firstDay.days(since: from) == 70 && incident.lastDay == incident.firstDay)
    }

    @Test("An offer that is not charged any more is a plan from a day on; one that is again, is not")
    func plan() throws {
        for (last, expected) in [(364, Incident.Pattern.planFromADayOn), (250, nil)] {
            let causes = try causes { row, day in row % 2 == 0 && (200...last).contains(day) }
            let incident = try #require(causes.incidents.first)
            #expect(causes.incidents.count == 1)
            #expect(incident.conditions.map(\.dimension) == [.offer])
            #expect(incident.conditions.map { String(decoding: $0.value, as: UTF8.self) } == ["Even"])
            #expect(incident.pattern == expected)
            #expect(incident.uncharged == incident.due)
        }
    }

    @Test("One account for many months is parked, and no incident")
    func parked() throws {
        let causes = try causes { row, day in row == 7 && day > 100 || row == 20 && day > 130 && day < 200 }
        #expect(causes.incidents == [])
        let account = try #require(causes.parkedAccounts.first)
        #expect(causes.parkedAccounts.count == 1)
        #expect(account.row == 7)
        #expect(account.uncharged == 8)
        #expect(account.amount == Money(minorUnits: 8 * 999, currency: .eur))
        #expect(causes.isolated == 2 && causes.unchargedOutside == 10)
    }

    @Test("An outage that was caught up is found by its late charges", arguments: [true, false])
    func caughtUp(isBurst: Bool) throws {
        var made = try #require(PlantedIncidents(seed: 1, count: 0, incidents: 0, background: 0))
        made.addLines(200, terms: terms)
        let resumed = try #require(from.adding(days: 200))
        for row in stride(from: 0, to: 200, by: 2) {
            let missed = made.renewals(row).filter { (100..<190).contains($0.day) }
            for (step, renewal) in missed.enumerated() {
                made.add(
                    .chargedLate, row: row, period: renewal.period, paidOn: resumed.adding(days: isBurst ? 0 : step))
            }
        }
        let causes = try #require(made.causes())
        let incident = try #require(causes.incidents.first)
        #expect(causes.incidents.count == 1)
        #expect(incident.trace == (isBurst ? .burst : .staircase))
        #expect(incident.uncharged == 0 && incident.late == incident.due)
        #expect(incident.firstDay.days(since: from) == 100 && incident.lastDay.days(since: from) == 189)
        #expect(incident.conditions.map { String(decoding: $0.value, as: UTF8.self) } == ["Even"])
    }

    @Test("Charges that are always some days late are no outage")
    func habit() throws {
        var made = try #require(PlantedIncidents(seed: 1, count: 0, incidents: 0, background: 0))
        made.addLines(200, terms: terms)
        for row in stride(from: 0, to: 200, by: 2) {
            for (_, period) in made.renewals(row) {
                made.add(.chargedLate, row: row, period: period, paidOn: period.start.adding(days: 7))
            }
        }
        #expect(try #require(made.causes()).incidents == [])
    }
}
