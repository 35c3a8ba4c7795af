import BillingRecords
import BillingValues
import RenewalAudit
import Testing

@Suite("Prices of an offer")
struct OfferPricesTests {
    private static func price(
        _ amount: Int64, _ from: String?, _ until: String?, _ audience: OfferPrices.Price.Audience? = nil
    ) -> OfferPrices.Price {
        .init(
            amount: amount, from: from.flatMap { CivilDate($0) }, until: until.flatMap { CivilDate($0) },
            audience: audience)
    }

    /// A list that changed on 1 October; each line is the row's price, for whom the new price holds, and what is found
    /// where 9.99 is charged in September and October.
    @Test(
        arguments: [
            (nil, nil, ["partial-charge 2025-10-16 2025-10-16 1099"]),
            // The row has the present price.
            (1099, nil, ["partial-charge 2025-10-16 2025-10-16 1099"]),
            // The row has the earlier price: it was paid, whether the line kept it nobody can tell.
            (999, nil, []), (999, .everyone, ["partial-charge 2025-10-16 2025-10-16 1099"]), (999, .new, []),
            // The customer's own price counts.
            (
                500, nil,
                [
                    "wrong-amount 2025-08-16 2025-08-16 500", "wrong-amount 2025-09-16 2025-09-16 500",
                    "wrong-amount 2025-10-16 2025-10-16 500",
                ]
            ),
        ] as [(Int64?, OfferPrices.Price.Audience?, [String])])
    func rowAndList(own: Int64?, audience: OfferPrices.Price.Audience?, expected: [String]) throws {
        var line = OfferCase(
            OfferCase.offer([
                Self.price(999, nil, audience == .new ? nil : "2025-10-01"),
                Self.price(1099, "2025-10-01", nil, audience),
            ]))
        line.price = own
        line.window.1 = "2025-11-01"
        #expect(
            try line.findings(["renewal 2025-08-16 999", "renewal 2025-09-16 999", "renewal 2025-10-16 999"])
                == expected)
    }

    @Test("a price that the row has from earlier is not recovered while nobody can tell whether it changed")
    func keptPrice() throws {
        var line = OfferCase(
            OfferCase.offer([Self.price(999, nil, "2025-10-01"), Self.price(1099, "2025-10-01", nil)]))
        line.window.1 = "2025-11-01"
        #expect(
            try line.findings(["renewal 2025-08-16 999"]) == [
                "uncharged-renewal 2025-09-16 2025-09-16 999", "undecided 2025-10-16 2025-10-16 999",
            ])
    }

    @Test("without a price of the row and of the list for the day nothing is uncharged")
    func unknownPrice() throws {
        var line = OfferCase(OfferCase.offer([Self.price(999, "2025-09-01", nil)]))
        line.price = nil
        line.window.1 = "2025-10-01"
        #expect(
            try line.findings([]) == [
                "undecided 2025-08-16 2025-08-16 999", "uncharged-renewal 2025-09-16 2025-09-16 999",
            ])
        #expect(
            try line.findings(["renewal 2025-08-16 999", "renewal 2025-09-16 999"]) == [
                "undecided 2025-08-16 2025-08-16 999"
            ])
        line = OfferCase(OfferCase.offer([]))
        line.price = nil
        #expect(try line.findings([]) == ["undecided - - -"])
    }

    @Test("first periods: free, then discounted, then the price; period 0 is the first")
    func firstPeriods() throws {
        var offer = OfferCase.offer()
        offer.freePeriods = 2
        offer.discount = FirstPeriodsDiscount(periods: 1, price: 499)
        let line = OfferCase(offer)
        #expect(
            try line.findings([]) == [
                "uncharged-renewal 2025-09-16 2025-09-16 499", "uncharged-renewal 2025-10-16 2025-10-16 999",
                "uncharged-renewal 2025-11-16 2025-11-16 999",
            ])
        #expect(
            try line.findings([
                "renewal 2025-08-16 999", "renewal 2025-09-16 999", "renewal 2025-10-16 999", "renewal 2025-11-16 999",
            ]) == ["charge-in-free-period 2025-08-16 - 0", "wrong-amount 2025-09-16 2025-09-16 499"])
    }

    @Test("another currency than the offer's leaves the line undecided")
    func currency() throws {
        var offer = OfferCase.offer()
        offer.currency = try #require(Currency(code: "USD"))
        #expect(try OfferCase(offer).findings(["renewal 2025-08-16 999"]) == ["undecided - - -"])
    }

    @Test("a calendar that no file has leaves the line undecided, also without an offers file")
    func unknownCalendar() throws {
        var input = try OfferCase().auditCase([])
        input.subscriptions[0].calendar = "moon"
        for offers in [input.offers, OfferCatalogue()] {
            input.offers = offers
            let run = AuditRun(input)
            #expect(run.discrepancies.map(\.rule) == [.undecided])
            let isWithoutFile = offers.offers.isEmpty
            #expect(run.discrepancies[0].reason.contains(isWithoutFile ? "no offers file" : "does not have"))
            let differences = run.subscriptions.offerDifferences
            #expect(differences.map(\.kind) == [.conflict])
            #expect(differences[0].difference.name == Array("moon".utf8))
            #expect(run.subscriptions.offerConflict(0)?.remedy.contains("--offers") == isWithoutFile)
        }
    }

    @Test("a monthly calendar and a cycle of days leave the line undecided")
    func cycleOfDays() throws {
        var line = OfferCase(calendar: try OfferCase.easyPay())
        line.cycle = "P30D"
        #expect(try line.findings([]) == ["undecided - - -"])
    }

    @Test("a line whose row and offer agree leaves no trace beyond its row")
    func plain() throws {
        for offer in [OfferCase.offer(), OfferCase.offer([]), OfferCase.offer([Self.price(1, nil, nil)])] {
            let run = AuditRun(try OfferCase(offer).auditCase(["renewal 2025-08-16 999"]))
            #expect(run.tally.regular.records == 1)
            #expect(run.discrepancies.map(\.rule) == [.unchargedRenewal, .unchargedRenewal, .unchargedRenewal])
        }
    }

    @Test("an offer that the line changes to brings its list price, unless an event sets another")
    func changedOffer() throws {
        var input = try OfferCase().auditCase(["renewal 2025-08-16 999"])
        let other = Offer(
            name: Array("other".utf8), currency: .eur, prices: OfferPrices([Self.price(1500, nil, nil)]))
        input.offers = OfferCatalogue(offers: input.offers.offers + [other])
        input.events = [
            CaseEvent(
                subscription: "A", kind: .offerChanged, effectiveOn: CivilDate("2025-09-16"), value: "other")
        ]
        #expect(AuditRun(input).discrepancies.map(\.expected) == [1500, 1500, 1500])
        input.events.append(
            CaseEvent(
                subscription: "A", kind: .priceChanged, effectiveOn: CivilDate("2025-10-16"), value: "12.00"))
        #expect(AuditRun(input).discrepancies.map(\.expected) == [1500, 1200, 1200])
    }
}
