import BillingFiles
import BillingValues

/// A row of a mandates file, and what is wrong with it.
struct MandateRow {
    /// Something wrong with a value.
    struct Fault {
        /// The number of the column among `MandateFile.columns`, `bic` behind them.
        var column: Int
        var rule: InputRule
        var found: String
        var expected: String
    }

    /// The subscription; empty where there is none.
    var subscription: [UInt8] { values[0] }

    /// The mandate, once the row was checked; nil when something is wrong with it.
    private(set) var mandate: Mandate?

    private let values: [[UInt8]]

    init(_ values: [[UInt8]]) {
        self.values = values
    }

    /// Finds what is wrong.
    mutating func check() -> [Fault] {
        var faults: [Fault] = []
        func fault(_ column: Int, _ rule: InputRule, _ expected: String, found: String? = nil) {
            let shown = values[column].isEmpty ? "nothing" : VisibleText.of(values[column])
            faults.append(Fault(column: column, rule: rule, found: found ?? shown, expected: expected))
        }
        if subscription.isEmpty { fault(0, .missingSubscription, "the id of a subscription") }
        let holder = BankText.writable(String(decoding: values[1], as: UTF8.self), atMost: 70)
        if holder.isEmpty { fault(1, .missingValue, "the name of the account holder") }
        var iban: IBAN?
        do throws(IBAN.Fault) {
            iban = try IBAN(String(decoding: values[2], as: UTF8.self))
        } catch {
            // The number of an account is not repeated in messages.
            fault(2, .invalidValue, error.expectation, found: error.finding)
        }
        if !BankText.isIdentifier(values[3]) {
            fault(3, .invalidValue, "a mandate id of 1 to 35 characters that banks carry")
        }
        let signedOn = CivilDate.parse(values[4])
        if signedOn == nil { fault(4, .invalidDate, "the day of the signature as YYYY-MM-DD") }
        let sequence = Mandate.Sequence(rawValue: String(decoding: values[5], as: UTF8.self))
        if sequence == nil { fault(5, .invalidValue, "FRST, RCUR, FNAL or OOFF") }
        let bic = String(decoding: values[6], as: UTF8.self)
        if !bic.isEmpty, !BIC.isOne(bic) { fault(6, .invalidValue, "a BIC of 8 or 11 characters, or nothing") }
        guard faults.isEmpty, let iban, let signedOn, let sequence else { return faults }
        mandate = Mandate(
            accountHolder: holder, iban: iban, identifier: String(decoding: values[3], as: UTF8.self),
            signedOn: signedOn, sequence: sequence, bic: bic.isEmpty ? nil : bic)
        return []
    }
}

extension IBAN.Fault {
    /// What is wrong, without the number.
    var finding: String {
        switch self {
        case .form: "a text that is no IBAN"
        case .country(let code): "an IBAN of \(VisibleText.of(code.utf8))"
        case .length: "an IBAN of another length"
        case .checkDigits: "an IBAN whose check digits belong to another number"
        }
    }

    /// What should be there.
    var expectation: String {
        switch self {
        case .form: "two capitals, two digits, and the number of the account in capitals and digits"
        case .country: "a country of SEPA"
        case .length(let expected): "\(expected) characters"
        case .checkDigits: "the number as the bank wrote it"
        }
    }
}
