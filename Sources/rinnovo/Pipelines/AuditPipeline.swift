import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import FileValidation
import OperatorSettings
import RenewalAudit
import Reports
import Synchronization

/// The way of the data through an audit, from the paths of the inputs to the published outputs.
///
/// ```
/// subscriptions -> table and index
/// events -> timelines of the lines that have some
/// results of banks -> by what they name -> the status of the charges that they name
/// charges -> decode -> sieve (regular: a claim; other: kept) -> judge -> discrepancies
/// usage -> decode -> one bit a line and day -> confidence, usage of nobody
/// discrepancies -> plan -> recovery charges, cited charges -> outputs -> manifest -> publication
/// ```
///
/// Nothing stands under its final name before everything is written and every account balances.
struct AuditPipeline {
    private let options: AuditOptions
    private let progress: ProgressLine

    init(_ options: AuditOptions, progress: ProgressLine) {
        self.options = options
        self.progress = progress
    }

    /// What an audit leaves behind.
    struct Run {
        let outcome: AuditOutcome
        let directory: String?
        let files: [(name: String, records: Int?)]
        /// The histories that were asked for.
        let explanation: Explanation
        /// The files of which no control file says anything; none where there is no control file.
        let unconfirmed: [String]
    }

    /// Runs the audit.
    ///
    /// - Throws: `UntrustedInput` when no verdict may be given, `InputError`, `OutputError`, and `CommandOutcome`
    ///   with the code for a bug when an account does not balance.
    func run() throws -> Run {
        let start = ContinuousClock.now
        let ledger = try options.ledger.map {
            try AuditLedger($0, isDryRun: options.output == nil, isProposal: options.isProposal)
        }
        let subscriptionSource = try options.subscriptions.map { try InputSource(path: $0, replayable: false) }
        let eventSources = try options.events.map { try InputSource(path: $0, replayable: false) }
        let chargeSources = try options.charges.enumerated().map { place, path in
            // The bytes of a first plain file are those of its copy: hashing them once is enough.
            let isHashedByCopy =
                place == 0 && options.output != nil && Compression(path: path) == .none && options.subscriptions != nil
            return try InputSource(path: path, hashing: !isHashedByCopy)
        }
        let usageSources = try options.usage.map { try InputSource(path: $0, replayable: false) }
        let resultSources = try options.results.map { try InputSource(path: $0, replayable: false) }
        let mandates = try options.collections.map { try InputSource(path: $0.mandates, replayable: false) }
        let controls = try options.controls.map { try ControlFile(InputSource(path: $0, replayable: false)) }
        let inputs =
            [subscriptionSource?.identity].compactMap { $0 }
            + (eventSources + chargeSources + usageSources + resultSources).map(\.identity)
            + options.settings.map(\.identity)
            + controls.map(\.identity) + [mandates?.identity].compactMap { $0 }
        let foreignCharges = try options.formats.foreignFiles(chargeSources, .charges)
        let foreignEvents = try options.formats.foreignFiles(eventSources, .events)
        let foreignUsage = try options.formats.foreignFiles(usageSources, .usage)
        let foreignResults = try options.formats.foreignFiles(resultSources, .results)
        let foreignSubscriptions = try options.formats.foreignFiles(
            [subscriptionSource].compactMap { $0 }, .subscriptions)
        let output = try output(inputs: inputs, ledger: ledger)
        var findings = InputFindings()
        var results = ResultsReading(sources: resultSources, foreign: foreignResults)
        try results.read(threads: options.threads, findings: &findings, progress: progress)
        var subscriptions: SubscriptionsReading
        var inference: SubscriptionsInference?
        if let subscriptionSource {
            subscriptions = SubscriptionsReading(
                source: subscriptionSource, foreign: foreignSubscriptions[0],
                table: Subscriptions(
                    window: options.terms.window, offers: options.offers, suspension: options.suspension))
            try subscriptions.read(threads: options.threads, findings: &findings, progress: progress)
        } else {
            let inferred = try SubscriptionsInference(
                sources: chargeSources, foreign: foreignCharges, terms: options.terms, zone: options.zone,
                answered: results.answered, threads: options.threads, progress: progress)
            subscriptions = SubscriptionsReading(inferred: inferred.subscriptions)
            inference = inferred
        }
        guard subscriptions.subscriptions.isWithinLimits else {
            throw CommandOutcome(
                status: .usage,
                message: "\(subscriptions.subscriptions.dueCount) renewals are due in this window, and an audit can "
                    + "keep account of \(Subscriptions.dueLimit): audit a shorter window, or fewer subscriptions")
        }
        let events = try join(
            EventsReading(sources: eventSources, foreign: foreignEvents), with: &subscriptions, findings: &findings)
        let explainedRows = try Explanation.rows(of: options.explained, in: subscriptions, findings: findings)
        let claims = ClaimedPeriods(subscriptions.subscriptions)
        let sieve = ChargeSieve(
            subscriptions: subscriptions.subscriptions, claims: claims, terms: options.terms,
            letsRegularPass: options.letsRegularPass,
            watch: try ledger?.watch(subscriptions.subscriptions) ?? .none, explained: Set(explainedRows))
        let copy = output.map { CorrectedCharges(output: $0, inBackground: options.threads > 1) }
        let sources = inference?.sources ?? chargeSources
        var charges = ChargesReading(
            sources: sources, foreign: foreignCharges, taker: AnsweringTaker(sieve, results.answered),
            zone: options.zone, knownDigests: inference?.digests, readsIdentifiers: results.answered != nil)
        try charges.read(threads: options.threads, copy: copy, findings: &findings, progress: progress)
        var usage = UsageReading(sources: usageSources, foreign: foreignUsage, zone: options.zone)
        try usage.read(
            subscriptions.subscriptions, threads: options.threads, findings: &findings, progress: progress)
        progress.end()
        let read = [subscriptions.files, events.files, charges.files, usage.files, results.files]
        let totals = ControlTotals(controls, received: read.flatMap(\.received))
        for finding in totals.findings { findings.add(finding) }
        if findings.breakTrust { throw UntrustedInput(findings: findings) }
        try Conservation.check(charges)
        try Conservation.check(usage)
        try resolveReferences(&charges, sources: sources)
        try ledger?.lock(subscriptions.subscriptions)
        var judged = try JudgedCharges(
            charges.taker, blocks: charges.files.directory.entries.count, usage: usage.evidence,
            subscriptions: subscriptions.subscriptions, options: options, ledger: ledger)
        charges.update { $0.base.letChargesGo() }
        if ledger == nil, explainedRows.isEmpty { judged.letChargesGo() }
        var (outcome, notices) = try self.judge(
            subscriptions, events, charges, usage, results, &judged, ledger: ledger, findings: findings, to: output)
        let collections = try collections(mandates, &outcome)
        try Conservation.check(outcome)
        var cited = CitedChargeReader(
            directory: charges.files.directory, formats: charges.formats, sources: sources)
        cited.appended = judged.answered?.rows ?? []
        let explanation = try Explanation(
            rows: explainedRows, judge: judged.judge, outcome: outcome, charges: cited)
        let unconfirmed = controls.isEmpty ? [] : totals.unconfirmed
        guard let output, let copy else {
            return Run(outcome: outcome, directory: nil, files: [], explanation: explanation, unconfirmed: unconfirmed)
        }
        let outputs = AuditOutputs(
            outcome: outcome, settings: options.settings, controls: controls, policy: options.policy,
            masksTables: options.masksTables,
            threads: options.threads, output: output, collections: collections, notices: notices)
        let entries = try outputs.write(copy: copy, cited: cited, chargeRecords: charges.files.directory.records)
        let seal = { (run: ManifestDocument.LedgerRun?) throws in
            try outputs.writeManifest(entries, inputs: read.flatMap(\.digests), start: start, ledger: run)
        }
        if let ledger {
            try ledger.publish(outcome, entries, to: output, manifest: seal)
        } else {
            try seal(nil)
            try output.publish()
        }
        let files = entries.map { ($0.name, $0.records) } + [("manifest.json", nil)]
        return Run(
            outcome: outcome, directory: options.output, files: files, explanation: explanation,
            unconfirmed: unconfirmed)
    }

