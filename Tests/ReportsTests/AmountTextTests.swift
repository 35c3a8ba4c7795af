import BillingRecords
import BillingValues
import TestSupport
import Testing

@testable import Reports

@Suite("Amounts as reports write them")
struct AmountTextTests {
    @Test(
        "Plain text",
        arguments: [
            (0, 2, "0.00"), (5, 2, "0.05"), (-5, 2, "-0.05"), (100, 2, "1.00"), (274_725, 2, "2747.25"), (0, 0, "0"),
            (1200, 0, "1200"), (-1, 0, "-1"), (24_900, 3, "24.900"), (-7, 3, "-0.007"), (12_345, 4, "1.2345"),
            (.max, 2, "1701411834604692317316873037158841057.27"), (.max, 0, "170141183460469231731687303715884105727"),
            (.min, 2, "-1701411834604692317316873037158841057.28"),
            (.min, 3, "-170141183460469231731687303715884105.728"),
        ] as [(Int128, Int, String)])
    func plain(amount: Int128, exponent: Int, text: String) {
        #expect(AmountText.plain(amount, exponent: exponent) == text)
    }

    @Test("Plain text says the same as Money", arguments: [Currency.eur, .jpy, .kwd])
    func likeMoney(currency: Currency) {
        var random = SplitMix64(seed: testSeed)
        for _ in 0..<2_000 {
            let units = Int64(truncatingIfNeeded: random.next()) >> Int64(random.next() % 64)
            var bytes: [UInt8] = []
            Money(minorUnits: units, currency: currency).writeAmount(to: &bytes)
            #expect(
                AmountText.plain(Int128(units), exponent: currency.exponent) == String(decoding: bytes, as: UTF8.self),
                "seed \(testSeed)")
        }
    }

    @Test("Sums for people, by currency in the order of the codes")
    func people() {
        var tally = MoneyTally()
        #expect(AmountText.people(tally) == "0")
        tally.addUnreadable()
        #expect(AmountText.people(tally) == "0")
        tally.add(amount: 1_000, currency: Currency.usd.packedCode)
        tally.add(amount: -123_456_789, currency: Currency.jpy.packedCode)
        tally.add(amount: 274_725, currency: Currency.eur.packedCode)
        tally.add(amount: 999_999, currency: Currency.kwd.packedCode)
        #expect(AmountText.people(tally) == "2,747.25 EUR + -123,456,789 JPY + 999.999 KWD + 10.00 USD")
    }

    @Test(
        "Counts for people",
        arguments: [
            (0, "0"), (999, "999"), (1_000, "1,000"), (12_431, "12,431"), (999_999, "999,999"),
            (1_000_000, "1,000,000"),
            (-1_000, "-1,000"), (-100, "-100"), (Int.max, "9,223,372,036,854,775,807"),
            (Int.min, "-9,223,372,036,854,775,808"),
        ])
    func counts(count: Int, text: String) {
        #expect(AmountText.people(count) == text)
    }

    @Test(
        "Shares are rounded down, so that only all is 100.0 %",
        arguments: [
            (0, 0, "-"), (5, 0, "-"), (0, 7, "0.0 %"), (7, 7, "100.0 %"), (999_999, 1_000_000, "99.9 %"),
            (1, 3, "33.3 %"), (2, 3, "66.6 %"), (1, 1_000, "0.1 %"), (1, 1_001, "0.0 %"), (1, 8, "12.5 %"),
        ])
    func shares(part: Int, whole: Int, text: String) {
        #expect(AmountText.share(part, of: whole) == text)
    }
}
