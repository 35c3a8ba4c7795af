import RenewalAudit
import Testing

@Suite("The billing calendar of Easy Pay")
struct EasyPayTests {
    private func findings(
        _ activatedOn: String, _ charges: [String], fee: Int64? = 699, to: String = "2025-10-31"
    ) throws -> [String] {
        var offer = OfferCase.offer()
        offer.activationFee = fee
        var line = OfferCase(offer, calendar: try OfferCase.easyPay())
        line.activatedOn = activatedOn
        line.window.1 = to
        return try line.findings(charges)
    }

    @Test(
        "activated on 5 August: the fee, August and September on 15 September, then the 1st",
        arguments: [
            ["renewal 2025-09-15 2697", "renewal 2025-10-01 999"],
            ["activation 2025-09-15 2697", "renewal 2025-10-01 999"],
            ["activation 2025-09-15 699", "renewal 2025-09-15 1998", "renewal 2025-10-01 999"],
            [
                "activation 2025-08-05 699", "renewal 2025-09-15 999", "renewal 2025-09-15 999",
                "renewal 2025-10-01 999",
            ],
            ["one_off 2025-08-05 699", "renewal 2025-09-15 1998 2025-08-05 2025-09-30", "renewal 2025-10-01 999"],
            [
                "activation 2025-09-15 699", "renewal 2025-09-15 999 2025-08-01 2025-08-31",
                "renewal 2025-09-15 999 2025-09-01 2025-09-30", "renewal 2025-10-01 999 2025-10-01 2025-10-31",
            ],
            ["renewal 2025-09-15 2697 2025-08-05 2025-09-30", "renewal 2025-10-01 999"],
            // A balance that paid in two parts, neither of them a part of the sum.
            ["renewal 2025-09-15 1200", "renewal 2025-09-18 1497", "renewal 2025-10-01 999"],
        ])
    func early(charges: [String]) throws { #expect(try findings("2025-08-05", charges) == []) }

    @Test(
        "activated on 16 July: the fee, July in part and August on 1 September, September on the 15th, then the 1st",
        arguments: [
            ["renewal 2025-09-01 2214", "renewal 2025-09-15 999", "renewal 2025-10-01 999"],
            [
                "activation 2025-09-01 699", "renewal 2025-09-01 1515", "renewal 2025-09-15 999",
                "renewal 2025-10-01 999",
            ],
            [
                "activation 2025-09-01 1215", "renewal 2025-09-01 999", "renewal 2025-09-15 999",
                "renewal 2025-10-01 999",
            ],
            [
                "activation 2025-09-01 699", "renewal 2025-09-01 516 2025-07-16 2025-07-31",
                "renewal 2025-09-01 999 2025-08-01 2025-08-31", "renewal 2025-09-15 999 2025-09-01 2025-09-30",
                "renewal 2025-10-01 999 2025-10-01 2025-10-31",
            ],
        ])
    func late(charges: [String]) throws { #expect(try findings("2025-07-16", charges) == []) }

    @Test(
        "a payment of another amount near the day of a collection in advance is for the period that it carries",
        arguments: ["2025-09-30", "2025-10-01"])
    func inAdvance(day: String) throws {
        let collections = try [(1, 15, 4), (2, 1, 1)].map { months, day, periods in
            ActivationBand.Collection(
                day: try #require(CollectionDay(monthsAfter: months, day: day)), periods: periods,
                carriesActivationFee: false)
        }
        let band = ActivationBand(days: 1...31, firstPeriod: .full, collections: collections)
        var line = OfferCase(calendar: .dayOfMonth(try #require(MonthlyCalendar(day: 1, bands: [band]))))
        line.activatedOn = "2025-08-05"
        line.window.1 = "2025-12-31"
        #expect(
            try line.findings(["renewal 2025-09-15 3996", "renewal \(day) 998"])
                == ["partial-charge 2025-12-01 2025-10-01 999"])
    }

    @Test("what was not charged is due on its day of collection, and once only")
    func missing() throws {
        #expect(
            try findings("2025-07-16", ["renewal 2025-10-01 999"]) == [
                "uncharged-activation-fee 2025-07-16 2025-09-01 699", "uncharged-renewal 2025-07-16 2025-09-01 516",
                "uncharged-renewal 2025-08-01 2025-09-01 999", "uncharged-renewal 2025-09-01 2025-09-15 999",
            ])
        // The fee alone is no renewal.
        #expect(
            try findings("2025-08-05", ["renewal 2025-09-15 1998", "renewal 2025-10-01 999"]) == [
                "uncharged-activation-fee 2025-08-05 2025-09-15 699"
            ])
        // The pro-rata part, as it was missed in February 2021.
        #expect(
            try findings(
                "2025-07-16", ["renewal 2025-09-01 1698", "renewal 2025-09-15 999", "renewal 2025-10-01 999"])
                == ["undecided 2025-07-16 2025-09-01 516", "undecided 2025-08-01 2025-09-01 999"])
        #expect(
            try findings(
                "2025-07-16",
                [
                    "activation 2025-09-01 699", "renewal 2025-09-01 999", "renewal 2025-09-15 999",
                    "renewal 2025-10-01 999",
                ]) == ["uncharged-renewal 2025-07-16 2025-09-01 516"])
    }

    @Test("a sum that comes to nothing that is open leaves everything that it may have paid undecided")
    func inexact() throws {
        #expect(
            try findings("2025-08-05", ["renewal 2025-09-15 2000", "renewal 2025-10-01 999"]) == [
                "undecided 2025-08-05 2025-09-15 999", "undecided 2025-09-01 2025-09-15 999",
            ])
    }

    @Test(
        "a rejected row near a collection may have paid its parts, and what else was due by its day",
        arguments: [
            (["renewal 2025-09-01 ?", "renewal 2025-09-15 999"], ["07-16 2025-09-01 516", "08-01 2025-09-01 999"]),
            (["renewal 2025-09-01 2214", "renewal 2025-09-03 ?"], ["09-01 2025-09-15 999"]),
        ])
    func rejected(charges: [String], found: [String]) throws {
        let found = found.map { "undecided 2025-\($0)" }
        let all = try findings("2025-07-16", charges + ["renewal 2025-10-01 999"])
        #expect(all.filter { !$0.hasSuffix(" 699") } == found)
    }

    @Test("a fee that is charged near a collection that does not carry it is no part of the sum")
    func feeBesideCollection() throws {
        var offer = OfferCase.offer()
        offer.activationFee = 699
        let collection = ActivationBand.Collection(
            day: try #require(CollectionDay(monthsAfter: 1, day: 1)), periods: 2, carriesActivationFee: false)
        let band = ActivationBand(days: 1...31, firstPeriod: .full, collections: [collection])
        var line = OfferCase(offer, calendar: .dayOfMonth(try #require(MonthlyCalendar(day: 1, bands: [band]))))
        line.activatedOn = "2025-07-28"
        line.window.1 = "2025-08-31"
        #expect(
            try line.findings(["activation 2025-07-28 699", "renewal 2025-08-01 1000", "renewal 2025-08-01 998"]) == [])
    }

    @Test("the same sum twice is a duplicate")
    func twice() throws {
        let found = try findings(
            "2025-08-05", ["renewal 2025-09-15 2697", "renewal 2025-09-15 2697", "renewal 2025-10-01 999"])
        #expect(found == ["duplicate-charge 2025-08-05 2025-09-15 999"])
    }

    @Test("a renewal that is collected on or after the last day of the exports is not judged")
    func later() throws {
        #expect(try findings("2025-08-05", [], fee: nil, to: "2025-09-15") == [])
        #expect(
            try findings("2025-08-05", [], fee: nil, to: "2025-09-16") == [
                "uncharged-renewal 2025-08-05 2025-09-15 999", "uncharged-renewal 2025-09-01 2025-09-15 999",
            ])
    }

    @Test("late and early are counted from the day of collection")
    func untimely() throws {
        #expect(
            try findings(
                "2025-08-05",
                [
                    "renewal 2025-09-25 999 2025-08-05 2025-08-31", "renewal 2025-09-01 999 2025-09-01 2025-09-30",
                    "renewal 2025-10-01 999",
                ], fee: nil)
                == ["charged-late 2025-08-05 2025-09-15 999", "charged-early 2025-09-01 2025-09-15 999"])
    }
}
