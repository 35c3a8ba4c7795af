public import BillingRecords
public import BillingValues
import DelimitedText

/// What a bank says of a collection.
public struct PaymentResult: Hashable, Sendable {
    /// The reference that the collection carried; empty where a whole batch is meant.
    public var endToEnd: [UInt8]

    /// What became of it.
    public var status: ChargeStatus

    /// The day on which that was so.
    public var decidedOn: CivilDate

    /// The amount, where the bank says it.
    public var amount: Money?

    /// The bank's code for the reason; empty for none.
    public var reason: [UInt8]

    /// The number of the record in its block, from 0.
    public var record: Int
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

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout [PaymentResult]) -> DecodedBlock {
        batch.removeAll(keepingCapacity: true)
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        let unmapped = records.unmapped
        var lastSound = -1
        for record in 0..<table.recordCount {
            let values = values(record)
            let faults = Self.faults(values)
            if faults.isEmpty, !unmapped.contains(record), let result = Self.result(values, record) {
                batch.append(result)
                lastSound = record
            } else {
                decoded.findings += records.findings(faults, record: record)
                decoded.rejected += 1
            }
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

    private static func result(_ values: [[UInt8]], _ record: Int) -> PaymentResult? {
        guard let status = status(values[1]), let day = CivilDate.parse(values[2]) else { return nil }
        var amount: Money?
        let (written, code) = (values[3], values[4])
        if !written.isEmpty, let currency = Currency(bytes: code.span),
            let units = try? Money.minorUnits(in: written.span, exponent: currency.exponent)
        {
            amount = Money(minorUnits: units, currency: currency)
        }
        return PaymentResult(
            endToEnd: values[0], status: status, decidedOn: day, amount: amount, reason: values[5], record: record)
    }

    private static func status(_ word: [UInt8]) -> ChargeStatus? {
        ChargeStatus.allCases.first { $0.word.utf8.elementsEqual(word) }
    }
}
