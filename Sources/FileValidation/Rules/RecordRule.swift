import BillingFiles

/// A rule about the values of a record, or about a record and others.
///
/// Each rule is one file; its comment is the page that users read (`rinnovo rules explain`).
protocol RecordRule: Sendable {
    /// The identifier of the rule, and with it its severity and remedy.
    var rule: InputRule { get }

    /// The field at which a finding stands.
    var field: Int { get }

    /// The fields whose cells the rule compares.
    var compared: [Int] { get }

    /// Names the records of a block that break the rule.
    mutating func judge(_ rows: RowBatch, _ isWrong: (_ record: Int) -> Void)

    /// What should stand there, for a record that breaks the rule.
    func expected(_ record: RecordValues) -> String

    /// What stands there; nil for the value of the field itself.
    func found(_ record: RecordValues) -> String?
}

extension RecordRule {
    func found(_ record: RecordValues) -> String? { nil }
}

/// The values of one record, for the words of a finding.
struct RecordValues {
    /// The values in the order of the columns.
    let values: [[UInt8]]

    /// The value of a field; empty where there is none.
    subscript(field: Int) -> [UInt8] { values.indices.contains(field) ? values[field] : [] }

    /// The value of a field as text.
    func text(_ field: Int) -> String { String(decoding: self[field], as: UTF8.self) }
}
