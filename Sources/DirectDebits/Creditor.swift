/// Who collects, as banks know it.
public struct Creditor: Hashable, Sendable {
    /// The rules that hold between the banks.
    public enum Scheme: String, CaseIterable, Sendable {
        /// For consumers: a debit can be given back within eight weeks.
        case core = "CORE"
        /// Between businesses.
        case business = "B2B"
    }

    /// The name.
    public var name: String

    /// The account to which the money goes.
    public var iban: IBAN

    /// The code of the creditor's bank; nil where the IBAN alone tells it.
    public var bic: String?

    /// The number of the creditor in the scheme.
    public var identifier: CreditorIdentifier

    /// The scheme.
    public var scheme: Scheme

    /// Words that the customer reads in front of period and subscription; empty for none.
    public var text: String

    /// A creditor from its parts.
    public init(
        name: String, iban: IBAN, bic: String? = nil, identifier: CreditorIdentifier, scheme: Scheme = .core,
        text: String = ""
    ) {
        self.name = name
        self.iban = iban
        self.bic = bic
        self.identifier = identifier
        self.scheme = scheme
        self.text = text
    }
}
