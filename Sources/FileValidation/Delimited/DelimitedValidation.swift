public import BillingFiles
import BillingRecords
import DelimitedText

/// Validates delimited files: bytes, structure, values, and the rules about records.
///
/// ```swift
/// let validation = DelimitedValidation(DelimitedSettings(today: CivilDate("2025-06-30")))
/// let outcome = try validation.run(InputSource(path: "charges.csv")) { finding in print(finding) }
/// outcome.verdict // valid
/// ```
///
/// Every finding is counted and handed out in the order of the file, whatever the number of threads. Memory does not grow
/// with the file or its findings, but for keys that must be unique: eight bytes each, and a second reading.
public struct DelimitedValidation: Sendable {
    private let settings: DelimitedSettings

    /// Validation with some settings.
    public init(_ settings: DelimitedSettings) {
        self.settings = settings
    }

    /// Validates a file and hands out the findings in their order.
    ///
    /// - Parameters:
    ///   - source: the file, opened as replayable and not read.
    ///   - foreign: how the file is read if it is of a foreign format.
    ///   - rows: takes the rows apart, if they are to be; those of native files alone.
    ///   - progress: called now and then.
    ///   - report: takes each finding.
    /// - Throws: `InputError` when the bytes cannot be had, and what `report` throws.
    public func run(
        _ source: InputSource, foreign: ForeignFile? = nil, rows: RowFiles? = nil, progress: () -> Void = {},
        report: (InputFinding) throws -> Void
    ) throws -> FileValidationOutcome {
        if let foreign {
            return try ForeignValidation(settings: settings, foreign: foreign)
                .run(source, progress: progress, report: report)
        }
        let file = source.path == "-" ? source.displayName : source.path
        var tally = FileValidationTally(file: file)
        let told = try ToldForm.make(source, settings)
        if case .ambiguous(let rule, let found, let expected) = told {
            try report(tally.add(rule, found: found, expected: expected))
            return FileValidationOutcome(file: file, format: "csv", counts: tally.counts, records: 0)
        }
        let (form, values, guess) = told.parts
        let sequence = sequence(source, form)
        let header: BlockSequence.Header
        switch try sequence.readHeader() {
        case .failure(let rejection):
            var finding = rejection.finding
            finding.place.file = file
            tally.count(finding.rule)
            try report(finding)
            return FileValidationOutcome(file: file, format: "csv", counts: tally.counts, records: 0)
        case .success(let read): header = read
        }
        let references = try ReferencedKeys.all(settings, own: source, form)
        let planned = PlannedTable(settings, form, values, header, references, file: file)
        for finding in planned.findings {
            tally.count(finding.rule)
            try report(finding)
        }
        guard let plan = planned.plan else {
            return FileValidationOutcome(file: file, format: "csv", counts: tally.counts, records: 0)
        }
        var counts = tally.counts
        // Rows under a header with an error are not what they seem.
        let splitter = counts.keys.contains { $0.severity == .error } ? nil : rows
        try splitter?.begin(header.stored, encoding: form.encoding)
        let records = try run(
            source, sequence, form, header, plan, &counts, file: file, rows: splitter, progress: progress,
            report: report)
        if records == 0, planned.needsRecords, counts.allSatisfy({ $0.key.severity == .warning }) {
            let finding = InputFinding(
                rule: .noRecords, place: .whole(file), found: "no record", expected: "at least one record")
            counts[finding.rule] = 1
            try report(finding)
        }
        var outcome = FileValidationOutcome(
            file: file, format: planned.format ?? "csv", counts: counts, records: records)
        outcome.guess = guess
        return outcome
    }

    private func sequence(_ source: InputSource, _ form: DelimitedForm) -> BlockSequence {
        BlockSequence(sources: [source], format: .csv, form: form, blockSize: settings.blockSize)
    }

    /// Reads the records; a first time for the keys, where there are any.
    private func run(
        _ source: InputSource, _ sequence: BlockSequence, _ form: DelimitedForm, _ header: BlockSequence.Header,
        _ plan: TablePlan,
        _ counts: inout [InputRule: Int], file: String, rows: RowFiles?, progress: () -> Void,
        report: (InputFinding) throws -> Void
    ) throws -> Int {
        var (source, sequence) = (source, sequence)
        var suspicion = KeySuspicion.none
        let seed = UInt64.random(in: .min ... .max)
        if plan.uniqueKeys.isEmpty {
            source.keepNoCopy()
        } else {
            let collection = KeyCollection(plan: plan, seed: seed, threads: settings.threads)
            suspicion = try collection.run(sequence, progress: progress)
            // A row without an end stops the first reading, and the second one tells it.
            try source.passOverRest()
            try source.finishWithoutDigest()
            source = try InputSource(again: source)
            sequence = self.sequence(source, form)
            _ = try sequence.readHeader()
        }
        var reading = DelimitedReading(
            file: file, plan: plan, lines: header.lines, isCRLF: header.endsWithCRLF, encoding: form.encoding,
            mostFindings: settings.mostFindings, seed: seed, splitter: rows,
            refusingRules: settings.refusingRules)
        let worker = DelimitedWorker(
            plan: plan, suspicion: suspicion, refusingRules: rows == nil ? nil : settings.refusingRules)
        let (_, rejection) = try BlockPipeline.run(
            workers: Array(repeating: worker, count: settings.threads), over: sequence,
            onRead: { _ in progress() },
            consume: { block, outcome in try reading.add(block, outcome, report) })
        if let rejection {
            try reading.add(reading.placed(rejection), report)
            rows?.stop()
        } else {
            try source.finishWithoutDigest()
        }
        counts.merge(reading.counts, uniquingKeysWith: +)
        return reading.records
    }
}
