public import BillingValues

/// What a customer has signed: that a creditor may collect from an account.
public struct Mandate: Hashable, Sendable {
    /// Which collection of the mandate comes next.
    public enum Sequence: String, CaseIterable, Sendable {
        /// The first of several.
        case first = "FRST"
        /// One of several.
        case recurring = "RCUR"
        /// The last of several.
        case final = "FNAL"
        /// The only one.
        case oneOff = "OOFF"
    }

    /// The name of whoever owns the account, in the characters of banks.
    public var accountHolder: String

    /// The account.
    public var iban: IBAN

    /// The number of the mandate, which tells it from all others of the creditor.
    public var identifier: String

    /// The day on which it was signed.
    public var signedOn: CivilDate

    /// Which collection comes next.
    public var sequence: Sequence

    /// The code of the bank; nil where the IBAN alone tells it.
    public var bic: String?
}

/// The code of a bank (ISO 9362).
enum BIC {
    /// Whether a text is one: six capitals, two capitals or digits, and three more or none.
    static func isOne(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 8 || bytes.count == 11 else { return false }
        return bytes.prefix(6).allSatisfy(CheckDigits.isCapital) && bytes.allSatisfy { CheckDigits.value($0) != nil }
            && bytes[6] > UInt8(ascii: "1") && bytes[7] != UInt8(ascii: "O")
    }
}
