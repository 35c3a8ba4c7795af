/// Which field of a native file's records holds which column.
///
/// Columns are found by name, in any order; columns with other names are carried along untouched.
public struct NativeLayout: Sendable {
    /// The names of all columns, in the order of the file.
    public let names: [String]

    /// The field of each required column, in the order in which they were required.
    let fields: [Int]

    /// The layout of the rows that are made of an XML file.
    init(_ shape: XMLRecordShape) {
        names = shape.columns
        fields = Array(0..<shape.knownColumns)
    }

    /// The layout of a file of which no column is looked into.
    init(columns: [String]) {
        self.init(names: columns, fields: [])
    }

    init(names: [String], fields: [Int]) {
        self.names = names
        self.fields = fields
    }

    /// The layout of a file with these column names, or what is wrong with them.
    static func make(
        names: [[UInt8]], required: [String], file: String
    ) -> Result<NativeLayout, InputFindingList> {
        let texts = names.map { String(decoding: $0, as: UTF8.self) }
        var findings: [InputFinding] = []
        let header = Place(file: file, line: 1, record: 0, column: 1, field: nil, byteOffset: 0)
        var seen: Set<String> = []
        for name in texts where !seen.insert(name).inserted {
            var place = header
            place.field = VisibleText.of(name.utf8)
            findings.append(
                InputFinding(
                    rule: .duplicateColumn, place: place, found: "two columns named \(VisibleText.of(name.utf8))",
                    expected: "each name once"))
        }
        for name in required where !texts.contains(name) {
            var place = header
            place.field = name
            findings.append(
                InputFinding(
                    rule: .missingColumn, place: place,
                    found: "the columns \(texts.map { VisibleText.of($0.utf8) }.joined(separator: ", "))",
                    expected: "a column named \(name)"))
        }
        guard findings.isEmpty else { return .failure(InputFindingList(findings: findings)) }
        return .success(NativeLayout(names: texts, fields: required.compactMap { texts.firstIndex(of: $0) }))
    }
}

/// The columns that native files must have, in their canonical order.
public enum NativeColumns {
    /// The columns of a charges file.
    public static let charges = [
        "charge_id", "subscription_id", "kind", "charged_on", "period_start", "period_end", "amount", "currency",
        "status",
    ]

    /// The columns that a charges file may have.
    public static let optionalOfCharges = [refersTo]

    /// The column of charges with the `charge_id` of the charge that money given back undoes.
    public static let refersTo = "refers_to"

    /// The columns of a subscriptions file.
    public static let subscriptions = [
        "subscription_id", "msisdn", "offer", "activated_on", "ended_on", "cycle", "price", "currency",
        "payment_method",
    ]

    /// The columns that a subscriptions file may have.
    public static let optionalOfSubscriptions = [calendar, "account_id", previousIdentifiers]

    /// The column of subscriptions with the name of a billing calendar.
    public static let calendar = "calendar"

    /// The column of subscriptions with the ids that the line had before, separated by spaces.
    public static let previousIdentifiers = "previous_ids"

    /// The columns of an events file.
    public static let events = ["subscription_id", "event", "effective_on", "until", "value"]

    /// The columns of a file of payment results.
    public static let results = [
        "end_to_end_id", "status", "decided_on", "amount", "currency", "reason", "reason_text",
    ]

    /// The columns that a file of payment results may have.
    public static let optionalOfResults = ["batch_id", "message_id"]

    /// The columns of a usage file.
    public static let usage = [
        "record_id", "msisdn", "started_at", "kind", "duration_s", "volume_bytes", "peer", "amount", "currency",
    ]
}

extension NativeColumns {
    /// Columns whose sound values are never the beginning of a longer sound value, so that a last row that ends with
    /// one of them is complete even without a line end.
    ///
    /// The day of a charge is none of them, for a time of day may stand behind it.
    static let selfDelimiting: Set<String> = [
        "kind", "period_start", "period_end", "currency", "status", "activated_on", "ended_on",
    ]
}
