import BillingValues
import Testing

@Suite("Currency")
struct CurrencyTests {
    @Test("knows exactly the codes of ISO 4217 list one and their minor units, among all codes of three letters")
    func everyCode() throws {
        let expected = try ExpectedValues.committed("currencies.tsv")
        let digits = Dictionary(uniqueKeysWithValues: expected.records.map { ($0[0], Int($0[1])) })
        var mismatches = Mismatches()
        let letters = UInt8(ascii: "A")...UInt8(ascii: "Z")
        for first in letters {
            for second in letters {
                for third in letters {
                    let bytes = [first, second, third]
                    let code = String(decoding: bytes, as: UTF8.self)
                    let currency = Currency(bytes: bytes.span)
                    mismatches.check(currency?.exponent == digits[code] ?? nil, code)
                    mismatches.check(currency == nil || currency?.alphabeticCode == code, "\(code) keeps its code")
                }
            }
        }
        #expect(mismatches.shown == [])
        #expect(Currency.all.map(\.alphabeticCode) == expected.records.map { $0[0] })
    }

    @Test(
        "has the digits of the minor unit",
        arguments: [
            ("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("UYW", 4), ("ISK", 0), ("TND", 3), ("BGN", 2),
            ("VED", 2), ("SLE", 2), ("XCG", 2), ("ZWG", 2), ("XOF", 0), ("HUF", 2),
        ])
    func exponents(code: String, exponent: Int) {
        #expect(Currency(code: code)?.exponent == exponent)
        #expect(Currency(code: code)?.description == code)
    }

    @Test(
        "refuses codes that are withdrawn, without a minor unit, or none",
        arguments: [
            "HRK", "ANG", "ZWL", "SLL", "CUC", "DEM", "XXX", "XAU", "XTS", "XDR", "", "E", "EU", "EURO", "eur",
            "Eur", " EUR", "EU\0", "ЕUR", "978",
        ])
    func refusals(code: String) {
        #expect(Currency(code: code) == nil)
        #expect(Currency(bytes: Array(code.utf8).span) == nil)
    }

    @Test("packs its code into 24 bits, in the order of the codes")
    func packing() {
        #expect(Currency.eur.packedCode == 0x45_55_52)
        #expect(Currency(packedCode: 0x45_55_52) == .eur)
        #expect(Currency(packedCode: 0x01_45_55_52) == nil)
        #expect(Currency(packedCode: 0) == nil)
        #expect(Currency(packedCode: .max) == nil)
        #expect(Currency.all.map(\.packedCode) == Currency.all.map(\.packedCode).sorted())
    }

    @Test("has constants that equal what the table gives")
    func constants() {
        let constants: [(Currency, String)] = [
            (.chf, "CHF"), (.eur, "EUR"), (.gbp, "GBP"), (.jpy, "JPY"), (.kwd, "KWD"), (.usd, "USD"),
        ]
        for (constant, code) in constants {
            #expect(constant == Currency(code: code))
        }
    }
}
