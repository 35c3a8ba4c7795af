import BillingRecords
import BillingValues
import Testing

@testable import RenewalAudit

/// Audits one line of an offer with charges written as text, and gives what was found, a line a finding.
struct OfferCase {
    var offer: Offer
    var calendar: BillingCalendar?
    var suspension = SuspensionPolicy.standard
    var activatedOn = "2025-07-16"
    var cycle = "P1M"
    /// Nil for a row without a price.
    var price: Int64? = 999
    var window = ("2025-07-01", "2025-12-01")
    var events: [CaseEvent] = []

    init(_ offer: Offer = OfferCase.offer(), calendar: BillingCalendar? = nil) {
        self.offer = offer
        self.calendar = calendar
        if calendar != nil { self.offer.calendar = 0 }
    }

    /// An offer of 9.99 EUR a month.
    static func offer(_ prices: [OfferPrices.Price] = [.init(amount: 999)]) -> Offer {
        Offer(name: Array("basic".utf8), currency: .eur, prices: OfferPrices(prices))
    }

    /// The calendar of Easy Pay: the 15th or the 1st first, then always the 1st.
    static func easyPay() throws -> BillingCalendar {
        func collection(_ months: Int, _ day: Int, _ periods: Int, fee: Bool) throws -> ActivationBand.Collection {
            .init(
                day: try #require(CollectionDay(monthsAfter: months, day: day)), periods: periods,
                carriesActivationFee: fee)
        }
        let bands = [
            ActivationBand(days: 1...10, firstPeriod: .full, collections: [try collection(1, 15, 2, fee: true)]),
            ActivationBand(
                days: 11...31, firstPeriod: .proRata,
                collections: [try collection(2, 1, 2, fee: true), try collection(2, 15, 1, fee: false)]),
        ]
        return .dayOfMonth(try #require(MonthlyCalendar(day: 1, bands: bands)))
    }

    /// What is found: rule, first day of the period, due day, expected amount.
    ///
    /// A charge is `kind day amount`, with the first and the last day of its period behind it if it states them; with `?`
    /// for its amount it is a rejected row.
    func findings(_ charges: [String], sourceLocation: SourceLocation = #_sourceLocation) throws -> [String] {
        var results: [[String]] = []
        for way in [AuditRun.Way(), .init(letsRegularPass: false), .init(batches: 50, sieves: 2)] {
            let run = AuditRun(try auditCase(charges), way: way)
            results.append(
                run.discrepancies.map { found in
                    let days = [found.period?.start, found.dueOn].map { $0.map { "\($0)" } ?? "-" }
                    return ([found.rule.identifier] + days + [found.expected.map { "\($0)" } ?? "-"])
                        .joined(separator: " ")
                })
        }
        #expect(results[1] == results[0] && results[2] == results[0], sourceLocation: sourceLocation)
        return results[0]
    }

    /// The case as the engine takes it.
    func auditCase(_ charges: [String]) throws -> AuditCase {
        let window = try #require(
            AuditWindow(from: try Self.date(window.0), to: try Self.date(window.1)))
        var input = AuditCase(terms: AuditTerms(window: window))
        let calendars = calendar.map { [OfferCatalogue.NamedCalendar(name: Array("own".utf8), calendar: $0)] } ?? []
        input.offers = OfferCatalogue(offers: [offer], calendars: calendars)
        input.suspension = suspension
        var subscription = CaseSubscription(
            identifier: "A",
            terms: RenewalTerms(
                activatedOn: try Self.date(activatedOn), endedOn: nil,
                cycle: try #require(BillingCycle(cycle)),
                price: Money(minorUnits: price ?? 0, currency: .eur)))
        subscription.hasPrice = price != nil
        input.subscriptions = [subscription]
        input.events = events
        input.charges = try charges.map { try Self.charge($0) }
        return input
    }

    private static func charge(_ text: String) throws -> CaseCharge {
        let words = text.split(separator: " ").map(String.init)
        let kind = try #require(ChargeKind.allCases.first { $0.word == words[0] })
        let days = try (words[1...1] + words.dropFirst(3)).map { word in try date(word) }
        return CaseCharge(
            subscription: "A", kind: kind, chargedOn: days[0], periodStart: days.count > 1 ? days[1] : nil,
            periodEnd: days.count > 2 ? days[2] : nil, amount: words[2] == "?" ? 0 : try #require(Int64(words[2])),
            currency: .eur, status: .posted, isSound: words[2] != "?")
    }

    private static func date(_ text: String) throws -> CivilDate { try #require(CivilDate(text)) }
}
