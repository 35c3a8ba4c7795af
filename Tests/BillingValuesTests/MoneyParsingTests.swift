import BillingValues
import TestSupport
import Testing

@Suite("Money parsing")
struct MoneyParsingTests {
    @Test(
        "reads amounts",
        arguments: [
            ("0", 2, 0), ("10.5", 2, 1_050), ("9.99", 2, 999), ("-0.00", 2, 0), ("-0", 0, 0), ("-0.05", 2, -5),
            ("007", 2, 700), ("1200", 0, 1_200), ("1.234", 3, 1_234), ("0.0001", 4, 1),
            ("92233720368547758.07", 2, .max), ("-92233720368547758.08", 2, .min),
            ("9223372036854775807", 0, .max), ("-9223372036854775808", 0, .min),
            ("000000000000000000000000000001.5", 2, 150), ("9", 18, 9_000_000_000_000_000_000),
        ] as [(String, Int, Int64)])
    func reads(text: String, exponent: Int, units: Int64) throws {
        #expect(try Money.minorUnits(in: Array(text.utf8).span, exponent: exponent) == units)
    }

    @Test(
        "refuses the rest, with the first fault that applies",
        arguments: [
            ("", 2, .empty), ("-", 2, .notAnAmount), (".", 2, .notAnAmount), (".5", 2, .notAnAmount),
            ("-.5", 2, .notAnAmount), ("5.", 2, .notAnAmount), ("5.", 0, .notAnAmount), ("+5", 2, .notAnAmount),
            ("--5", 2, .notAnAmount), ("5-", 2, .notAnAmount), (" 5", 2, .notAnAmount), ("5 ", 2, .notAnAmount),
            ("1,5", 2, .notAnAmount), ("1,000.00", 2, .notAnAmount), ("1.5.0", 2, .notAnAmount),
            ("1e2", 2, .notAnAmount), ("0x1F", 2, .notAnAmount), ("NaN", 2, .notAnAmount),
            ("inf", 2, .notAnAmount), ("\u{2212}5", 2, .notAnAmount), ("٥", 2, .notAnAmount),
            ("5€", 2, .notAnAmount), ("5\0", 2, .notAnAmount), ("1_000", 2, .notAnAmount),
            ("1.234x", 2, .notAnAmount), ("99999999999999999999x", 2, .notAnAmount),
            ("1.0", 0, .tooManyDecimals), ("1.000", 2, .tooManyDecimals),
            ("99999999999999999999.999", 2, .tooManyDecimals), ("92233720368547758.08", 2, .outOfRange),
            ("-92233720368547758.09", 2, .outOfRange), ("9223372036854775808", 0, .outOfRange),
            ("-9223372036854775809", 0, .outOfRange), ("92233720368547759", 2, .outOfRange),
            ("99999999999999999999999999", 2, .outOfRange), ("10", 18, .outOfRange), ("0", 19, .outOfRange),
            ("0", -1, .outOfRange), ("0", .max, .outOfRange), ("0", .min, .outOfRange),
            ("0.0", -1, .tooManyDecimals),
        ] as [(String, Int, AmountFault)])
    func refuses(text: String, exponent: Int, fault: AmountFault) {
        #expect(throws: fault) { try Money.minorUnits(in: Array(text.utf8).span, exponent: exponent) }
    }

    @Test("reads an amount with the decimals of its currency")
    func currency() throws {
        #expect(try Money(parsing: "1.234", currency: .kwd) == Money(minorUnits: 1_234, currency: .kwd))
        #expect(throws: AmountFault.tooManyDecimals) { try Money(parsing: "1.234", currency: .eur) }
    }

    @Test("reads back every amount it writes", arguments: [Currency.jpy, .eur, .kwd])
    func roundTrip(currency: Currency) throws {
        var random = SplitMix64(seed: testSeed)
        var mismatches = Mismatches()
        for _ in 0..<5_000 {
            let amount = Money(minorUnits: random.minorUnits(), currency: currency)
            let text = amount.amountText
            mismatches.check((try? Money(parsing: text, currency: currency)) == amount, text)
        }
        #expect(mismatches.shown == [], "\(mismatches.count) wrong, seed \(testSeed)")
    }
}