    /// Plans the direct debits of the recovery, if they are asked for.
    private func collections(_ mandates: InputSource?, _ outcome: inout AuditOutcome) throws -> AuditCollections? {
        guard let mandates, let asked = options.collections else { return nil }
        let collections = try AuditCollections(
            asked, mandates, instalments: outcome.releasedInstalments, outcome: outcome)
        for finding in collections.findings { outcome.findings.add(finding) }
        if outcome.findings.breakTrust { throw UntrustedInput(findings: outcome.findings) }
        outcome.collections = collections.outcome
        return collections
    }

    /// Begins the output, if there is to be one.
    private func output(inputs: [FileIdentity], ledger: AuditLedger?) throws -> OutputDirectory? {
        guard let path = options.output else { return nil }
        let output: OutputDirectory
        do {
            output = try OutputDirectory(path: path, replacing: options.replacesOutput, inputs: inputs)
        } catch {
            throw ledger?.explanation(of: error) ?? error
        }
        try ledger?.check(output)
        return output
    }

    /// Finds the charges that refunds name; where none names any, nothing is read again.
    private func resolveReferences(_ charges: inout ChargesReading<AnsweringTaker<ChargeSieve>>, sources: [InputSource])
        throws
    {
        guard !charges.taker.base.references.isEmpty else { return }
        // What it finds was found and told before.
        var findings = InputFindings()
        var names = ChargesReading(
            sources: try sources.map { try InputSource(again: $0) }, foreign: charges.files.foreign,
            taker: NamedCharges(charges.taker.base), zone: options.zone, knownDigests: charges.files.digests,
            readsIdentifiers: true)
        try names.read(threads: options.threads, copy: nil, findings: &findings, progress: progress)
        progress.end()
        guard names.files.directory.records == charges.files.directory.records else {
            throw CommandOutcome(
                status: .internalError, message: "a second reading found other charges; please report it")
        }
        charges.update { $0.base.resolve(names.taker) }
    }

