import BillingFiles
import DirectDebits
import Reports

/// One reading of a native file from its first to its last record, each rewritten for the target.
struct RecordConversion {
    /// What a reading came to.
    enum End {
        /// Everything was read and appended to the output.
        case done(ConversionOutcome)

        /// Records of an XML file have elements that the layout had no column for: read once more, with these.
        case furtherColumns([String])
    }

    let source: InputSource
    let format: NativeFormat
    let foreign: ForeignFile?
    let options: ConversionOptions
    let progress: ProgressLine

    /// The columns of an XML file besides the known ones, as far as they were found.
    var further: [String] = []

    /// Reads all records and appends them to the output.
    ///
    /// - Throws: `UntrustedInput` when the header or the structure of a record is broken.
    ///
    /// - Parameters:
    ///   - rejects: takes the records that the target cannot hold; nil where nobody asks for them.
    ///   - recognition: sees the beginning of what is written.
    func run(
        to output: ConversionOutput, rejects: ConversionOutput?, _ recognition: OutputRecognition?
    ) throws -> End {
        var foreign = foreign
        foreign?.makesCopies = true
        let sequence = BlockSequence(sources: [source], format: format, foreign: [foreign])
        sequence.makesCopies = true
        var reading = try begin(sequence)
        let layout = reading.layout
        let window = options.threads + 4
        sequence.blockSize = layout.blockSize(forBlocksAtOnce: window)
        let prologue = layout.prologue
        recognition?.take(prologue.span)
        try output.append(prologue.span)
        try rejects?.append(layout.rejectsHeader.span)
        var documents = options.collections == nil ? options.target.plan.flatMap { DocumentAssembler($0) } : nil
        var charges: [CollectedCharge] = []
        let converter = RecordConverter(layout: layout, header: reading.header)
        var waiting = WaitingRecords(converter)
        var separator = options.target.plan?.separatorLength ?? 0
        var size: UInt64 = 0
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: converter, count: options.threads), over: sequence,
            window: window,
            onRead: { _ in progress.update(layout.kind.rawValue, [source]) },
            consume: { block, made in
                let converted = waiting.settled(block, made)
                try reading.add(block, converted)
                // Once nothing will be published the rest is read for what it tells.
                if reading.mayBePublished {
                    try converted.records.withBytes { (all) throws(OutputError) in
                        // Before the first record nothing is there that it could be separated from.
                        let bytes = all.extracting(min(separator, all.count)..<all.count)
                        if !all.isEmpty { separator = 0 }
                        size += UInt64(bytes.count)
                        recognition?.take(bytes)
                        try output.append(bytes)
                    }
                    try rejects?.append(converted.refusedRows.span)
                    documents?.add(converted.parts)
                    if options.collections != nil {
                        charges += converted.parts.compactMap { CollectedCharge(values: $0.columns) }
                    }
                }
                converter.giveBack(converted)
                if documents?.isOverLimit ?? false {
                    throw CommandOutcome(
                        status: .usage,
                        message: "the records of a document are held until the last one, and these are more than "
                            + "\(DocumentAssembler.limit >> 20) MiB: convert them in parts")
                }
            })
        try reading.finish(rejection)
        try source.finishWithoutDigest()
        if !reading.further.isEmpty { return .furtherColumns(further + reading.further) }
        guard let epilogue = layout.epilogue(reading.totals) else {
            throw CommandOutcome(
                status: .findings,
                message:
                    "a total of the records is larger than \(layout.target.carrier) can state, so nothing was written")
        }
        if let most = options.target.plan?.mostBytes, size + UInt64(prologue.count + epilogue.count) > most {
            throw CommandOutcome(
                status: .findings,
                message: "the records are more than \(most) bytes, which nobody could read again in "
                    + "\(layout.target.carrier), so nothing was written")
        }
        recognition?.take(epilogue.span)
        try output.append(epilogue.span)
        try Conservation.check(
            read: reading.directory.records[0], written: reading.written, rejected: reading.rejected)
        var outcome = reading.outcome(options)
        if let collections = options.collections, !options.isStrict || outcome.isComplete {
            let message = try collections.message(of: charges)
            outcome.hasNoDocument = charges.isEmpty
            recognition?.take(message.span)
            try output.append(message.span)
        }
        if let documents, let plan = options.target.plan, !options.isStrict || outcome.isComplete {
            outcome.hasNoDocument = try !DocumentsOutput(documents, plan).write(to: output, recognition)
        }
        return .done(outcome)
    }

    private func begin(_ sequence: BlockSequence) throws -> ConversionAccount {
        let name = source.displayName
        switch try sequence.readHeader() {
        case .failure(let rejection): throw UntrustedInput([rejection.finding])
        case .success(let header):
            let layout = ConversionLayout.make(header: header, further: further, file: name, target: options.target)
            switch layout {
            case .failure(let faults): throw UntrustedInput(faults.findings)
            case .success(let layout):
                try ConversionKinds.check(layout, of: name)
                sequence.readRecords(as: layout.shape)
                return ConversionAccount(file: name, header: header, layout: layout)
            }
        }
    }
}
