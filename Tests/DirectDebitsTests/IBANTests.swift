import Testing

@testable import DirectDebits

/// Numbers of accounts, creditors and banks, and texts that banks carry.
@Suite struct IBANTests {
    @Test(arguments: [
        "DE89370400440532013000", "IT60 X054 2811 1010 0000 0123 456", "NL77ABNA0574908765", "IE29AIBK93115212345678",
        "NO9386011117947", "MT84MALT011000012345MTLCAST001S", "FR1420041010050500013M02606", "GB82WEST12345698765432",
    ])
    func soundNumbersAreRead(text: String) throws {
        #expect(try IBAN(text).text == text.filter { $0 != " " })
    }

    @Test(arguments: [
        ("DE89370400440532013001", IBAN.Fault.checkDigits), ("DE98370400440532013000", .checkDigits),
        ("DE8937040044053201300", .length(expected: 22)), ("US89370400440532013000", .country("US")),
        ("de89370400440532013000", .form), ("DE89-3704-0044", .form), ("", .form), ("DE8", .form),
    ])
    func othersAreTold(text: String, fault: IBAN.Fault) {
        #expect(Self.fault(of: text) == fault)
    }

    private static func fault(of text: String) -> IBAN.Fault? {
        do throws(IBAN.Fault) {
            _ = try IBAN(text)
            return nil
        } catch {
            return error
        }
    }

    /// Any single character changed, and any two neighbours exchanged, is found.
    @Test func slipsOfThePenAreFound() throws {
        let text = Array("IT60X0542811101000000123456".utf8)
        for index in 4..<text.count {
            var other = text
            other[index] = text[index] == UInt8(ascii: "7") ? UInt8(ascii: "8") : UInt8(ascii: "7")
            #expect(Self.fault(of: String(decoding: other, as: UTF8.self)) == .checkDigits)
            guard index + 1 < text.count, text[index] != text[index + 1] else { continue }
            other = text
            other.swapAt(index, index + 1)
            #expect(Self.fault(of: String(decoding: other, as: UTF8.self)) == .checkDigits)
        }
    }

    @Test(arguments: [
        ("DE98ZZZ09999999999", true), ("DE98ABC09999999999", true), ("DE97ZZZ09999999999", false), ("", false),
    ])
    func creditorsHaveCheckDigits(text: String, isSound: Bool) {
        #expect((CreditorIdentifier(text) != nil) == isSound)
    }

    @Test(arguments: [
        ("Nicolò Müller", "Nicolo Mueller"), ("Łódź & Söhne", "Lodz + Soehne"), ("李 Ltd", ". Ltd"), ("  a ", "a"),
        ("Ærø\u{00A0}x", "Aeroe x"),
    ])
    func namesAreWrittenAsBanksCarryThem(name: String, written: String) {
        #expect(BankText.writable(name, atMost: 70) == written)
    }

    @Test(arguments: [
        ("R-S1-20250101", "R-S1-20250101"),
        ("R-0123456789012345678901234567-20250101", "H-"), ("R-Ä-20250101", "H-"), ("R-a//b-20250101", "H-"),
    ])
    func referencesAreTheChargesOwnWhereBanksCarryThem(charge: String, reference: String) {
        let made = EndToEndIdentifier.of(charge: Array(charge.utf8))
        #expect(made.hasPrefix(reference))
        #expect(made.hasSuffix("-20250101"), "the period stays readable")
        #expect(BankText.isIdentifier(Array(made.utf8)))
        #expect(made == EndToEndIdentifier.of(charge: Array(charge.utf8)))
    }
}
