public import BillingRecords
import BillingValues
import DelimitedText

/// Reads the records of a native charges file from blocks of bytes.
///
/// The decoder is fast for rows that are right and slow for the others: a row whose every value is plainly right
/// becomes a `ChargeRecord` in one pass; any other is looked at again, value by value, to say what is wrong with it.
public struct NativeChargeDecoder: Sendable {
    private enum Column: Int, CaseIterable {
        case identifier, subscription, kind, chargedOn, periodStart, periodEnd, amount, currency, status
    }

    /// The layout of the file.
    public let layout: NativeLayout

    private let scanner: FieldScanner
    private let fields: InlineArray<9, Int>
    private let fieldCount: Int
    private var table = FieldTable()
    private var currencies = CurrencyCache()
    private var dates = DateCache()

    /// A decoder for a file with a layout made for `NativeColumns.charges`.
    init(layout: NativeLayout) {
        self.layout = layout
        fields = InlineArray { layout.fields[$0] }
        fieldCount = layout.names.count
        scanner = FieldScanner(fieldCount: layout.names.count)
    }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout ChargeBatch) -> DecodedBlock {
        batch.removeAll()
        batch.block = block.ordinal
        let bytes = block.storage.span.extracting(0..<block.count)
        scanner.scan(bytes, isLast: block.isLast, into: &table)
        var decoded = DecodedBlock()
        decoded.records = table.totalRecords
        decoded.lines = table.totalLines
        decoded.hasMultilineRecords = table.totalLines != table.totalRecords
        // Where a record is faulty the ordinals shift, but then nothing is cited.
        for record in stride(from: 0, to: table.recordCount, by: DecodedBlock.sampleDistance) {
            decoded.sampledOffsets.append(table.recordStarts[record])
        }
        batch.charges.reserveCapacity(table.recordCount)
        var lastSound = -1
        RecordFields.with(block, table) { records in
            let areOrdinalsPlain = table.recordOrdinals.isEmpty
            for record in 0..<table.recordCount {
                let ordinal = areOrdinalsPlain ? record : table.recordOrdinal(of: record)
                if let charge = charge(record, ordinal: ordinal, records: records, batch: &batch) {
                    decoded.read.add(amount: charge.amount, currency: charge.currency)
                    batch.charges.append(charge)
                    lastSound = record
                } else {
                    reject(record, records: records, block: bytes, batch: &batch, decoded: &decoded)
                }
            }
        }
        if !table.faults.isEmpty || decoded.hasMultilineRecords {
            let text = BlockText(table: table, layout: layout)
            if decoded.hasMultilineRecords { decoded.findings += text.swallowedRows(block: bytes) }
            let isComplete = lastSound == table.recordCount - 1 && text.lastRowCannotBeLonger(block: bytes)
            decoded.findings += text.structureFindings(block: bytes, lastRowIsComplete: isComplete)
            decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        }
        return decoded
    }

    @inline(__always)
    private func value(_ column: Column, _ record: Int, _ records: RecordFields) -> FieldValue {
        records.value(record: record, field: fields[column.rawValue])
    }

    @inline(__always)
    private mutating func charge(
        _ record: Int, ordinal: Int, records: RecordFields, batch: inout ChargeBatch
    ) -> ChargeRecord? {
        let subscription = value(.subscription, record, records)
        guard value(.identifier, record, records).length > 0, subscription.length > 0,
            let kind = value(.kind, record, records).chargeKind,
            let chargedOn = dates.date(value(.chargedOn, record, records)), chargedOn.isPresent,
            let periodStart = dates.date(value(.periodStart, record, records)),
            let periodEnd = dates.date(value(.periodEnd, record, records)),
            periodEnd.dayNumber >= periodStart.dayNumber || !periodEnd.isPresent,
            periodStart.isPresent || !periodEnd.isPresent,
            let currency = currencies.currency(value(.currency, record, records).packedCurrency),
            let amount = value(.amount, record, records).minorUnits(exponent: currency.exponent),
            let status = value(.status, record, records).chargeStatus
        else { return nil }
        return ChargeRecord(
            amount: amount,
            subscription: records.text(subscription, unescaped: &batch.unescapedTexts),
            chargedOn: chargedOn, periodStart: periodStart, periodEndDay: periodEnd.dayNumber,
            currency: currency.packedCode, byteOffset: table.recordStarts[record],
            ordinal: UInt32(truncatingIfNeeded: ordinal), kind: kind, status: status)
    }

    /// Rejects a row: says what is wrong with it, and hands on what can be read.
    private mutating func reject(
        _ record: Int, records: RecordFields, block: Span<UInt8>, batch: inout ChargeBatch,
        decoded: inout DecodedBlock
    ) {
        let checks = NativeChargeChecks(
            subscription: value(.subscription, record, records).bytes,
            identifier: value(.identifier, record, records).bytes,
            kind: value(.kind, record, records).bytes, chargedOn: value(.chargedOn, record, records).bytes,
            periodStart: value(.periodStart, record, records).bytes,
            periodEnd: value(.periodEnd, record, records).bytes,
            amount: value(.amount, record, records).bytes, currency: value(.currency, record, records).bytes,
            status: value(.status, record, records).bytes)
        let text = BlockText(table: table, layout: layout)
        for fault in checks.faults {
            let field = layout.names.firstIndex(of: fault.column) ?? 0
            decoded.findings.append(
                text.finding(fault.rule, record: record, field: field, block: block, expected: fault.expected))
        }
        decoded.rejected += 1
        guard !checks.subscription.isEmpty else { return }
        let periodStart = value(.periodStart, record, records).date
        batch.unreadable.append(
            UnreadableCharge(
                subscription: records.text(value(.subscription, record, records), unescaped: &batch.unescapedTexts),
                kind: value(.kind, record, records).chargeKind,
                chargedOn: value(.chargedOn, record, records).date ?? .none,
                periodStart: periodStart ?? .none, periodStartIsDamaged: periodStart == nil,
                byteOffset: table.recordStarts[record],
                ordinal: UInt32(truncatingIfNeeded: table.recordOrdinal(of: record))))
    }
}
