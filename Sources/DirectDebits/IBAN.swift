/// The number of a bank account as SEPA has it, with sound check digits.
public struct IBAN: Hashable, Sendable, CustomStringConvertible {
    /// What can be wrong with a number.
    public enum Fault: Error, Hashable, Sendable {
        /// It is not made of two capitals, two digits, and capitals or digits.
        case form
        /// The country is none of SEPA.
        case country(String)
        /// The country's numbers have another length.
        case length(expected: Int)
        /// The check digits belong to another number.
        case checkDigits
    }

    /// The number without blanks.
    public let text: String

    /// The number without blanks.
    public var description: String { text }

    /// Reads a number, which may have a blank behind each group of four.
    ///
    /// Capitals are wanted, as the standard has them. Lengths and countries are those of the IBAN registry (ISO 13616)
    /// for the countries of the SEPA schemes; the check is that of ISO 7064, modulus 97.
    public init(_ written: String) throws(Fault) {
        let bytes = Array(written.utf8.filter { $0 != UInt8(ascii: " ") })
        guard bytes.count >= 5, bytes.prefix(2).allSatisfy(CheckDigits.isCapital),
            bytes[2..<4].allSatisfy(CheckDigits.isDigit), bytes.allSatisfy({ CheckDigits.value($0) != nil })
        else { throw .form }
        let country = String(decoding: bytes.prefix(2), as: UTF8.self)
        guard let length = Self.lengths[country] else { throw .country(country) }
        guard bytes.count == length else { throw .length(expected: length) }
        guard CheckDigits.remainder(Array(bytes[4...] + bytes[..<4])) == 1 else { throw .checkDigits }
        text = String(decoding: bytes, as: UTF8.self)
    }

    /// The country's two letters.
    public var country: String { String(text.prefix(2)) }

    private static let lengths = [
        "AD": 24, "AL": 28, "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20,
        "ES": 24, "FI": 18, "FR": 27, "GB": 22, "GI": 23, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26, "IT": 27,
        "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MD": 24, "ME": 22, "MK": 19, "MT": 31, "NL": 18, "NO": 15,
        "PL": 28, "PT": 25, "RO": 24, "RS": 22, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "VA": 22,
    ]
}

/// Check digits by ISO 7064, modulus 97: letters stand for 10 to 35.
enum CheckDigits {
    static func isCapital(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "A") <= 25 }

    static func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") <= 9 }

    static func value(_ byte: UInt8) -> Int? {
        if isDigit(byte) { return Int(byte - UInt8(ascii: "0")) }
        return isCapital(byte) ? Int(byte - UInt8(ascii: "A")) + 10 : nil
    }

    /// The remainder of the number that some capitals and digits stand for.
    static func remainder(_ bytes: [UInt8]) -> Int {
        bytes.reduce(0) { rest, byte in
            let value = value(byte) ?? 0
            return (rest * (value > 9 ? 100 : 10) + value) % 97
        }
    }
}
