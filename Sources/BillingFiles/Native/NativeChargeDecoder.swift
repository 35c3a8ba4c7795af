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
        batch.charges.reserveCapacity(table.recordCount)
        var lastSound = -1
        unsafe block.storage.withUnsafeBufferPointer { storage in
            guard let base = storage.baseAddress else { return }
            let areOrdinalsPlain = table.recordOrdinals.isEmpty
            for record in 0..<table.recordCount {
                let ordinal = areOrdinalsPlain ? record : table.recordOrdinal(of: record)
                if let charge = unsafe charge(record, ordinal: ordinal, base: base, batch: &batch) {
                    decoded.read.add(amount: charge.amount, currency: charge.currency)
                    batch.charges.append(charge)
                    lastSound = record
                } else {
                    unsafe reject(record, base: base, block: bytes, batch: &batch, decoded: &decoded)
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
    private func value(_ column: Column, _ record: Int, _ base: UnsafePointer<UInt8>) -> FieldValue {
        let entry = record &* fieldCount &+ fields[column.rawValue]
        let start =
            fields[column.rawValue] == 0 ? Int(table.recordStarts[record]) : Int(table.fieldEnds[entry &- 1]) &+ 1
        return unsafe FieldValue(raw: base + start, length: Int(table.fieldEnds[entry]) &- start)
    }

    @inline(__always)
    private mutating func charge(
        _ record: Int, ordinal: Int, base: UnsafePointer<UInt8>, batch: inout ChargeBatch
    ) -> ChargeRecord? {
        let subscription = unsafe value(.subscription, record, base)
        guard unsafe value(.identifier, record, base).length > 0, subscription.length > 0,
            let kind = unsafe value(.kind, record, base).chargeKind,
            let chargedOn = unsafe dates.date(value(.chargedOn, record, base)), chargedOn.isPresent,
            let periodStart = unsafe dates.date(value(.periodStart, record, base)),
            let periodEnd = unsafe dates.date(value(.periodEnd, record, base)),
            periodEnd.dayNumber >= periodStart.dayNumber || !periodEnd.isPresent,
            periodStart.isPresent || !periodEnd.isPresent,
            let currency = currencies.currency(unsafe value(.currency, record, base).packedCurrency),
            let amount = unsafe value(.amount, record, base).minorUnits(exponent: currency.exponent),
            let status = unsafe value(.status, record, base).chargeStatus
        else { return nil }
        return ChargeRecord(
            amount: amount,
            subscription: unsafe text(subscription, base: base, unescaped: &batch.unescapedTexts),
            chargedOn: chargedOn, periodStart: periodStart, periodEndDay: periodEnd.dayNumber,
            currency: currency.packedCode, byteOffset: table.recordStarts[record],
            ordinal: UInt32(truncatingIfNeeded: ordinal), kind: kind, status: status)
    }

    @inline(__always)
    private func text(
        _ value: FieldValue, base: UnsafePointer<UInt8>, unescaped: inout [UInt8]
    ) -> BatchText {
        guard value.isEscaped else {
            return unsafe BatchText(
                start: UInt32(truncatingIfNeeded: value.start - base),
                length: UInt32(truncatingIfNeeded: value.length), isUnescaped: false)
        }
        return value.appendUnescaped(to: &unescaped)
    }

    /// Rejects a row: says what is wrong with it, and hands on what can be read.
    private mutating func reject(
        _ record: Int, base: UnsafePointer<UInt8>, block: Span<UInt8>, batch: inout ChargeBatch,
        decoded: inout DecodedBlock
    ) {
        let checks = unsafe NativeChargeChecks(
            subscription: value(.subscription, record, base).bytes, identifier: value(.identifier, record, base).bytes,
            kind: value(.kind, record, base).bytes, chargedOn: value(.chargedOn, record, base).bytes,
            periodStart: value(.periodStart, record, base).bytes, periodEnd: value(.periodEnd, record, base).bytes,
            amount: value(.amount, record, base).bytes, currency: value(.currency, record, base).bytes,
            status: value(.status, record, base).bytes)
        let text = BlockText(table: table, layout: layout)
        for fault in checks.faults {
            let field = layout.names.firstIndex(of: fault.column) ?? 0
            decoded.findings.append(
                text.finding(fault.rule, record: record, field: field, block: block, expected: fault.expected))
        }
        decoded.rejected += 1
        guard !checks.subscription.isEmpty else { return }
        let periodStart = unsafe value(.periodStart, record, base).date
        batch.unreadable.append(
            UnreadableCharge(
                subscription: unsafe self.text(
                    value(.subscription, record, base), base: base, unescaped: &batch.unescapedTexts),
                kind: unsafe value(.kind, record, base).chargeKind,
                chargedOn: unsafe value(.chargedOn, record, base).date ?? .none,
                periodStart: periodStart ?? .none, periodStartIsDamaged: periodStart == nil,
                byteOffset: table.recordStarts[record],
                ordinal: UInt32(truncatingIfNeeded: table.recordOrdinal(of: record))))
    }
}

extension FieldValue {
    /// Appends the value with its doubled quotes undone.
    func appendUnescaped(to texts: inout [UInt8]) -> BatchText {
        let start = texts.count
        var index = 0
        while index < length {
            let byte = unsafe self.start[index]
            texts.append(byte)
            index += byte == UInt8(ascii: "\"") ? 2 : 1
        }
        return BatchText(
            start: UInt32(truncatingIfNeeded: start), length: UInt32(truncatingIfNeeded: texts.count - start),
            isUnescaped: true)
    }
}
