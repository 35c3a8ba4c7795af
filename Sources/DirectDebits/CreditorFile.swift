public import SettingsText

/// Reads who collects from YAML or JSON.
public enum CreditorFile {
    static let keys = ["name", "iban", "bic", "creditor_id", "scheme", "text"]

    /// Reads a creditor.
    ///
    /// - Throws: A `SettingsRefusal` with everything that is wrong in it.
    public static func read(_ bytes: [UInt8], file: String) throws(SettingsRefusal) -> Creditor {
        let document = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let creditor = creditor(document, &reader)
        return try reader.result(creditor)
    }

    private static func creditor(_ document: SettingsNode, _ reader: inout SettingsReader) -> Creditor? {
        guard let root = reader.mapping(document, keys: keys) else { return nil }
        let name = reader.require(root, "name").flatMap { node in
            reader.value(node, expected: "1 to 70 characters that banks carry") { text in
                BankText.writable(text, atMost: 70) == text && !text.isEmpty ? text : nil
            }
        }
        let iban = reader.require(root, "iban").flatMap { node in
            reader.value(node, expected: "an IBAN of a SEPA country with sound check digits") { try? IBAN($0) }
        }
        let identifier = reader.require(root, "creditor_id").flatMap { node in
            reader.value(node, expected: "a SEPA creditor identifier with sound check digits") {
                CreditorIdentifier($0)
            }
        }
        var bic: String?
        if let node = root["bic"] {
            bic = reader.value(node, expected: "a BIC of 8 or 11 characters") { BIC.isOne($0) ? $0 : nil }
        }
        let scheme =
            root["scheme"].map { node in
                reader.choice(node, Creditor.Scheme.allCases.map { ($0.rawValue, $0) })
            } ?? .core
        let text =
            root["text"].map { node in
                reader.value(node, expected: "at most 60 characters that banks carry") { text in
                    BankText.writable(text, atMost: 60) == text ? text : nil
                }
            } ?? ""
        guard let name, let iban, let identifier, let scheme, let text else { return nil }
        return Creditor(name: name, iban: iban, bic: bic, identifier: identifier, scheme: scheme, text: text)
    }
}
