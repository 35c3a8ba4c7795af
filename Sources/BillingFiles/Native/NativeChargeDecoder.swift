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
    public var layout: NativeLayout { records.layout }

    private let fields: InlineArray<9, Int>
    private let fieldCount: Int
    /// The field with the id of the charge that is undone, if the file has one.
    private let refersTo: Int?
    private var records: NativeRecords
    private var currencies = CurrencyCache()
    private var dates = DateCache()
    /// The days of times of day with an offset from UTC; without a zone they have none.
    private var times: TimestampDays
    private let hasZone: Bool

    /// Whether the ids of the charges are wanted, too.
    public var readsIdentifiers = false

    /// A decoder for the records of a file with a layout made for `NativeColumns.charges`; `zone` has the days of times
    /// with an offset.
    init(_ records: NativeRecords, zone: TimeZoneRules? = nil) {
        self.records = records
        times = TimestampDays(zone: zone)
        hasZone = zone != nil
        fields = InlineArray { records.layout.fields[$0] }
        fieldCount = records.layout.names.count
        refersTo = records.layout.names.firstIndex(of: NativeColumns.refersTo)
    }

    /// What the texts of the last batch are offsets in: the block, or the rows that were made of it.
    public var text: Block { records.text }

    /// Lets go of the last block, so that its storage can be filled again without a copy; `text` is then empty.
    public mutating func release() { records.release() }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout ChargeBatch) -> DecodedBlock {
        batch.removeAll()
        batch.block = block.ordinal
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        batch.charges.reserveCapacity(table.recordCount)
        let unmapped = records.unmapped
        var lastSound = -1
        RecordFields.with(records.text, table) { fields in
            let areOrdinalsPlain = table.recordOrdinals.isEmpty
            for record in 0..<table.recordCount {
                let ordinal = areOrdinalsPlain ? record : table.recordOrdinal(of: record)
                if !unmapped.contains(record),
                    var charge = charge(record, ordinal: ordinal, records: fields, batch: &batch)
                {
                    if let refersTo, charge.mayUndo {
                        note(fields.value(record: record, field: refersTo), in: &charge, fields, &batch)
                    }
                    if readsIdentifiers {
                        let identifier = value(.identifier, record, fields)
                        batch.identifiers.append(fields.text(identifier, unescaped: &batch.unescapedTexts))
                    }
                    decoded.read.add(amount: charge.amount, currency: charge.currency)
                    batch.charges.append(charge)
                    lastSound = record
                } else {
                    reject(record, records: fields, batch: &batch, decoded: &decoded)
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

    /// The day of a date, or of a time of day; nil when it is neither, and when nothing tells the day.
    @inline(__always)
    private mutating func day(_ value: FieldValue) -> BatchDate? {
        // A date is read without a look at what else it could be.
        if let date = dates.date(value) { return date }
        return value.length >= 19 ? times.date(of: value, needsZone: true) : nil
    }

    @inline(__always)
    private mutating func charge(
        _ record: Int, ordinal: Int, records: RecordFields, batch: inout ChargeBatch
    ) -> ChargeRecord? {
        let subscription = value(.subscription, record, records)
        guard value(.identifier, record, records).length > 0, subscription.length > 0,
            let kind = value(.kind, record, records).chargeKind,
            let chargedOn = day(value(.chargedOn, record, records)), chargedOn.isPresent,
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
            currency: currency.packedCode, byteOffset: self.records.byteOffset(of: record),
            ordinal: UInt32(truncatingIfNeeded: ordinal), kind: kind, status: status)
    }

    /// Notes the id of the charge that money given back undoes, if it names one.
    private func note(
        _ name: FieldValue, in charge: inout ChargeRecord, _ records: RecordFields, _ batch: inout ChargeBatch
    ) {
        guard name.length > 0 else { return }
        charge.hasReference = true
        batch.references.append(
            ChargeReference(
                charge: batch.charges.count, identifier: records.text(name, unescaped: &batch.unescapedTexts)))
    }

    /// Rejects a row: says what is wrong with it, and hands on what can be read.
    private mutating func reject(
        _ record: Int, records: RecordFields, batch: inout ChargeBatch, decoded: inout DecodedBlock
    ) {
        let checks = NativeChargeChecks(
            subscription: value(.subscription, record, records).bytes,
            identifier: value(.identifier, record, records).bytes,
            kind: value(.kind, record, records).bytes, chargedOn: value(.chargedOn, record, records).bytes,
            hasZone: hasZone,
            periodStart: value(.periodStart, record, records).bytes,
            periodEnd: value(.periodEnd, record, records).bytes,
            amount: value(.amount, record, records).bytes, currency: value(.currency, record, records).bytes,
            status: value(.status, record, records).bytes)
        var faults = checks.faults
        if faults.isEmpty {
            // All that is left is an instant whose day in the zone the calendar does not have.
            faults = [NativeValueFault(column: "charged_on", rule: .invalidTime, expected: "a day of the calendar")]
        }
        decoded.findings += self.records.findings(faults, record: record)
        decoded.rejected += 1
        // What the sender adds up holds the amount of a row with a bad date too.
        if let currency = currencies.currency(value(.currency, record, records).packedCurrency),
            let amount = value(.amount, record, records).minorUnits(exponent: currency.exponent)
        {
            decoded.rejectedMoney.add(amount: amount, currency: currency.packedCode)
        } else {
            decoded.rejectedMoney.addUnreadable()
        }
        guard !checks.subscription.isEmpty else { return }
        let period = UnreadablePeriod(
            start: value(.periodStart, record, records).date, end: value(.periodEnd, record, records).date)
        if readsIdentifiers {
            let identifier = records.text(value(.identifier, record, records), unescaped: &batch.unescapedTexts)
            batch.unreadableIdentifiers.append(identifier)
        }
        batch.unreadable.append(
            UnreadableCharge(
                subscription: records.text(value(.subscription, record, records), unescaped: &batch.unescapedTexts),
                kind: value(.kind, record, records).chargeKind,
                chargedOn: day(value(.chargedOn, record, records)) ?? .none,
                periodStart: period.start, periodEnd: period.end, periodIsDamaged: period.isDamaged,
                byteOffset: self.records.byteOffset(of: record),
                ordinal: UInt32(truncatingIfNeeded: self.records.table.recordOrdinal(of: record))))
    }
}

/// What can be read of the period of a rejected row.
private struct UnreadablePeriod {
    let start: BatchDate
    let end: BatchDate
    let isDamaged: Bool

    /// The period of two fields; nil for one that is no date.
    init(start: BatchDate?, end: BatchDate?) {
        self.start = start ?? .none
        self.end = end ?? .none
        let isInverted = self.end.isPresent && self.end.dayNumber < self.start.dayNumber
        isDamaged = start == nil || end == nil || isInverted || (self.end.isPresent && !self.start.isPresent)
    }
}
