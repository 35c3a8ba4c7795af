public import BillingFiles
import BillingValues
import DelimitedText

/// The mandates of customers, read from a CSV file.
///
/// Columns `subscription_id`, `account_holder`, `iban`, `mandate_id`, `signed_on`, `sequence`, and `bic` if wanted; others
/// are left alone. A row with a fault is a finding, and nothing is collected from its subscription; where the structure is
/// broken nobody can tell whose mandates are meant, so the file is not trusted.
public struct MandateFile: Sendable {
    /// The columns that there must be.
    public static let columns = ["subscription_id", "account_holder", "iban", "mandate_id", "signed_on", "sequence"]

    /// The mandates without a fault, by subscription.
    public private(set) var mandates: [[UInt8]: Mandate] = [:]

    /// The subscriptions whose mandates have a fault.
    public private(set) var faulty: Set<[UInt8]> = []

    /// What is wrong.
    public private(set) var findings: [InputFinding] = []

    /// How many rows there are.
    public private(set) var records = 0

    /// The file on disk; nil when it could not be read to its end.
    public private(set) var digest: InputIdentity?

    private let name: String
    private let wanted: Set<[UInt8]>?

    /// Reads the mandates of some subscriptions.
    ///
    /// - Parameters:
    ///   - source: opened and unread.
    ///   - wanted: the subscriptions whose mandates are needed, nil for all; the others are looked at and not kept.
    /// - Throws: `InputError` when it cannot be read.
    public init(_ source: InputSource, wanted: Set<[UInt8]>? = nil) throws(InputError) {
        name = source.displayName
        self.wanted = wanted
        let sequence = BlockSequence(sources: [source], format: .csv)
        let header: BlockSequence.Header
        switch try sequence.readHeader() {
        case .failure(let rejection):
            findings.append(rejection.finding)
            return
        case .success(let read): header = read
        }
        guard let fields = fields(header.names) else { return }
        let scanner = FieldScanner(fieldCount: header.names.count)
        var table = FieldTable()
        var lines = header.lines
        while let next = try sequence.nextBlock(reusing: []) {
            switch next {
            case .failure(let rejection):
                findings.append(rejection.finding)
                return
            case .success(let block):
                scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &table)
                take(block, table, fields, header.names, linesBefore: lines)
                lines += table.totalLines
                records += table.totalRecords
            }
        }
        for subscription in faulty { mandates[subscription] = nil }
        digest = try source.finish()
    }

    /// The field of each column, `bic` last; nil, with findings, where one is missing or stands twice.
    private mutating func fields(_ names: [[UInt8]]) -> [Int?]? {
        let texts = names.map { String(decoding: $0, as: UTF8.self) }
        let place = Place(file: name, line: 1, record: 0, column: 1, field: nil, byteOffset: 0)
        for column in Self.columns + ["bic"] {
            let count = texts.count { $0 == column }
            if count == 0, column != "bic" {
                let found = texts.map { VisibleText.of($0.utf8) }.joined(separator: ", ")
                findings.append(
                    InputFinding(
                        rule: .missingColumn, place: place, found: "the columns \(found)",
                        expected: "a column named \(column)"))
            } else if count > 1 {
                findings.append(
                    InputFinding(
                        rule: .duplicateColumn, place: place, found: "two columns named \(column)",
                        expected: "each name once"))
            }
        }
        guard findings.isEmpty else { return nil }
        return (Self.columns + ["bic"]).map { texts.firstIndex(of: $0) }
    }

    private mutating func take(
        _ block: Block, _ table: FieldTable, _ fields: [Int?], _ names: [[UInt8]], linesBefore: Int
    ) {
        for fault in table.faults {
            let words = StructureFaultText.describe(fault.kind)
            findings.append(
                InputFinding(
                    rule: words.rule,
                    place: Place(
                        file: name, line: linesBefore + fault.lineOrdinal + 1,
                        record: records + fault.recordOrdinal + 1, column: fault.columnOrdinal + 1, field: nil,
                        byteOffset: block.fileOffset + UInt64(fault.byteOffset)),
                    found: words.found, expected: words.expected))
        }
        let bytes = block.storage.span
        for record in 0..<table.recordCount {
            let start = table.fieldRange(record: record, field: 0).lowerBound
            let values = fields.map { field -> [UInt8] in
                guard let field else { return [] }
                return FieldText.value(of: bytes.extracting(table.fieldRange(record: record, field: field)))
            }
            var row = MandateRow(values)
            for fault in row.check() {
                let offset =
                    fields[fault.column].map { table.fieldRange(record: record, field: $0).lowerBound } ?? start
                findings.append(
                    InputFinding(
                        rule: fault.rule,
                        place: Place(
                            file: name, line: linesBefore + table.lineOrdinal(of: record) + 1,
                            record: records + table.recordOrdinal(of: record) + 1, column: offset - start + 1,
                            field: (Self.columns + ["bic"])[fault.column], byteOffset: block.fileOffset + UInt64(offset)
                        ),
                        found: fault.found, expected: fault.expected))
            }
            keep(row, line: linesBefore + table.lineOrdinal(of: record) + 1, record: records + record + 1)
        }
    }

    private mutating func keep(_ row: MandateRow, line: Int, record: Int) {
        let subscription = row.subscription
        guard !subscription.isEmpty, wanted?.contains(subscription) != false else { return }
        guard let mandate = row.mandate else {
            faulty.insert(subscription)
            return
        }
        guard mandates.updateValue(mandate, forKey: subscription) != nil else { return }
        // Of two mandates nobody can tell which one holds.
        faulty.insert(subscription)
        findings.append(
            InputFinding(
                rule: .duplicateSubscription,
                place: Place(
                    file: name, line: line, record: record, column: 1, field: "subscription_id", byteOffset: 0),
                found: "a second mandate of \(VisibleText.of(subscription))", expected: "one mandate a subscription"))
    }
}