    /// Reads the events and joins them with their subscriptions.
    private func join(
        _ reading: EventsReading, with subscriptions: inout SubscriptionsReading, findings: inout InputFindings
    ) throws -> EventsReading {
        var reading = reading
        try reading.read(threads: options.threads, findings: &findings, progress: progress)
        let faults = subscriptions.join(reading, threads: options.threads, findings: &findings)
        for finding in reading.findings(faults) { findings.add(finding) }
        try Conservation.check(reading, faults, trusted: !findings.breakTrust)
        reading.letEventsGo()
        return reading
    }

    private func judge(
        _ subscriptions: SubscriptionsReading, _ events: EventsReading,
        _ charges: ChargesReading<AnsweringTaker<ChargeSieve>>, _ usage: UsageReading, _ results: ResultsReading,
        _ judged: inout JudgedCharges, ledger: AuditLedger?, findings: InputFindings, to output: OutputDirectory?
    ) throws -> (AuditOutcome, notices: ManifestDocument.Entry?) {
        let table = subscriptions.subscriptions
        var parts = judged.takeVerdicts()
        let sieve = charges.taker.base
        // Without a subscriptions file nobody is unknown; a stranger then has nothing but rejected rows.
        let strangers =
            table.inference == nil
            ? UnknownSubscription.discrepancies(in: sieve.strangers, audit: options.terms) : []
        let ofUsage = usage.evidence.map {
            UsageWhileEnded.discrepancies(in: $0) + UsageWithoutSubscription.discrepancies(in: $0)
        }
        let found =
            parts.indices.map { parts[$0].takeDiscrepancies() } + [strangers, ofUsage ?? []] + [
                judged.answered?.discrepancies ?? []
            ]
        let (ordered, calendar) = try order(found, table)
        var discrepancies = ordered
        try ledger?.reckon(discrepancies, judged.sieve, judged.judge, table, options)
        if let ledger, !ledger.discrepancies.isEmpty {
            // These tell of what was paid; none of them is of a missed renewal.
            discrepancies = DiscrepancyOrder.sorted(parts: [discrepancies, ledger.discrepancies], subscriptions: table)
        }
        let verdicts = parts.reduce(into: RenewalVerdicts()) { $0.append($1) }
        let (plan, counts, causes) = try derive(
            discrepancies, verdicts: verdicts, table, calendar, plan: ledger?.recoveryPlan)
        let inputs: [AuditOutcome.Input] =
            [subscriptions.files, events.files, charges.files, usage.files, results.files].flatMap { files in
                let directory = files.directory
                return directory.files.indices.map { file in
                    var input = AuditOutcome.Input(
                        role: files.role.rawValue, name: directory.files[file], records: directory.records[file],
                        rejected: directory.rejected[file])
                    input.format = directory.formats[file]
                    input.skipped = directory.skipped[file]
                    return input
                }
            }
        let policy = options.policy.notices
        let notices = try NoticesFile(
            NoticeTable(plan, subscriptions: table, policy: policy, masked: options.masksTables),
            counts: NoticeCounts(policy), threads: options.threads, to: output)
        var outcome = AuditOutcome(
            terms: options.terms, recoveryPolicy: options.policy.recovery,
            noticePolicy: policy, noticeCounts: notices.counts, inputs: inputs, findings: findings,
            subscriptions: table, verdicts: verdicts, discrepancies: discrepancies, plan: plan,
            tally: sieve.tally, newestCharge: sieve.newestChargeDay, counts: counts, causes: causes,
            ledger: ledger?.outcome)
        outcome.usage = usage.evidence
        outcome.results = judged.answered?.outcome
        return (outcome, notices.entry)
    }

