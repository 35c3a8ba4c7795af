public import BillingRecords
import BillingValues
import DelimitedText

/// Reads the records of a native usage file from blocks of bytes.
///
/// As with charges, a record whose every value is plainly right is read in one pass, and any other is looked at again,
/// value by value, to say what is wrong with it.
public struct NativeUsageDecoder: Sendable {
    private enum Column: Int, CaseIterable {
        case identifier, msisdn, startedAt, kind, duration, volume, peer, amount, currency
    }

    /// The layout of the file.
    public var layout: NativeLayout { records.layout }

    private let fields: InlineArray<9, Int>
    private var records: NativeRecords
    private var currencies = CurrencyCache()
    private var days: TimestampDays

    /// A decoder for the records of a file with a layout made for `NativeColumns.usage`; `zone` has the days of timestamps
    /// with an offset, whose own day counts without it.
    init(_ records: NativeRecords, zone: TimeZoneRules?) {
        self.records = records
        fields = InlineArray { records.layout.fields[$0] }
        days = TimestampDays(zone: zone)
    }

    /// What the texts of the last batch are offsets in: the block, or the rows that were made of it.
    public var text: Block { records.text }

    /// Lets go of the last block, so that its storage can be filled again without a copy; `text` is then empty.
    public mutating func release() { records.release() }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout UsageBatch) -> DecodedBlock {
        batch.removeAll()
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        batch.records.reserveCapacity(table.recordCount)
        let unmapped = records.unmapped
        var lastSound = -1
        RecordFields.with(records.text, table) { fields in
            for record in 0..<table.recordCount {
                if !unmapped.contains(record), let day = day(record, fields) {
                    let msisdn = fields.text(value(.msisdn, record, fields), unescaped: &batch.unescapedTexts)
                    batch.records.append(UsageRecord(msisdn: msisdn, day: day))
                    lastSound = record
                } else {
                    reject(record, fields, batch: &batch, decoded: &decoded)
                }
            }
        }
        decoded.findings += records.structureFindings(
            lastSound: lastSound, hasMultilineRecords: decoded.hasMultilineRecords)
        decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        return decoded
    }

    @inline(__always)
    private func value(_ column: Column, _ record: Int, _ records: RecordFields) -> FieldValue {
        records.value(record: record, field: fields[column.rawValue])
    }

    /// The day of a record if all of its values are right.
    @inline(__always)
    private mutating func day(_ record: Int, _ records: RecordFields) -> Int32? {
        guard value(.identifier, record, records).length > 0, value(.msisdn, record, records).length > 0,
            value(.duration, record, records).isEmptyOrCount, value(.volume, record, records).isEmptyOrCount,
            isAmount(record, records)
        else { return nil }
        return days.day(of: value(.startedAt, record, records))
    }

    /// Whether a record's amount and currency are right, or not there.
    @inline(__always)
    private mutating func isAmount(_ record: Int, _ records: RecordFields) -> Bool {
        let amount = value(.amount, record, records)
        let code = value(.currency, record, records)
        if code.length == 0 { return amount.length == 0 || amount.minorUnits(exponent: 4) != nil }
        guard let currency = currencies.currency(code.packedCurrency) else { return false }
        return amount.length == 0 || amount.minorUnits(exponent: currency.exponent) != nil
    }

    /// Rejects a record: says what is wrong with it, and whose it is.
    private mutating func reject(
        _ record: Int, _ records: RecordFields, batch: inout UsageBatch, decoded: inout DecodedBlock
    ) {
        let checks = NativeUsageChecks(
            identifier: value(.identifier, record, records).bytes, msisdn: value(.msisdn, record, records).bytes,
            startedAt: value(.startedAt, record, records).bytes, duration: value(.duration, record, records).bytes,
            volume: value(.volume, record, records).bytes, amount: value(.amount, record, records).bytes,
            currency: value(.currency, record, records).bytes)
        decoded.findings += self.records.findings(checks.faults, record: record)
        decoded.rejected += 1
        guard !checks.msisdn.isEmpty else { return }
        batch.rejected.append(
            records.text(value(.msisdn, record, records), unescaped: &batch.unescapedTexts))
    }
}
