import BillingValues
import TestSupport
import Testing

@testable import BillingFiles

@Suite struct NumberFormTests {
    @Test(arguments: [
        (DurationForm.seconds, "13", 13, false), (.seconds, "13.5", 14, true), (.seconds, "13.4", 13, true),
        (.seconds, "007", 7, false), (.milliseconds, "1500", 2, true), (.minutes, "1.5", 90, false),
        (.clock, "0000:25:56", 1556, false), (.clock, "1:00:01", 3601, false), (.digits, "003055", 1855, false),
        (.digitsWithHundredths, "00003000", 30, false), (.digitsWithHundredths, "00003050", 31, true),
        (.go, "10s", 10, false), (.go, "5m", 300, false), (.go, "1h2m3s", 3723, false), (.go, "1m0.5s", 61, true),
        (.go, "20", 20, false), (.go, "1h500ms", 3601, true),
    ])
    func durations(form: DurationForm, text: String, seconds: Int64, isRounded: Bool) throws {
        let found = form.read(Array(text.utf8).span)
        let read = try #require(found)
        #expect(read.count == seconds)
        #expect(read.isRounded == isRounded)
    }

    @Test(arguments: [
        (DurationForm.seconds, ""), (.seconds, "-1"), (.seconds, "1,5"), (.seconds, "."), (.seconds, "5."),
        (.clock, "00:60:00"), (.clock, "00:00:60"), (.clock, "5:00"), (.clock, "12:3:04"), (.digits, "006100"),
        (.digits, "3055"), (.digitsWithHundredths, "006055"), (.digitsWithHundredths, "00600000"), (.go, "5" + "x"),
        (.go, "3s2m"), (.go, "1m1m"),
        (.go, "m"), (.go, ""), (.seconds, "99999999999999"),
    ])
    func noDurations(form: DurationForm, text: String) {
        let isRead = form.read(Array(text.utf8).span) != nil
        #expect(!isRead)
    }

    @Test(arguments: [
        ("0,0546", AmountForm(decimalMark: 0x2C), "0.0546"),
        ("1.234,50", AmountForm(decimalMark: 0x2C, groupMark: 0x2E), "1234.50"),
        ("12.345.678,9", AmountForm(decimalMark: 0x2C, groupMark: 0x2E), "12345678.9"),
        ("1.0100", AmountForm(), "1.01"), ("5.00", AmountForm(), "5.00"), ("007", AmountForm(), "7"),
        ("-3.10", AmountForm(), "-3.10"), ("3.10", AmountForm(isNegated: true), "-3.10"), ("+2", AmountForm(), "2"),
        ("1234567", AmountForm(implied: .count(4)), "123.4567"), ("5", AmountForm(implied: .count(3)), "0.005"),
        ("1000", AmountForm(implied: .count(3)), "1.00"), ("-5", AmountForm(implied: .count(2)), "-0.05"),
        ("79.665", AmountForm(rounding: .init(decimals: 2, rule: .halfUp)), "79.67"),
        ("-79.665", AmountForm(rounding: .init(decimals: 2, rule: .halfUp)), "-79.67"),
        ("0.004", AmountForm(rounding: .init(decimals: 2, rule: .halfUp)), "0.00"),
    ])
    func amounts(text: String, form: AmountForm, expected: String) throws {
        let implied: Int? = if case .count(let count)? = form.implied { count } else { nil }
        var row = RowText(reusing: [])
        let amount = ReadAmount(Array(text.utf8).span, form, decimals: implied)
        try #require(amount != nil)
        amount?.write(to: &row)
        let (bytes, count) = row.finish()
        #expect(String(decoding: bytes[..<count], as: UTF8.self) == expected)
    }

    @Test(arguments: [
        ("0.0546", AmountForm(decimalMark: 0x2C)), ("1,2,3", AmountForm(decimalMark: 0x2C)), ("", AmountForm()),
        (".5", AmountForm()), ("5.", AmountForm()), ("1.23.4", AmountForm()), ("--1", AmountForm()),
        ("1e3", AmountForm()),
        ("12.34", AmountForm(implied: .count(2))), ("1234.567,8", AmountForm(decimalMark: 0x2C, groupMark: 0x2E)),
        ("1.23,4", AmountForm(decimalMark: 0x2C, groupMark: 0x2E)),
        ("1.2345,6", AmountForm(decimalMark: 0x2C, groupMark: 0x2E)),
        (".123", AmountForm(decimalMark: 0x2C, groupMark: 0x2E)), ("9223372036854775808", AmountForm()),
        (" 5", AmountForm()),
    ])
    func noAmounts(text: String, form: AmountForm) {
        let implied: Int? = if case .count(let count)? = form.implied { count } else { nil }
        let isRead = ReadAmount(Array(text.utf8).span, form, decimals: implied) != nil
        #expect(!isRead)
    }

    /// Random bytes neither trap nor become numbers that a plain reading of digits would not give.
    @Test func anyBytesAreSafe() {
        var random = SplitMix64(seed: testSeed)
        let letters = Array("0123456789.,:-+hms \u{FF}".utf8)
        for _ in 0..<20_000 {
            let text = (0..<Int.random(in: 0...24, using: &random)).map { _ in
                letters.randomElement(using: &random) ?? 0
            }
            for form in DurationForm.allCases { _ = form.read(text.span) }
            for mark in [UInt8(ascii: "."), UInt8(ascii: ",")] {
                let amount = ReadAmount(text.span, AmountForm(decimalMark: mark), decimals: nil)
                if let amount { #expect(text.contains { (0x30...0x39).contains($0) } && amount.decimals <= 18) }
            }
        }
    }
}
