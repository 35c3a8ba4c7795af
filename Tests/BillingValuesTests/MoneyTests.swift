import BillingValues
import Testing

@Suite("Money")
struct MoneyTests {
    @Test("holds minor units of a currency")
    func storage() {
        let price = Money(minorUnits: 999, currency: .eur)
        #expect(price.minorUnits == 999)
        #expect(price.currency == .eur)
        #expect(Money.zero(in: .jpy) == Money(minorUnits: 0, currency: .jpy))
        #expect(Money.zero(in: .jpy) != .zero(in: .eur))
    }

    @Test("calculates only within one currency")
    func currencies() {
        let euros = Money(minorUnits: 1, currency: .eur)
        let dollars = Money(minorUnits: 1, currency: .usd)
        #expect(throws: MoneyError.currencyMismatch) { try euros.adding(dollars) }
        #expect(throws: MoneyError.currencyMismatch) { try euros.subtracting(dollars) }
        #expect(throws: MoneyError.currencyMismatch) { try euros.compare(to: dollars) }
    }

    @Test("reports what leaves 64 bits")
    func overflow() throws {
        let largest = Money(minorUnits: .max, currency: .eur)
        let smallest = Money(minorUnits: .min, currency: .eur)
        let cent = Money(minorUnits: 1, currency: .eur)
        #expect(throws: MoneyError.overflow) { try largest.adding(cent) }
        #expect(throws: MoneyError.overflow) { try smallest.subtracting(cent) }
        #expect(throws: MoneyError.overflow) { try smallest.negated() }
        #expect(throws: MoneyError.overflow) { try smallest.multiplied(by: -1) }
        #expect(throws: MoneyError.overflow) { try smallest.multiplied(by: 1, over: -1, rounding: .down) }
        #expect(try largest.negated().minorUnits == -.max)
        #expect(try smallest.multiplied(by: .min, over: .min, rounding: .down) == smallest)
    }

    @Test("takes a ratio exactly and rounds once")
    func ratios() throws {
        let price = Money(minorUnits: 1_000, currency: .eur)
        #expect(try price.multiplied(by: 17, over: 30, rounding: .halfUp).minorUnits == 567)
        #expect(try price.multiplied(by: 17, over: 30, rounding: .down).minorUnits == 566)
        #expect(try price.multiplied(by: 17, over: -30, rounding: .halfUp).minorUnits == -567)
        #expect(throws: MoneyError.divisionByZero) { try price.multiplied(by: 1, over: 0, rounding: .halfUp) }
    }

    @Test("compares amounts with their signs")
    func comparison() throws {
        let less = Money(minorUnits: -200, currency: .eur)
        let greater = Money(minorUnits: 100, currency: .eur)
        #expect(try less.compare(to: greater) == .less)
        #expect(try greater.compare(to: less) == .greater)
        #expect(try greater.compare(to: greater) == .equal)
    }
}
