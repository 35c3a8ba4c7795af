public import BillingRecords
import BillingValues
import DelimitedText

/// Reads the records of a native events file from blocks of bytes.
///
/// Every value is looked at with care: a file has few events, and each can decide over money.
public struct NativeEventDecoder: Sendable {
    private enum Column: Int, CaseIterable {
        case subscription, event, effectiveOn, until, value
    }

    /// The layout of the file.
    public var layout: NativeLayout { records.layout }

    private let fields: [Int]
    private var records: NativeRecords

    /// A decoder for the records of a file with a layout made for `NativeColumns.events`.
    init(_ records: NativeRecords) {
        self.records = records
        fields = records.layout.fields
    }

    /// Lets go of the last block, so that its storage can be filled again without a copy.
    public mutating func release() { records.release() }

    /// Decodes a block into an emptied batch.
    public mutating func decode(_ block: Block, into batch: inout EventBatch) -> DecodedBlock {
        batch.events.removeAll(keepingCapacity: true)
        var decoded = records.scan(block)
        guard !decoded.isDoubtful else { return decoded }
        let table = records.table
        let lines = records.lineOrdinals
        var lastSound = -1
        RecordFields.with(records.text, table) { records in
            for record in 0..<table.recordCount {
                let checks = checks(record, records)
                let faults = self.records.findings(checks.faults, record: record)
                decoded.findings += faults
                if faults.isEmpty {
                    lastSound = record
                    decoded.read.add(amount: 0, currency: 0)
                } else {
                    decoded.rejected += 1
                }
                guard !checks.subscription.isEmpty else { continue }
                let source = SubscriptionEvent.Source(
                    file: block.file, line: lines[record], record: table.recordOrdinal(of: record),
                    byteOffset: UInt64(self.records.byteOffset(of: record)))
                batch.events.append(event(checks, isSound: faults.isEmpty, source: source))
            }
        }
        decoded.findings += records.structureFindings(
            lastSound: lastSound, hasMultilineRecords: decoded.hasMultilineRecords)
        decoded.findings.sort { $0.byteOffset < $1.byteOffset }
        return decoded
    }

    private func event(
        _ checks: NativeEventChecks, isSound: Bool, source: SubscriptionEvent.Source
    ) -> SubscriptionEvent {
        SubscriptionEvent(
            subscription: checks.subscription, kind: EventKind(word: checks.event),
            effectiveOn: CivilDate.parse(checks.effectiveOn), until: CivilDate.parse(checks.until),
            value: checks.value, isSound: isSound, source: source)
    }

    private func checks(_ record: Int, _ records: RecordFields) -> NativeEventChecks {
        NativeEventChecks(
            subscription: text(.subscription, record, records), event: text(.event, record, records),
            effectiveOn: text(.effectiveOn, record, records), until: text(.until, record, records),
            value: text(.value, record, records))
    }

    private func text(_ column: Column, _ record: Int, _ records: RecordFields) -> [UInt8] {
        let value = records.value(record: record, field: fields[column.rawValue])
        guard value.isEscaped else { return value.bytes }
        var unescaped: [UInt8] = []
        _ = value.appendUnescaped(to: &unescaped)
        return unescaped
    }
}
