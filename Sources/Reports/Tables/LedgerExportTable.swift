import BillingValues
import DelimitedText

/// The entries of a ledger as CSV, or as JSON documents of one line each.
public struct LedgerExportTable {
    /// The columns, which are also the members of a document.
    public static let columns = [
        "run", "decided_on", "run_state", "act", "subscription_id", "kind", "period_start", "period_end", "amount",
        "currency", "day", "note",
    ]

    private let isJSON: Bool
    private let writer = FieldWriter()

    /// A table; as JSON lines if `isJSON`.
    public init(isJSON: Bool) { self.isJSON = isJSON }

    /// What stands before the first entry.
    public var header: [UInt8] {
        var bytes: [UInt8] = []
        if !isJSON { writer.appendRecord(Self.columns, to: &bytes) }
        return bytes
    }

    /// The bytes of an entry.
    public func bytes(_ record: LedgerRecord) -> [UInt8] {
        let values = [
            "\(record.run)", record.decidedOn.description, record.state, record.act, record.subscription, record.kind,
            record.period.start.description, record.period.end.description, record.amount.amountText,
            record.amount.currency.alphabeticCode, record.day?.description ?? "", record.note ?? "",
        ]
        guard isJSON else {
            var bytes: [UInt8] = []
            writer.appendRecord(values, to: &bytes)
            return bytes
        }
        let members = zip(Self.columns, values).map { name, value -> (String, JSONValue) in
            if name == "run" { return (name, .integer(record.run)) }
            return (name, value.isEmpty && (name == "day" || name == "note") ? .null : .string(value))
        }
        return JSONValue.object(members).line
    }
}
