import BillingFiles
import BillingRecords
import DelimitedText

/// Validates foreign files by the rows that a format profile makes of them.
///
/// Their structure is judged as it stands, the rows by the same rules as native ones; every finding stands at its place in
/// the foreign file.
struct ForeignValidation {
    let settings: DelimitedSettings
    let foreign: ForeignFile

    /// Validates a file and hands out the findings in their order.
    func run(
        _ source: InputSource, progress: () -> Void, report: (InputFinding) throws -> Void
    ) throws -> FileValidationOutcome {
        let file = source.path == "-" ? source.displayName : source.path
        let kind = foreign.profile.kind
        let plan = NativePlan.make(
            kind, names: foreign.rowColumns, today: settings.today, lines: settings.lines)
        var reading = ForeignReading(file: file, foreign: foreign, plan: plan, mostFindings: settings.mostFindings)
        var source = source
        var sequence = sequence(source)
        guard let header = try header(sequence, file: file, &reading, report) else {
            return reading.outcome
        }
        var suspicion = KeySuspicion.none
        let seed = UInt64.random(in: .min ... .max)
        if plan.uniqueKeys.isEmpty {
            source.keepNoCopy()
        } else {
            suspicion = try KeyCollection(plan: plan, seed: seed, threads: settings.threads, foreign: foreign)
                .run(sequence, progress: progress)
            try source.finishWithoutDigest()
            source = try InputSource(again: source)
            sequence = self.sequence(source)
            _ = try sequence.readHeader()
        }
        reading.begin(header, seed: seed)
        let worker = ForeignWorker(foreign: foreign, plan: plan, suspicion: suspicion)
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: worker, count: settings.threads), over: sequence,
            onRead: { _ in progress() },
            consume: { block, outcome in try reading.add(block, outcome, report) })
        if rejection == nil { try source.finishWithoutDigest() }
        try reading.finish(rejection, report)
        return reading.outcome
    }

    private func sequence(_ source: InputSource) -> BlockSequence {
        BlockSequence(sources: [source], foreign: [foreign], blockSize: settings.blockSize)
    }

    private func header(
        _ sequence: BlockSequence, file: String, _ reading: inout ForeignReading,
        _ report: (InputFinding) throws -> Void
    ) throws -> BlockSequence.Header? {
        switch try sequence.readHeader() {
        case .success(let header): return header
        case .failure(let rejection):
            var finding = rejection.finding
            finding.place.file = file
            try reading.report([finding], report)
            return nil
        }
    }
}
