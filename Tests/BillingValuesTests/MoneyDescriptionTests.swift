import BillingValues
import Testing

@Suite("Money description")
struct MoneyDescriptionTests {
    @Test(
        "writes all decimals of the currency and no more",
        arguments: [
            (999, .eur, "9.99"), (1_050, .eur, "10.50"), (0, .eur, "0.00"), (-5, .eur, "-0.05"),
            (-100, .eur, "-1.00"), (1_200, .jpy, "1200"), (0, .jpy, "0"), (-7, .jpy, "-7"), (1, .kwd, "0.001"),
            (1_234, .kwd, "1.234"), (.max, .eur, "92233720368547758.07"), (.min, .eur, "-92233720368547758.08"),
            (.min, .jpy, "-9223372036854775808"), (.min, .kwd, "-9223372036854775.808"),
        ] as [(Int64, Currency, String)])
    func amounts(units: Int64, currency: Currency, text: String) {
        let amount = Money(minorUnits: units, currency: currency)
        #expect(amount.amountText == text)
        #expect(amount.description == text + " " + currency.alphabeticCode)
    }

    @Test("appends to what is there")
    func appends() {
        var bytes = Array("price: ".utf8)
        Money(minorUnits: 999, currency: .eur).writeAmount(to: &bytes)
        Money.writeAmount(minorUnits: 1, exponent: 18, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == "price: 9.990.000000000000000001")
    }

    @Test("stops the program for decimals that no amount has", arguments: [-1, 19])
    func impossibleExponent(exponent: Int) async {
        await #expect(processExitsWith: .failure) { [exponent] in
            var bytes: [UInt8] = []
            Money.writeAmount(minorUnits: 1, exponent: exponent, to: &bytes)
        }
    }
}
