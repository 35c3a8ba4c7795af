import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

/// What a reader of the documentation expects of an audit without subscriptions, case by case.
struct InferenceTests {
    private let terms: AuditTerms
    private let start: CivilDate

    init() throws {
        let from = try #require(CivilDate("2025-01-01")), to = try #require(CivilDate("2026-01-01"))
        terms = AuditTerms(window: try #require(AuditWindow(from: from, to: to)))
        start = try #require(CivilDate("2024-12-31"))
    }

    /// Monthly renewals from 31 January 2025 on, those of some months left out.
    private func monthly(
        _ identifier: String, without missing: Set<Int> = [], until last: Int = 12, anchor: Int = 31,
        states: Bool = true, amount: Int64 = 999
    ) throws -> [CaseCharge] {
        let cycle = try #require(BillingCycle(months: 1))
        let activation = try #require(start.addingMonths(0, anchorDay: anchor))
        return try (1...last).filter { !missing.contains($0) }.map { index in
            let period = try #require(cycle.period(ofCycle: index, from: activation))
            return .renewal(of: identifier, on: period.start, ofPeriod: states ? period : nil, amount: amount)
        }
    }

    @Test func aGapAtTheMonthsEndIsFoundOnItsClampedDay() throws {
        let run = InferredRun(try monthly("A", without: [4]), terms: terms)
        let found = try #require(run.discrepancies.first)
        #expect(run.discrepancies.count == 1)
        #expect(found.rule == .unchargedRenewal && found.confidence == .medium && found.expected == 999)
        #expect(found.period?.start == CivilDate("2025-04-30") && found.period?.end == CivilDate("2025-05-30"))
        #expect(found.reason.contains("inferred from 11 charges, by their periods: cycle P1M"))
    }

    /// No two charges of this line of 90 days are 90 days apart, or only few are, and the mean of them tells it.
    @Test(
        arguments: [
            ([0, 271, 360, 451, 539, 631, 720, 809, 899, 991], ["2025-03-31", "2025-06-29"]),
            ([0, 89, 269, 361, 450, 541, 629, 719, 810, 901, 990], ["2025-06-29"]),
        ])
    func daysThatVaryTellTheirMean(_ days: [Int], missing: [String]) throws {
        let to = try #require(CivilDate("2030-01-01"))
        let wide = AuditTerms(window: try #require(AuditWindow(from: start, to: to)))
        let charges = try days.map {
            CaseCharge.renewal(of: "A", on: try #require(start.adding(days: $0 + 1)), ofPeriod: nil)
        }
        let run = InferredRun(charges, terms: wide)
        #expect(run.line("A")?.cycle == BillingCycle(days: 90))
        let found = run.found(.unchargedRenewal).compactMap(\.periodStart)
        #expect(found.count == missing.count)
        for (day, expected) in zip(found, missing) {
            #expect(abs(day.days(since: try #require(CivilDate(expected)))) <= 5)
        }
    }

    @Test(arguments: [1, 3]) func tooFewChargesTellNothing(_ count: Int) throws {
        let run = InferredRun(try monthly("A", until: count), terms: terms)
        #expect(run.discrepancies.isEmpty)
        #expect(run.table.inference?.obstacles == [.tooFewCharges: 1])
    }

    @Test func whoIsChargedForOtherThingsIsCounted() throws {
        var charge = try #require(try monthly("A", until: 1).first)
        charge.kind = .usage
        let run = InferredRun([charge], terms: terms)
        #expect(run.discrepancies.isEmpty)
        #expect(run.table.inference?.obstacles == [.tooFewCharges: 1])
    }

    @Test func aChargeOfAnotherAmountIsNoPriceChange() throws {
        var charges = try monthly("A")
        charges[5].amount = 400
        let run = InferredRun(charges, terms: terms)
        #expect(run.discrepancies.map(\.rule) == [.partialCharge])
        #expect(run.line("A")?.prices.count == 1)
    }

    @Test func amountsThatAlwaysChangeAreNoPrice() throws {
        var charges = try monthly("A")
        for index in charges.indices { charges[index].amount = 900 + Int64(index) * 37 }
        let run = InferredRun(charges, terms: terms)
        #expect(run.discrepancies.isEmpty)
        #expect(run.table.inference?.obstacles == [.noPrice: 1])
    }

    @Test func severalCurrenciesTellNothing() throws {
        var charges = try monthly("A")
        charges[3].currency = .usd
        #expect(InferredRun(charges, terms: terms).table.inference?.obstacles == [.severalCurrencies: 1])
    }

    /// Charged every second month with periods of two months or with none: no renewal is missing.
    @Test func everySecondMonthIsItsOwnCycle() throws {
        let run = InferredRun(try monthly("A", without: [2, 4, 6, 8, 10, 12], states: false), terms: terms)
        #expect(run.found(.unchargedRenewal).isEmpty)
    }

    /// The stated periods of one month tell it otherwise.
    @Test func everySecondMonthIsMissingWhereThePeriodsSaySo() throws {
        let run = InferredRun(try monthly("A", without: [2, 4, 6, 8, 10], until: 11), terms: terms)
        #expect(run.found(.unchargedRenewal).count == 5)
    }

    @Test func aSingleLineThatStopsIsForAPerson() throws {
        let run = InferredRun(try monthly("A", until: 6), terms: terms)
        #expect(run.discrepancies.map(\.rule) == [.undecided])
        #expect(run.discrepancies.first?.dueOn == CivilDate("2025-07-31"))
        #expect(run.table.inference?.stopped == 1)
    }

    @Test func linesThatStopTogetherAreAnOutage() throws {
        var charges: [CaseCharge] = []
        for number in 0..<12 { charges += try monthly("A\(number)", until: 6, anchor: 1 + number * 2) }
        for number in 0..<8 { charges += try monthly("B\(number)", anchor: 1 + number * 3) }
        for number in 0..<8 { charges += try monthly("C\(number)", anchor: 1 + number * 3, amount: 499) }
        let run = InferredRun(charges, terms: terms)
        let found = run.discrepancies.filter { $0.rule == .unchargedRenewal }
        #expect(run.table.inference?.stoppedTogether == 12)
        #expect(found.count == 12 * 6 && found.allSatisfy { $0.confidence == .low })
        #expect(found.first?.reason.contains("stop together with those of 12 of 20 such lines") ?? false)
    }

    /// No charge at all after some day looks like an export that ends there.
    @Test func theEndOfTheExportIsNoOutage() throws {
        var charges: [CaseCharge] = []
        for number in 0..<28 { charges += try monthly("A\(number)", until: 6, anchor: 1 + number) }
        let run = InferredRun(charges, terms: terms)
        #expect(run.table.inference?.stoppedTogether == 0 && run.table.inference?.stopped == 28)
    }

    @Test func linesOfADiscontinuedOfferEndOneByOne() throws {
        var charges: [CaseCharge] = []
        for number in 0..<24 { charges += try monthly("A\(number)", until: 4 + number / 4, anchor: 1 + number) }
        let run = InferredRun(charges, terms: terms)
        #expect(run.table.inference?.stoppedTogether == 0)
        #expect(run.found(.undecided).count == 24)
    }

    /// The last renewals may still be charged within the grace.
    @Test func theGraceAtTheEndOfTheWindowIsNoStop() throws {
        let charges = try monthly("A", until: 11, anchor: 28)
        let run = InferredRun(charges, terms: terms)
        #expect(run.discrepancies.isEmpty)
        #expect(run.table.inference?.stopped == 0)
    }

    @Test func aSuspensionExplainsAGap() throws {
        let event = CaseEvent(
            subscription: "A", kind: .suspended, effectiveOn: CivilDate("2025-04-10"), until: CivilDate("2025-05-15"))
        let charges = try monthly("A", without: [4])
        #expect(InferredRun(charges, events: [event], terms: terms).discrepancies.isEmpty)
    }

    @Test func aFailedAttemptIsNoGap() throws {
        var charges = try monthly("A")
        charges[3].status = .failed
        let run = InferredRun(charges, terms: terms)
        #expect(run.discrepancies.map(\.rule) == [.collectionFailed])
    }

    /// A charge behind the grid, which the cycle does not explain, contradicts nothing.
    @Test func aStrayChargeIsNoFinding() throws {
        let stray = CaseCharge.renewal(of: "A", on: try #require(CivilDate("2025-06-14")))
        let run = InferredRun(try monthly("A", anchor: 1, states: false) + [stray], terms: terms)
        #expect(run.discrepancies.isEmpty)
    }

    /// Of more observations than are kept the newest count, however they come.
    @Test func onlyTheNewestObservationsCount() throws {
        let first = try #require(CivilDate("2010-01-04")), cycle = try #require(BillingCycle(days: 7))
        let charges = try (1...800).map { index in
            let period = try #require(cycle.period(ofCycle: index, from: first))
            return CaseCharge.renewal(of: "A", on: period.start, ofPeriod: period)
        }
        let run = InferredRun(charges.reversed(), terms: terms)
        #expect(run.line("A")?.charges == ChargeObservations.observationLimit)
        #expect(run.line("A")?.cycle == cycle)
    }
}
