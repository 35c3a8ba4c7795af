import Testing

@testable import BillingFiles

/// Numbers of JSON as plain digits.
@Suite struct JSONNumberTests {
    @Test(arguments: [
        ("1", "1"), ("-0.10", "-0.10"), ("1.5E3", "1500"), ("1.0E7", "10000000"), ("1.9990E1", "19.990"),
        ("5e-3", "0.005"),
        ("-12.5e-1", "-1.25"), ("0e5", "0"), ("0.05e1", "0.5"), ("1e0", "1"),
        ("1e63", "1" + String(repeating: "0", count: 63)),
        ("1e64", "1e64"), ("1e999999999999999999999", "1e999999999999999999999"), ("1e-66", "1e-66"),
        ("19.989999999999998", "19.989999999999998"),
    ])
    func exponentsMoveDigits(text: String, plain: String) {
        #expect(String(decoding: JSONNumber.plain(Array(text.utf8)), as: UTF8.self) == plain)
    }
}
