import BillingRecords
import BillingValues
import RenewalAudit
import TestSupport
import Testing

/// Planted incidents are found with their exact dimensions and days, and none is invented.
@Suite("Incidents, planted")
struct IncidentPropertyTests {
    @Test(
        "One to three incidents at once are found exactly",
        arguments: [(count: 1_000, cases: 24), (count: 5_000, cases: 8), (count: 50_000, cases: 1)])
    func planted(count: Int, cases: Int) throws {
        var (planted, inexact) = (0, [String]())
        for number in 0..<cases {
            let seed = testSeed &+ UInt64(number) &* 7_919 &+ UInt64(count)
            let made = try #require(
                PlantedIncidents(
                    seed: seed, count: count, incidents: 1 + number % 3, background: [0, 1, 5, 10][number % 4]))
            let causes = try #require(made.causes())
            let found = Set(causes.incidents.map(made.plant))
            planted += made.planted.count
            let text = "seed \(seed), \(count) subscriptions: planted \(made.planted), found \(found)"
            // Dimensions are never wrong; a day is, rarely, where a stray miss stands beside the incident.
            #expect(Set(found.map(\.values)) == Set(made.planted.map(\.values)), "\(text)")
            if found != Set(made.planted) { inexact.append(text) }
            try expectConservation(of: causes, in: made)
        }
        #expect(planted >= cases)
        #expect(inexact.count * 8 <= cases, "\(inexact.joined(separator: "\n"))")
    }

    @Test("None is invented at a background of 0 to 1 %", arguments: [0, 1, 3, 10])
    func clean(background: Int) throws {
        for (number, count) in [1_000, 1_000, 1_000, 1_000, 20_000].enumerated() {
            let seed = testSeed &+ UInt64(number) &* 104_729 &+ UInt64(background)
            let made = try #require(
                PlantedIncidents(seed: seed, count: count, incidents: 0, background: background))
            let causes = try #require(made.causes())
            #expect(causes.incidents == [], "seed \(seed), \(count) subscriptions")
            #expect(causes.parkedAccounts == [], "seed \(seed), \(count) subscriptions")
            #expect(causes.isolated == made.discrepancies.count)
        }
    }

    @Test("The order of the findings and the parts of the count change nothing")
    func deterministic() throws {
        var made = try #require(PlantedIncidents(seed: testSeed, count: 2_000, incidents: 3, background: 5))
        let causes = try #require(made.causes())
        #expect(causes.incidents.count == 3, "seed \(testSeed)")
        #expect(made.causes(parts: 7) == causes)
        made.reverse()
        #expect(made.causes() == causes)
    }

    private func expectConservation(of causes: SystemicCauses, in made: PlantedIncidents) throws {
        let explained = causes.incidents.reduce(0) { $0 + $1.uncharged }
        let parked = causes.parkedAccounts.reduce(0) { $0 + $1.uncharged }
        #expect(explained + parked + causes.isolated == made.discrepancies.count)
        for incident in causes.incidents {
            #expect(incident.uncharged <= incident.due && incident.uncharged * 4 >= incident.due)
            #expect(incident.amounts.records == incident.uncharged)
        }
    }
}
