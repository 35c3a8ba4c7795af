public import BillingRecords
import BillingValues
import DelimitedText

/// Reads the records of a native subscriptions file from blocks of bytes.
public struct NativeSubscriptionDecoder: Sendable {
    private enum Column: Int, CaseIterable {
        case subscription, msisdn, offer, activatedOn, endedOn, cycle, price, currency, paymentMethod
    }

    /// The layout of the file.
    public let layout: NativeLayout

    private let scanner: FieldScanner
    private let fields: [Int]
    private var table = FieldTable()
    private var currencies = CurrencyCache()
    private var cycles: [(text: [UInt8], cycle: BillingCycle)] = []

    /// A decoder for a file with a layout made for `NativeColumns.subscriptions`.
    init(layout: NativeLayout) {
        self.layout = layout
        fields = layout.fields
        scanner = FieldScanner(fieldCount: layout.names.count)
    }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout SubscriptionBatch) -> DecodedBlock {
        batch.removeAll()
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
        batch.subscriptions.reserveCapacity(table.recordCount)
        var lastSound = -1
        RecordFields.with(block, table) { records in
            for record in 0..<table.recordCount {
                let terms = terms(record, records: records)
                if terms == nil { explain(record, records: records, block: bytes, decoded: &decoded) }
                let subscription = value(.subscription, record, records)
                guard subscription.length > 0 else { continue }
                if let terms {
                    lastSound = record
                    decoded.read.add(amount: terms.price.minorUnits, currency: terms.price.currency.packedCode)
                }
                batch.subscriptions.append(
                    SubscriptionRecord(
                        subscription: records.text(subscription, unescaped: &batch.unescapedTexts),
                        msisdn: records.text(value(.msisdn, record, records), unescaped: &batch.unescapedTexts),
                        offer: records.text(value(.offer, record, records), unescaped: &batch.unescapedTexts),
                        paymentMethod: records.text(
                            value(.paymentMethod, record, records), unescaped: &batch.unescapedTexts),
                        terms: terms, byteOffset: table.recordStarts[record],
                        ordinal: UInt32(truncatingIfNeeded: table.recordOrdinal(of: record))))
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

    private func value(_ column: Column, _ record: Int, _ records: RecordFields) -> FieldValue {
        records.value(record: record, field: fields[column.rawValue])
    }

    private mutating func terms(_ record: Int, records: RecordFields) -> RenewalTerms? {
        guard value(.subscription, record, records).length > 0,
            let activated = value(.activatedOn, record, records).date, let activatedOn = activated.date,
            let ended = value(.endedOn, record, records).date,
            ended.dayNumber >= activated.dayNumber || !ended.isPresent,
            let cycle = cycle(value(.cycle, record, records)),
            let currency = currencies.currency(value(.currency, record, records).packedCurrency),
            let price = value(.price, record, records).minorUnits(exponent: currency.exponent), price >= 0
        else { return nil }
        return RenewalTerms(
            activatedOn: activatedOn, endedOn: ended.date, cycle: cycle,
            price: Money(minorUnits: price, currency: currency))
    }

    /// The cycle that a value stands for; files use a handful of them.
    private mutating func cycle(_ value: FieldValue) -> BillingCycle? {
        let bytes = unsafe UnsafeBufferPointer(start: value.start, count: value.length)
        for known in cycles where unsafe known.text.elementsEqual(bytes) { return known.cycle }
        guard let cycle = unsafe BillingCycle(iso8601: Span(_unsafeElements: bytes)) else { return nil }
        if cycles.count < 64 { unsafe cycles.append((Array(bytes), cycle)) }
        return cycle
    }

    private func explain(
        _ record: Int, records: RecordFields, block: Span<UInt8>, decoded: inout DecodedBlock
    ) {
        let checks = NativeSubscriptionChecks(
            subscription: value(.subscription, record, records).bytes,
            activatedOn: value(.activatedOn, record, records).bytes, endedOn: value(.endedOn, record, records).bytes,
            cycle: value(.cycle, record, records).bytes, price: value(.price, record, records).bytes,
            currency: value(.currency, record, records).bytes)
        let text = BlockText(table: table, layout: layout)
        for fault in checks.faults {
            let field = layout.names.firstIndex(of: fault.column) ?? 0
            decoded.findings.append(
                text.finding(fault.rule, record: record, field: field, block: block, expected: fault.expected))
        }
        decoded.rejected += 1
    }
}
