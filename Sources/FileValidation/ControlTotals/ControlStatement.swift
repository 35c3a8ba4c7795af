import BillingFiles
import BillingValues

/// What one row of a control file says of a file; what it leaves empty it does not say.
struct ControlStatement: Hashable, Sendable {
    /// The name of the file, without folders.
    var file = ""

    /// Which numbering the sequence number is of; empty for the only one.
    var stream = ""

    /// The number of the file among those that the sender sent.
    var sequence: Int?

    /// How many records the file has; those of `currency` where there is one.
    var records: Int?

    /// The currency that the row is about; nil for the whole file.
    var currency: Currency?

    /// The sum of the amounts in minor units of `currency`.
    var amount: Int64?

    /// The SHA-256 of the file as stored, in lower case.
    var sha256: String?

    /// Where the row begins, and where each of its values does.
    var places: [ControlColumn: Place] = [:]

    /// Whether the row says how much there is in its currency.
    var countsCurrency: Bool { currency != nil && (records != nil || amount != nil) }

    /// A finding on one of the row's values.
    func finding(_ rule: InputRule, _ column: ControlColumn, found: String, expected: String) -> InputFinding {
        InputFinding(
            rule: rule, place: places[column] ?? places[.file] ?? .whole(file), found: found, expected: expected)
    }
}

/// The columns of a control file; only `file` must be there.
enum ControlColumn: String, CaseIterable, Sendable {
    case file, stream, sequence, records, currency, amount, sha256
}
