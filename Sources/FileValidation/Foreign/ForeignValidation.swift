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
        let seed = UInt64.random(in: .min ... .max)
        reading.begin(header, seed: seed)
        if plan.uniqueKeys.isEmpty {
            source.keepNoCopy()
            try read(source, sequence, plan, .none, &reading, progress, report)
            return reading.outcome
        }
        // Nearly no file has a key twice. So the first reading judges the rows as if none had, and gathers the keys.
        var (first, held) = (reading, HeldFindings())
        let suspicion = try readFirst(source, sequence, plan, seed, &first, &held, progress)
        if suspicion.isNone, held.areAll {
            for finding in held.findings { try report(finding) }
            return first.outcome
        }
        source = try InputSource(again: source)
        sequence = self.sequence(source)
        _ = try sequence.readHeader()
        try read(source, sequence, plan, suspicion, &reading, progress, report)
        return reading.outcome
    }

    /// Reads the records with what is known of their keys.
    private func read(
        _ source: InputSource, _ sequence: BlockSequence, _ plan: TablePlan, _ suspicion: KeySuspicion,
        _ reading: inout ForeignReading, _ progress: () -> Void, _ report: (InputFinding) throws -> Void
    ) throws {
        let worker = ForeignWorker(foreign: foreign, plan: plan, suspicion: suspicion)
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: worker, count: settings.threads), over: sequence,
            onRead: { _ in progress() },
            consume: { block, outcome in try reading.add(block, outcome, report) })
        if rejection == nil { try source.finishWithoutDigest() }
        try reading.finish(rejection, report)
    }

    /// Reads the records, holds the findings back, and tells which keys may stand twice.
    private func readFirst(
        _ source: InputSource, _ sequence: BlockSequence, _ plan: TablePlan, _ seed: UInt64,
        _ reading: inout ForeignReading, _ held: inout HeldFindings, _ progress: () -> Void
    ) throws -> KeySuspicion {
        var buckets = plan.uniqueKeys.map { _ in KeyHashBuckets() }
        let worker = ForeignWorker(foreign: foreign, plan: plan, suspicion: .none, collecting: seed)
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: worker, count: settings.threads), over: sequence,
            onRead: { _ in progress() },
            consume: { block, outcome in
                for (key, hashes) in outcome.hashes.enumerated() { buckets[key].add(hashes) }
                try reading.add(block, outcome) { held.hold($0) }
            })
        // A record without an end stops the reading.
        if rejection != nil { try source.passOverRest() }
        try source.finishWithoutDigest()
        try reading.finish(rejection) { held.hold($0) }
        return KeySuspicion(seed: seed, hashes: buckets.map { $0.repeated(threads: settings.threads) })
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

/// Findings that are handed out only when it is known that they are all; no more than a few thousand.
private struct HeldFindings {
    private(set) var findings: [InputFinding] = []
    private(set) var areAll = true

    mutating func hold(_ finding: InputFinding) {
        if findings.count < 4096 { findings.append(finding) } else { areAll = false }
    }
}
