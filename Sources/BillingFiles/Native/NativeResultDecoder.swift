public import BillingRecords
public import BillingValues
import DelimitedText

/// What a bank says of a collection.
public struct PaymentResult: Hashable, Sendable {
    /// The reference that the collection carried; empty where a whole batch is meant.
    public var endToEnd: [UInt8]

    /// What became of it; nil where the row was rejected for a value.
    public var status: ChargeStatus?

    /// The day on which that was so; nil where the row was rejected for a value.
    public var decidedOn: CivilDate?

    /// The amount, where the bank says it.
    public var amount: Money?

    /// The bank's code for the reason; empty for none.
    public var reason: [UInt8]

    /// The batch that is meant, where the bank says it; empty for none.
    public var batch: [UInt8]

    /// The line of the record in its block, from 0.
    public var line: Int
}

/// Reads payment results from blocks of bytes.
///
/// There are few of them beside charges and usage, so that each is looked at value by value.
public struct NativeResultDecoder: Sendable {
    /// The layout of the file.
    public var layout: NativeLayout { records.layout }

    private var records: NativeRecords

    init(_ records: NativeRecords) {
        self.records = records
    }

    /// Lets go of the last block, so that its storage can be filled again without a copy.
    public mutating func release() { records.release() }

    /// Decodes a block into an emptied batch; of rejected rows it has what they name and no more.
    public mutating func decode(_ block: Block, into batch: inout [PaymentResult]) -> DecodedBlock {
        batch.removeAll(keepingCapacity: true)
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        let unmapped = records.unmapped
        let lines = records.lineOrdinals
        var lastSound = -1
        for record in 0..<table.recordCount {
            let values = values(record)
            let faults = Self.faults(values)
            var result = Self.result(values, line: lines[record])
            result.batch = batchIdentifier(record)
            if faults.isEmpty, !unmapped.contains(record), result.status != nil, result.decidedOn != nil {
                lastSound = record
            } else {
                decoded.findings += records.findings(faults, record: record)
                decoded.rejected += 1
                (result.status, result.decidedOn, result.amount) = (nil, nil, nil)
            }
            batch.append(result)
        }
        decoded.findings += records.structureFindings(
            lastSound: lastSound, hasMultilineRecords: decoded.hasMultilineRecords)
        decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        return decoded
    }

    /// The values of the needed columns of a record.
    private func values(_ record: Int) -> [[UInt8]] {
        let text = records.text
        return layout.fields.map { field in
            FieldText.value(of: text.storage.span.extracting(records.table.fieldRange(record: record, field: field)))
        }
    }

    /// The batch, or else the message, that a record names in columns which a file may have.
    private func batchIdentifier(_ record: Int) -> [UInt8] {
        let text = records.text
        for name in ["batch_id", "message_id"] {
            guard let field = layout.names.firstIndex(of: name) else { continue }
            let value = FieldText.value(
                of: text.storage.span.extracting(records.table.fieldRange(record: record, field: field)))
            if !value.isEmpty { return value }
        }
        return []
    }

    private static func faults(_ values: [[UInt8]]) -> [NativeValueFault] {
        var faults: [NativeValueFault] = []
        let (amount, code) = (values[3], values[4])
        if status(values[1]) == nil {
            let words = ChargeStatus.allCases.map(\.word).joined(separator: ", ")
            faults.append(NativeValueFault(column: "status", rule: .unknownStatus, expected: words))
        }
        if CivilDate.parse(values[2]) == nil {
            faults.append(
                NativeValueFault(
                    column: "decided_on", rule: .invalidDate, expected: "a day of the calendar as YYYY-MM-DD"))
        }
        let currencyFaults = code.isEmpty ? [] : NativeValueFault.currency(code)
        if !amount.isEmpty {
            let currency = currencyFaults.isEmpty ? Currency(bytes: code.span) : nil
            faults += NativeValueFault.amount(amount, in: "amount", currency: currency)
        }
        return faults + currencyFaults
    }

    private static func result(_ values: [[UInt8]], line: Int) -> PaymentResult {
        var amount: Money?
        let (written, code) = (values[3], values[4])
        if !written.isEmpty, let currency = Currency(bytes: code.span),
            let units = try? Money.minorUnits(in: written.span, exponent: currency.exponent)
        {
            amount = Money(minorUnits: units, currency: currency)
        }
        return PaymentResult(
            endToEnd: values[0], status: status(values[1]), decidedOn: CivilDate.parse(values[2]), amount: amount,
            reason: values[5], batch: [], line: line)
    }

    private static func status(_ word: [UInt8]) -> ChargeStatus? {
        ChargeStatus.allCases.first { $0.word.utf8.elementsEqual(word) }
    }
}
