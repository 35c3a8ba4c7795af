import BillingFiles

/// Validates the records of a native document as those of CSV are: values, and the rules about records.
///
/// The document was validated with its schema before, so that its structure is sound; what the schema said of a record
/// is not said again.
struct XMLRecordValidation {
    let kind: NativeKind
    let settings: RecordSettings
    let threads: Int
    let blockSize: Int
    let mostFindings: Int

    /// Reads the document again and hands out the findings in their order.
    ///
    /// - Parameters:
    ///   - source: the document, which was read to its end.
    ///   - violating: the records that violate the schema.
    ///   - progress: called now and then.
    ///   - report: takes each finding.
    /// - Returns: how many findings there are of each rule.
    func run(
        _ source: InputSource, violating: RecordSet, progress: () -> Void, report: (InputFinding) throws -> Void
    ) throws -> [InputRule: Int] {
        let shape = XMLRecordShape.ofAudit(kind)
        let plan = NativePlan.make(kind, names: shape.columns, today: settings.today, lines: settings.lines)
        let seed = UInt64.random(in: .min ... .max)
        var suspicion = KeySuspicion.none
        if !plan.uniqueKeys.isEmpty, let (sequence, header) = try opened(source) {
            let collection = KeyCollection(
                plan: plan, seed: seed, threads: threads, reader: XMLBlockReader(header: header, shape: shape))
            suspicion = try collection.run(sequence, progress: progress)
        }
        guard let (sequence, header) = try opened(source) else { return [:] }
        let worker = XMLRecordWorker(
            plan: plan, suspicion: suspicion, reader: XMLBlockReader(header: header, shape: shape))
        let file = source.path == "-" ? source.displayName : source.path
        var reading = XMLRecordReading(
            file: file, kind: kind, plan: plan, header: header, worker: worker, violating: violating,
            mostFindings: mostFindings, seed: seed)
        // Whatever stops the reading was told by the validation with the schema.
        try BlockPipeline.run(
            workers: Array(repeating: worker, count: threads), over: sequence,
            onRead: { _ in progress() },
            consume: { block, outcome in try reading.add(block, outcome, report) })
        try reading.finish(report)
        return reading.counts
    }

    /// The blocks of the document from its first record on.
    private func opened(_ source: InputSource) throws -> (BlockSequence, XMLFileHeader)? {
        let sequence = BlockSequence(sources: [try InputSource(again: source)], format: .xml, blockSize: blockSize)
        guard case .success(let header) = try sequence.readHeader(), let xml = header.xml else { return nil }
        return (sequence, xml)
    }
}
