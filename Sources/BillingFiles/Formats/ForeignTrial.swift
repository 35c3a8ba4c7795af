import BillingRecords

/// What the first records of a foreign file come to, for whoever has to tell which format it is of.
public struct ForeignTrial: Sendable {
    /// How many rows were made.
    public private(set) var records = 0

    /// How many of them are sound.
    public private(set) var sound = 0

    /// How many records are left out, by reason.
    public private(set) var skipped: [String: Int] = [:]

    /// What is wrong with the others.
    public private(set) var findings: [BlockFinding] = []

    /// Reads the first records of a file.
    public init(_ file: ForeignFile, beginning: [UInt8], isWhole: Bool) {
        if let reader = file.documentReader() {
            read(file, reader, beginning, isWhole: isWhole)
            return
        }
        var text = file.form.encoding.decoded(beginning)
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { text.removeFirst(3) }
        var start = 0
        for _ in 0..<(file.form.skippedLines + (file.form.hasHeader ? 1 : 0)) {
            start = text[start...].firstIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? text.count
        }
        var end = text.count
        if !isWhole {
            while end > start, text[end - 1] != UInt8(ascii: "\n") { end -= 1 }
        }
        guard start < end else { return }
        var block = Block(
            ordinal: 0, file: 0, fileOffset: 0, storage: Array(text[start..<end]), count: end - start, isLast: isWhole)
        block.storage.append(contentsOf: repeatElement(0, count: Block.padding))
        take(Self.decode(block, NativeRecords(layout: file.rowLayout, foreign: file), file.profile.kind))
    }

    /// Reads the first records of a document.
    private mutating func read(
        _ file: ForeignFile, _ reader: some XMLPartReader, _ beginning: [UInt8], isWhole: Bool
    ) {
        var parts = [reader.feed(beginning.span)]
        if isWhole { parts.append(reader.finish()) }
        for part in parts {
            var block = Block(
                ordinal: 0, file: 0, fileOffset: part.fileOffset, storage: part.bytes, count: part.bytes.count,
                isLast: isWhole)
            block.storage.append(contentsOf: repeatElement(0, count: Block.padding))
            block.rows = part.rows
            block.findings = part.findings
            take(Self.decode(block, NativeRecords(layout: file.rowLayout, foreign: file), file.profile.kind))
        }
    }

    private mutating func take(_ decoded: DecodedBlock) {
        records += decoded.records
        let faults = decoded.findings.count { $0.rule.breaksTrust }
        sound += max(0, decoded.records - decoded.rejected - faults)
        skipped.merge(decoded.remains.skipped, uniquingKeysWith: +)
        findings += decoded.findings
    }

    private static func decode(_ block: Block, _ records: NativeRecords, _ kind: NativeKind) -> DecodedBlock {
        switch kind {
        case .subscriptions:
            var (decoder, batch) = (NativeSubscriptionDecoder(records), SubscriptionBatch())
            return decoder.decode(block, into: &batch)
        case .charges:
            var (decoder, batch) = (NativeChargeDecoder(records), ChargeBatch())
            return decoder.decode(block, into: &batch)
        case .events:
            var (decoder, batch) = (NativeEventDecoder(records), EventBatch())
            return decoder.decode(block, into: &batch)
        case .results:
            var (decoder, batch) = (NativeResultDecoder(records), [PaymentResult]())
            return decoder.decode(block, into: &batch)
        case .usage:
            var (decoder, batch) = (NativeUsageDecoder(records, zone: nil), UsageBatch())
            return decoder.decode(block, into: &batch)
        }
    }
}
