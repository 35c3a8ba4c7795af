/// The number of a creditor in the SEPA direct debit schemes, with sound check digits.
public struct CreditorIdentifier: Hashable, Sendable {
    /// The number.
    public let text: String

    /// Reads a number: country, check digits, three characters of the creditor's own, and the national number; nil when
    /// it is none or its check digits belong to another one.
    ///
    /// The creditor's own three characters are no part of the check (EPC AT-02).
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard (8...35).contains(bytes.count), bytes.prefix(2).allSatisfy(CheckDigits.isCapital),
            bytes[2..<4].allSatisfy(CheckDigits.isDigit), bytes.allSatisfy({ CheckDigits.value($0) != nil }),
            CheckDigits.remainder(Array(bytes[7...] + bytes[..<4])) == 1
        else { return nil }
        self.text = text
    }
}
