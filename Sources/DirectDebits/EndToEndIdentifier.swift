import BillingFiles

/// The reference that a collection carries to the bank and that every answer to it names.
public enum EndToEndIdentifier {
    /// The reference of a charge: its id where banks can carry it, else a hash of it.
    ///
    /// A pure function of the id, which of a recovery charge is one of subscription and period. Banks carry 35
    /// characters; an id that is longer, or has others than `BankText` allows, becomes `H-`, 24 digits of its SHA-256,
    /// and its last eight characters where they are digits: the first day of the period of a recovery charge.
    public static func of(charge identifier: [UInt8]) -> String {
        if BankText.isIdentifier(identifier) { return String(decoding: identifier, as: UTF8.self) }
        let hash = "H-" + FileDigest.sha256(of: identifier).prefix(24)
        let day = identifier.suffix(8)
        guard day.count == 8, day.allSatisfy(CheckDigits.isDigit) else { return hash }
        return hash + "-" + String(decoding: day, as: UTF8.self)
    }
}
