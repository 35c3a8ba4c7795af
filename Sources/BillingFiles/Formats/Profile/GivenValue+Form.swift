import BillingValues

extension GivenValue.Form {
    /// Whether a text looks so.
    public func fits(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard !bytes.isEmpty, !bytes.contains(where: { $0 < 0x20 }), bytes.first != UInt8(ascii: " "),
            bytes.last != UInt8(ascii: " ")
        else { return false }
        switch self {
        case .text: return true
        case .date: return CivilDate.parse(bytes.span) != nil
        case .time: return bytes.count == 19 && CivilTimestamp.parse(bytes) != nil
        case .percent:
            let parts = text.split(separator: ".", omittingEmptySubsequences: false)
            let areDigits = parts.allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy { $0 &- 0x30 <= 9 } }
            guard areDigits, parts.count <= 2, parts.last.map({ parts.count == 1 || $0.count <= 2 }) ?? false else {
                return false
            }
            guard let whole = Int(parts[0]), whole <= 100 else { return false }
            return whole < 100 || parts.dropFirst().allSatisfy { $0.utf8.allSatisfy { $0 == 0x30 } }
        case .country: return bytes.count == 2 && bytes.allSatisfy { (0x41...0x5A).contains($0) }
        case .digits: return bytes.allSatisfy { $0 &- 0x30 <= 9 }
        case .iban: return Self.isIBAN(bytes)
        case .bic: return Self.isBIC(bytes)
        }
    }

    /// Whether bytes are capitals and digits of which those that ISO 13616 asks for check the others.
    private static func isIBAN(_ bytes: [UInt8]) -> Bool {
        guard (15...34).contains(bytes.count), bytes[..<2].allSatisfy({ (0x41...0x5A).contains($0) }),
            bytes[2..<4].allSatisfy({ $0 &- 0x30 <= 9 })
        else { return false }
        var rest = 0
        for byte in bytes[4...] + bytes[..<4] {
            switch byte {
            case 0x30...0x39: rest = (rest * 10 + Int(byte - 0x30)) % 97
            case 0x41...0x5A: rest = (rest * 100 + Int(byte - 0x41) + 10) % 97
            default: return false
            }
        }
        return rest == 1
    }

    /// Whether bytes are a bank, a country, a place and perhaps a branch (ISO 9362).
    private static func isBIC(_ bytes: [UInt8]) -> Bool {
        func isCapital(_ byte: UInt8) -> Bool { (0x41...0x5A).contains(byte) }
        return (bytes.count == 8 || bytes.count == 11) && bytes.allSatisfy { isCapital($0) || $0 &- 0x30 <= 9 }
            && bytes[4..<6].allSatisfy(isCapital)
    }

    /// What it looks like, in words.
    public var wording: String {
        switch self {
        case .text: "a text without blanks around it"
        case .date: "a day as 2025-06-01"
        case .time: "a time as 2025-06-01T08:30:00"
        case .percent: "a number from 0 to 100 with at most two decimals, as 22 or 22.00"
        case .country: "the two capitals of a country, as IT"
        case .digits: "digits"
        case .bic: "a BIC of 8 or 11 characters"
        case .iban: "an IBAN without blanks, with its check digits"
        }
    }
}
