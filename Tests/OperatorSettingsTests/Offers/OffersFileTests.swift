import BillingValues
import Foundation
import RenewalAudit
import SettingsText
import Testing

@testable import OperatorSettings

/// The offers file: what it says, and what is wrong in it.
@Suite struct OffersFileTests {
    private func catalogue(_ text: String) throws -> OfferCatalogue {
        try OffersFile(Array(text.utf8), file: "offers.yaml").catalogue
    }

    private func faults(_ text: String) -> [String] {
        let refusal = #expect(throws: SettingsRefusal.self) { try catalogue(text) }
        return (refusal?.faults ?? []).map { "\($0.place.line):\($0.place.column) \($0.path): \($0.expected)" }
    }

    @Test func theCalendarOfEasyPayIsAFile() throws {
        let bytes = try Data(contentsOf: OffersPageTests.package.appendingPathComponent("samples/offers/easy-pay.yaml"))
        let catalogue = try OffersFile(Array(bytes), file: "easy-pay.yaml").catalogue
        let offer = try #require(catalogue.offers.first)
        #expect(String(decoding: offer.name, as: UTF8.self) == "Easy Pay")
        #expect(offer.activationFee == 699 && offer.prices.prices.map(\.amount) == [999] && offer.calendar == 0)
        let day = { try #require(CollectionDay(monthsAfter: $0, day: $1)) }
        let bands = [
            ActivationBand(
                days: 1...10, firstPeriod: .full,
                collections: [.init(day: try day(1, 15), periods: 2, carriesActivationFee: true)]),
            ActivationBand(
                days: 11...31, firstPeriod: .proRata,
                collections: [
                    .init(day: try day(2, 1), periods: 2, carriesActivationFee: true),
                    .init(day: try day(2, 15), periods: 1, carriesActivationFee: false),
                ]),
        ]
        #expect(
            catalogue.calendars.map(\.calendar) == [.dayOfMonth(try #require(MonthlyCalendar(day: 1, bands: bands)))])
    }

    @Test func everyKeyIsRead() throws {
        let catalogue = try catalogue(
            """
            calendars:
              plain: { kind: anniversary }
              first: { kind: day-of-month, day: 3, first_period: pro-rata, collected: { day: 20, months_after: 1 } }
            offers:
              - name: A
                currency: EUR
                cycle: P3M
                calendar: first
                prices:
                  - { amount: 9.99, until: 2025-01-01 }
                  - { amount: 10.99, from: 2025-01-01, for: everyone }
                activation_fee: 1.00
                free_periods: 2
                discounted_periods: { count: 3, price: 4.99 }
                rounding: down
                suspension: { partly_suspended: not-due, anchor: keep }
              - name: B
                currency: JPY
                price: 500
                calendar: plain
                suspension: { anchor: restart }
            """)
        let offer = catalogue.offers[0]
        #expect(offer.cycle == BillingCycle("P3M") && offer.calendar == 1 && offer.activationFee == 100)
        let start = CivilDate("2025-01-01")
        #expect(
            offer.prices
                == OfferPrices([
                    .init(amount: 999, until: start), .init(amount: 1099, from: start, audience: .everyone),
                ]))
        #expect(offer.freePeriods == 2 && offer.discount == FirstPeriodsDiscount(periods: 3, price: 499))
        #expect(offer.proRataRounding == .down)
        #expect(offer.partlySuspended == .notDue && offer.anchorAfterSuspension == .keep)
        #expect(catalogue.offers[1].prices.prices.map(\.amount) == [500])
        #expect(catalogue.offers[1].partlySuspended == nil && catalogue.offers[1].anchorAfterSuspension == .restart)
        guard case .dayOfMonth(let calendar) = catalogue.calendars[1].calendar else {
            Issue.record("no day of the month")
            return
        }
        #expect(calendar.day == 3 && calendar.collectionDay == CollectionDay(monthsAfter: 1, day: 20))
        #expect(calendar.bands == [ActivationBand(days: 1...31, firstPeriod: .proRata)])
    }

    @Test func everyFaultIsNamedInOneRun() {
        #expect(
            faults(
                """
                calendars:
                  a: { kind: monthly }
                  b: { kind: day-of-month, day: 29 }
                offers:
                  - { name: X, currency: EUR, price: 9,99 }
                  - { name: X, currency: EUR, calender: a }
                  - { name: Y, currency: EURO }
                  - { name: Z, currency: EUR, calendar: c }
                """) == [
                    "2:14 calendars.a.kind: one of anniversary, day-of-month, bands",
                    "3:33 calendars.b.day: a whole number from 1 to 28",
                    "5:40 offers[0].99: one of name, currency, cycle, calendar, price, prices, activation_fee, "
                        + "free_periods, discounted_periods, rounding, suspension",
                    "6:13 offers[1].name: each offer once",
                    "6:31 offers[1].calender: one of name, currency, cycle, calendar, price, prices, activation_fee, "
                        + "free_periods, discounted_periods, rounding, suspension",
                    "7:26 offers[2].currency: a currency code such as EUR",
                    "8:41 offers[3].calendar: a calendar of the section 'calendars'",
                ])
    }

    @Test(
        arguments: [
            "price: 1, prices: [{ amount: 1 }]", "prices: [{ amount: 1 }, { amount: 2 }]",
            "prices: [{ amount: 1, until: 2025-02-01 }, { amount: 2, from: 2025-01-31 }]",
            "prices: [{ amount: 1, from: 2025-02-01, until: 2025-02-01 }]", "price: -1", "price: 1.234",
        ])
    func impossiblePrices(prices: String) {
        let found = faults("offers:\n  - { name: A, currency: EUR, \(prices) }\n")
        #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix("2:") })
    }

    @Test(
        arguments: [
            "bands: [{ activated: 1-10 }, { activated: 10-31 }]", "bands: [{ activated: 1-30 }]",
            "bands: [{ activated: 1-32 }]", "bands: [{ activated: 31-1 }]", "bands: []",
            "bands: [{ activated: 1-31, first_period: half }]",
            "bands: [{ activated: 1-31, first_collections: [{ day: 1, months_after: 1 }] }]",
            "bands: [{ activated: 1-31, first_collections: [{ day: 15, months_after: 0, periods: 1 }] }]",
            "bands: [{ activated: 1-31, first_collections: [{ day: 5, months_after: 1, periods: 1 }, { day: 5, months_after: 1, periods: 1 }] }]",
            "bands: [{ activated: 1-31 }], first_period: full",
            "bands: [{ activated: 1-31, first_collections: [{ day: 1, months_after: 1, activation_fee: true }, { day: 2, months_after: 1, activation_fee: true }] }]",
        ])
    func impossibleBands(bands: String) {
        let found = faults("calendars:\n  a: { kind: bands, day: 1, \(bands) }\noffers: []\n")
        #expect(!found.isEmpty && found.allSatisfy { $0.hasPrefix("2:") })
    }

    @Test(arguments: ["cycle: P30D", "suspension: { anchor: restart }"])
    func whatDoesNotGoWithADayOfTheMonth(key: String) {
        let found = faults(
            "calendars:\n  a: { kind: day-of-month, day: 1 }\noffers:\n  - { name: A, currency: EUR, calendar: a, \(key) }\n"
        )
        #expect(found.count == 1 && found.allSatisfy { $0.hasPrefix("4:") })
    }

    @Test func aPolicySetsWhatHoldsAroundSuspensions() throws {
        let text = "audit:\n  suspension: { partly_suspended: pro-rata, anchor: restart }\n"
        let policy = try PolicyFile(Array(text.utf8), file: "policy.yaml")
        #expect(policy.suspension == SuspensionPolicy(partlySuspended: .proRata, anchor: .restart))
        #expect(PolicyFile.standard.suspension == .standard)
    }
}