    /// The findings in report order, and beside that, on another thread, what was due day by day, for their causes.
    private func order(
        _ found: consuming [[Discrepancy]], _ table: Subscriptions
    ) throws -> ([Discrepancy], DueCalendar?) {
        let hasMissed = found.contains(where: CausesFinding.hasMissed)
        // Handed over, so that the findings can be moved to their places.
        let parts = Mutex(found)
        let sorted = Mutex<[Discrepancy]>([])
        let calendar = Mutex<Result<DueCalendar?, any Error>>(.success(nil))
        let threads = options.threads
        WorkerThreads.run(tasks: 2, threads: threads) { task in
            if task == 0 {
                let own = parts.withLock { exchange(&$0, with: []) }
                let discrepancies = DiscrepancyOrder.sorted(parts: own, subscriptions: table)
                sorted.withLock { $0 = discrepancies }
            } else if hasMissed {
                let made = Result { try CausesFinding.calendar(table, threads: threads) }
                calendar.withLock { $0 = made }
            }
        }
        return (sorted.withLock { $0 }, try calendar.withLock { try $0.get() })
    }

    /// The plan, the causes and the counts, side by side: they read the same findings and know nothing of each other.
    private func derive(
        _ discrepancies: [Discrepancy], verdicts: RenewalVerdicts, _ table: Subscriptions, _ calendar: DueCalendar?,
        plan planned: RecoveryPlan?
    ) throws -> (RecoveryPlan, AuditCounts, SystemicCauses) {
        let derived = Mutex<(plan: RecoveryPlan?, counts: AuditCounts?, causes: SystemicCauses?)>((planned, nil, nil))
        let options = options
        // The longest first.
        WorkerThreads.run(tasks: 3, threads: options.threads) { task in
            switch task {
            case 0 where planned == nil:
                let plan = RecoveryPlan(
                    Arrear.all(in: discrepancies), subscriptions: table, policy: options.policy.recovery,
                    decidedOn: options.terms.decidedOn, collectsInferred: options.recoversInferred)
                derived.withLock { $0.plan = plan }
            case 1:
                let causes = CausesFinding.causes(of: discrepancies, subscriptions: table, calendar: calendar)
                derived.withLock { $0.causes = causes }
            case 2:
                let counts = AuditCounts(verdicts: verdicts, discrepancies: discrepancies, subscriptions: table)
                derived.withLock { $0.counts = counts }
            default: break
            }
        }
        guard case (let plan?, let counts?, let causes?) = derived.withLock({ $0 }) else {
            throw CommandOutcome(status: .internalError, message: "the recovery was not planned; please report it")
        }
        return (plan, counts, causes)
    }
}

/// The inputs cannot be trusted, so no verdict on money is given; these are the reasons.
struct UntrustedInput: Error {
    let findings: InputFindings

    /// Some findings of one file.
    init(_ findings: [InputFinding]) {
        var all = InputFindings()
        for finding in findings { all.add(finding) }
        self.findings = all
    }

    /// Findings that were gathered.
    init(findings: InputFindings) {
        self.findings = findings
    }
}
