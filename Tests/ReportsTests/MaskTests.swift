import Testing

@testable import Reports

@Suite("Personal numbers are hidden")
struct MaskTests {
    @Test(
        "Phone numbers keep three characters at most",
        arguments: [
            ("", ""), ("1", "*"), ("123", "***"), ("1234", "*234"), ("393331234567", "*********567"),
            ("+39 333", "****333"),
        ])
    func phoneNumber(number: String, masked: String) {
        #expect(String(decoding: PhoneNumberMask.mask(Array(number.utf8)), as: UTF8.self) == masked)
    }

    @Test(
        "Long runs of digits in text keep three digits, short ones stay",
        arguments: [
            ("", ""), ("12345678", "12345678"), ("123456789", "******789"), ("a123456789b", "a******789b"),
            ("393331234567 and 393331234568", "*********567 and *********568"), ("2024-02-30", "2024-02-30"),
            ("1234567890.99", "*******890.99"), ("IT60X0542811101000000123456", "IT60X*******************456"),
            ("x 12 y", "x 12 y"),
        ])
    func longNumber(text: String, masked: String) {
        #expect(LongNumberMask.mask(text) == masked)
    }
}
