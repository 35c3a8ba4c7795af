public import BillingRecords
import BillingValues
import DelimitedText

/// Reads the records of a native subscriptions file from blocks of bytes.
public struct NativeSubscriptionDecoder: Sendable {
    private enum Column: Int, CaseIterable {
        case subscription, msisdn, offer, activatedOn, endedOn, cycle, price, currency, paymentMethod
    }

    /// The layout of the file.
    public var layout: NativeLayout { records.layout }

    private let fields: InlineArray<9, Int>
    /// The field with the earlier ids of the line, if the file has one.
    private let previousIdentifiers: Int?
    /// The field with the name of the billing calendar, if the file has one.
    private let calendar: Int?
    /// The offers whose rows need no price of their own.
    private let pricedOffers: Set<[UInt8]>
    private var records: NativeRecords
    private var currencies = CurrencyCache()
    private var cycles: [(text: [UInt8], cycle: BillingCycle)] = []

    /// A decoder for the records of a file with a layout made for `NativeColumns.subscriptions`.
    init(_ records: NativeRecords, pricedOffers: Set<[UInt8]> = []) {
        self.records = records
        self.pricedOffers = pricedOffers
        fields = InlineArray { records.layout.fields[$0] }
        previousIdentifiers = records.layout.names.firstIndex(of: NativeColumns.previousIdentifiers)
        calendar = records.layout.names.firstIndex(of: NativeColumns.calendar)
    }

    /// What the texts of the last batch are offsets in: the block, or the rows that were made of it.
    public var text: Block { records.text }

    /// Lets go of the last block, so that its storage can be filled again without a copy; `text` is then empty.
    public mutating func release() { records.release() }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout SubscriptionBatch) -> DecodedBlock {
        batch.removeAll()
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        batch.subscriptions.reserveCapacity(table.recordCount)
        let unmapped = records.unmapped
        var lastSound = -1
        RecordFields.with(records.text, table) { records in
            for record in 0..<table.recordCount {
                let terms = unmapped.contains(record) ? nil : terms(record, records: records)
                if terms == nil { explain(record, records: records, decoded: &decoded) }
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
                        previousIdentifiers: text(
                            previousIdentifiers, record, records: records, texts: &batch.unescapedTexts),
                        calendar: text(calendar, record, records: records, texts: &batch.unescapedTexts),
                        hasPrice: value(.price, record, records).length > 0,
                        terms: terms, byteOffset: self.records.byteOffset(of: record),
                        ordinal: UInt32(truncatingIfNeeded: table.recordOrdinal(of: record))))
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

    private func text(_ field: Int?, _ record: Int, records: RecordFields, texts: inout [UInt8]) -> BatchText {
        guard let field else { return .empty }
        let value = records.value(record: record, field: field)
        return value.length == 0 ? .empty : records.text(value, unescaped: &texts)
    }

    private mutating func terms(_ record: Int, records: RecordFields) -> RenewalTerms? {
        guard value(.subscription, record, records).length > 0,
            let activated = value(.activatedOn, record, records).date, let activatedOn = activated.date,
            let ended = value(.endedOn, record, records).date,
            ended.dayNumber >= activated.dayNumber || !ended.isPresent,
            let cycle = cycle(value(.cycle, record, records)),
            let currency = currencies.currency(value(.currency, record, records).packedCurrency),
            let price = value(.price, record, records).minorUnits(exponent: currency.exponent)
                ?? listedPrice(record, records: records), price >= 0
        else { return nil }
        return RenewalTerms(
            activatedOn: activatedOn, endedOn: ended.date, cycle: cycle,
            price: Money(minorUnits: price, currency: currency))
    }

    /// Nothing, for a row that states no price and whose offer has a list of prices; else nil.
    private func listedPrice(_ record: Int, records: RecordFields) -> Int64? {
        guard !pricedOffers.isEmpty, value(.price, record, records).length == 0 else { return nil }
        return pricedOffers.contains(value(.offer, record, records).bytes) ? 0 : nil
    }

    /// The cycle that a value stands for; files use a handful of them.
    private mutating func cycle(_ value: FieldValue) -> BillingCycle? {
        let bytes = unsafe UnsafeBufferPointer(start: value.start, count: value.length)
        for known in cycles where unsafe known.text.elementsEqual(bytes) { return known.cycle }
        guard let cycle = unsafe BillingCycle(iso8601: Span(_unsafeElements: bytes)) else { return nil }
        if cycles.count < 64 { unsafe cycles.append((Array(bytes), cycle)) }
        return cycle
    }

    private mutating func explain(_ record: Int, records: RecordFields, decoded: inout DecodedBlock) {
        let checks = NativeSubscriptionChecks(
            subscription: value(.subscription, record, records).bytes,
            activatedOn: value(.activatedOn, record, records).bytes, endedOn: value(.endedOn, record, records).bytes,
            cycle: value(.cycle, record, records).bytes, price: value(.price, record, records).bytes,
            currency: value(.currency, record, records).bytes)
        decoded.findings += self.records.findings(checks.faults, record: record)
        decoded.rejected += 1
    }
}
