import BillingRecords

@testable import BillingFiles

/// A charges text decoded as one block.
struct DecodedCharges {
    let block: Block
    var batch = ChargeBatch()
    let decoded: DecodedBlock
    let findings: [InputFinding]

    init(_ text: [UInt8], file: String = "charges.csv") throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(text, to: file)
        let sequence = BlockSequence(sources: [try InputSource(path: path)])
        let header = try sequence.readHeader().get()
        var decoder = try NativeFiles.chargeDecoder(header: header, file: file).get()
        block =
            try sequence.nextBlock(reusing: [])?.get()
            ?? Block(ordinal: 0, file: 0, fileOffset: 0, storage: [], count: 0, isLast: true)
        decoded = decoder.decode(block, into: &batch)
        var directory = BlockDirectory(files: [file])
        directory.beginFile(0, headerLines: header.lines)
        findings = directory.add(block, decoded)
    }

    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// A text of the batch.
    func text(_ text: BatchText) -> String {
        let span = block.storage.span.extracting(0..<block.count)
        return String(decoding: text.bytes(block: span, unescaped: batch.unescapedTexts), as: UTF8.self)
    }
}

/// A subscriptions text decoded as one block.
struct DecodedSubscriptions {
    let block: Block
    var batch = SubscriptionBatch()
    let decoded: DecodedBlock
    let findings: [InputFinding]

    init(_ text: [UInt8], file: String = "subscriptions.csv") throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(text, to: file)
        let sequence = BlockSequence(sources: [try InputSource(path: path)])
        let header = try sequence.readHeader().get()
        var decoder = try NativeFiles.subscriptionDecoder(header: header, file: file).get()
        block =
            try sequence.nextBlock(reusing: [])?.get()
            ?? Block(ordinal: 0, file: 0, fileOffset: 0, storage: [], count: 0, isLast: true)
        decoded = decoder.decode(block, into: &batch)
        var directory = BlockDirectory(files: [file])
        directory.beginFile(0, headerLines: header.lines)
        findings = directory.add(block, decoded)
    }

    init(_ text: String) throws { try self.init(Array(text.utf8)) }

    /// A text of the batch.
    func text(_ text: BatchText) -> String {
        let span = block.storage.span.extracting(0..<block.count)
        return String(decoding: text.bytes(block: span, unescaped: batch.unescapedTexts), as: UTF8.self)
    }
}
