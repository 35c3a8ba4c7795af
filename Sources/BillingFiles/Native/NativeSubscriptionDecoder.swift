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
        batch.subscriptions.reserveCapacity(table.recordCount)
        var lastSound = -1
        unsafe block.storage.withUnsafeBufferPointer { storage in
            guard let base = storage.baseAddress else { return }
            for record in 0..<table.recordCount {
                let terms = unsafe terms(record, base: base)
                if terms == nil { unsafe explain(record, base: base, block: bytes, decoded: &decoded) }
                let subscription = unsafe value(.subscription, record, base)
                guard subscription.length > 0 else { continue }
                if let terms {
                    lastSound = record
                    decoded.read.add(amount: terms.price.minorUnits, currency: terms.price.currency.packedCode)
                }
                unsafe batch.subscriptions.append(
                    SubscriptionRecord(
                        subscription: text(subscription, base: base, unescaped: &batch.unescapedTexts),
                        msisdn: text(value(.msisdn, record, base), base: base, unescaped: &batch.unescapedTexts),
                        offer: text(value(.offer, record, base), base: base, unescaped: &batch.unescapedTexts),
                        paymentMethod: text(
                            value(.paymentMethod, record, base), base: base, unescaped: &batch.unescapedTexts),
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

    @inline(__always)
    private func value(_ column: Column, _ record: Int, _ base: UnsafePointer<UInt8>) -> FieldValue {
        let entry = record &* layout.names.count &+ fields[column.rawValue]
        let start =
            fields[column.rawValue] == 0 ? Int(table.recordStarts[record]) : Int(table.fieldEnds[entry &- 1]) &+ 1
        return unsafe FieldValue(raw: base + start, length: Int(table.fieldEnds[entry]) &- start)
    }

    private mutating func terms(_ record: Int, base: UnsafePointer<UInt8>) -> RenewalTerms? {
        guard unsafe value(.subscription, record, base).length > 0,
            let activated = unsafe value(.activatedOn, record, base).date, let activatedOn = activated.date,
            let ended = unsafe value(.endedOn, record, base).date,
            ended.dayNumber >= activated.dayNumber || !ended.isPresent,
            let cycle = unsafe cycle(value(.cycle, record, base)),
            let currency = currencies.currency(unsafe value(.currency, record, base).packedCurrency),
            let price = unsafe value(.price, record, base).minorUnits(exponent: currency.exponent), price >= 0
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

    private func text(_ value: FieldValue, base: UnsafePointer<UInt8>, unescaped: inout [UInt8]) -> BatchText {
        guard value.isEscaped else {
            return unsafe BatchText(
                start: UInt32(truncatingIfNeeded: value.start - base),
                length: UInt32(truncatingIfNeeded: value.length), isUnescaped: false)
        }
        return value.appendUnescaped(to: &unescaped)
    }

    private func explain(
        _ record: Int, base: UnsafePointer<UInt8>, block: Span<UInt8>, decoded: inout DecodedBlock
    ) {
        let checks = unsafe NativeSubscriptionChecks(
            subscription: value(.subscription, record, base).bytes,
            activatedOn: value(.activatedOn, record, base).bytes, endedOn: value(.endedOn, record, base).bytes,
            cycle: value(.cycle, record, base).bytes, price: value(.price, record, base).bytes,
            currency: value(.currency, record, base).bytes)
        let text = BlockText(table: table, layout: layout)
        for fault in checks.faults {
            let field = layout.names.firstIndex(of: fault.column) ?? 0
            decoded.findings.append(
                text.finding(fault.rule, record: record, field: field, block: block, expected: fault.expected))
        }
        decoded.rejected += 1
    }
}
