import BillingFiles

/// A foreign key leads to no row.
///
/// No row of the file that is referred to has these values; they are compared byte by byte. An empty reference leads
/// nowhere and is none. The file must be given with `--reference`, or be among those that are validated and bear the name
/// of the resource. The row is rejected.
struct UnknownReference: RecordRule {
    let rule = InputRule.unknownReference

    /// The columns of the key.
    let fields: [Int]
    /// The keys that there are.
    let keys: ReferencedKeys
    /// What is referred to, for people.
    let target: String

    var field: Int { fields[0] }
    var compared: [Int] { [] }

    func judge(_ rows: RowBatch, _ isWrong: (Int) -> Void) {
        if fields.count == 1 {
            rows.forEachValue(fields[0]) { record, value in
                if !value.isEmpty, keys.keys.index(of: value) == nil { isWrong(record) }
            }
            return
        }
        for record in 0..<rows.count {
            let values = fields.map { rows.value(record: record, field: $0)[...] }
            guard !values.allSatisfy(\.isEmpty) else { continue }
            let key = KeyHashes.joined(values)
            if keys.keys.index(of: key.span) == nil { isWrong(record) }
        }
    }

    func expected(_ record: RecordValues) -> String { "a value of \(target)" }
}
