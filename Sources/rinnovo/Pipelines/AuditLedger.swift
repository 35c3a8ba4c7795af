import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import ChargeLedger
import OperatorSettings
import RenewalAudit
import Reports

/// The ledger's part in an audit.
///
/// Before the charges are read, the ledger says whose charges are worth noting (`watch`). Between the judgement and the
/// end of the run nobody else may write to it (`lock`): what was planned before is asked for, the outputs are written,
/// and both are committed as `ChargeLedger` describes (`publish`).
final class AuditLedger {
    private let path: String
    private let isDryRun: Bool
    private let isProposal: Bool
    private var ledger: ChargeLedger?
    private var known: [KnownPeriod] = []
    private var head = ""
    /// The link of a run that was interrupted behind its publication, and that this run has completed.
    private var completed: LedgerLink?
    private var plan: LedgerPlan?
    private var settlements: [PeriodSettlement] = []

    /// Looks at the ledger, and settles what an interrupted run left; without one, nothing was ever planned.
    init(_ path: String, isDryRun: Bool, isProposal: Bool) throws {
        self.path = path
        self.isDryRun = isDryRun
        self.isProposal = isProposal
        guard let pending = try reading()?.pendingLink() else { return }
        // A dry run writes nothing, and neither may it guess.
        guard !isDryRun else {
            throw CommandOutcome(
                status: .outputNotCreated,
                message: "run \(pending.run) of the ledger '\(path)' is under way or was interrupted; run again when "
                    + "it has ended, or without --dry-run to settle it")
        }
        // Before the output of this run clears away the hidden directory that tells what became of that one.
        if let settled = try ChargeLedger(path, .writing).settlePending(), settled.published {
            completed = settled.link
        }
    }

    /// Throws when the output may not be written to: the ledger lies in it, or the files of a run that was interrupted
    /// when they were complete, which nobody has seen yet.
    func check(_ output: OutputDirectory) throws {
        try LedgerPublication.expectOutside(output, ledger: path)
        guard let completed, completed.output == output.path else { return }
        throw Self.unseen(completed)
    }

    /// What to tell when the output could not be begun: that it exists may be the work of an interrupted run.
    func explanation(of error: any Error) -> any Error {
        guard case .alreadyExists? = error as? OutputError, let completed else { return error }
        return Self.unseen(completed)
    }

    private static func unseen(_ link: LedgerLink) -> CommandOutcome {
        CommandOutcome(
            status: .outputNotCreated,
            message: "run \(link.run), which was interrupted, has published all its files in '\(link.output ?? "")': "
                + "use them; then run again with another directory or --force")
    }

    /// The periods of earlier runs to which something may happen, by the rows of this one.
    func watch(_ subscriptions: Subscriptions) throws -> WatchedPeriods {
        guard let ledger = try reading() else { return .none }
        try load(ledger, subscriptions)
        return WatchedPeriods(
            known.lazy.compactMap { period in
                guard case .subscription(let row) = period.subject else { return nil }
                return (row, period.period.start)
            })
    }

    /// Waits for other runs and keeps them waiting until this one ends; for a dry run, nothing.
    func lock(_ subscriptions: Subscriptions) throws {
        guard !isDryRun else {
            ledger = try reading()
            return
        }
        let opened = try ChargeLedger(path, .writing)
        _ = try opened.settlePending()
        if try opened.head() != head { try load(opened, subscriptions) }
        ledger = opened
    }

    /// Sees what happened to earlier plans, and plans what is left.
    func reckon(
        _ discrepancies: [Discrepancy], _ sieve: ChargeSieve, _ judge: RenewalJudge, _ subscriptions: Subscriptions,
        _ options: AuditOptions
    ) throws {
        settlements = try LedgerEvidence.settlements(
            known, charges: WatchedCharges(sieve, judge: judge, audit: options.terms), discrepancies: discrepancies,
            threads: options.threads)
        plan = try ledger?.plan(
            discrepancies, subscriptions: subscriptions, policy: options.policy.recovery,
            decidedOn: options.terms.decidedOn, collectsInferred: options.recoversInferred, known: known)
    }

    /// The plan without what was planned before; nil where there is no ledger yet, so that nothing was.
    var recoveryPlan: RecoveryPlan? { plan?.plan }

    /// The findings that only the ledger makes possible.
    var discrepancies: [Discrepancy] {
        settlements.filter(\.isPaidOtherwise).map { settlement in
            PaidOtherwise.discrepancy(
                settlement.known.subject, period: settlement.known.period, planned: settlement.known.amount,
                collectOn: settlement.known.collectOn, net: settlement.net,
                isCollected: settlement.known.acts.contains(.collected)
                    || settlement.steps.contains { $0.act == .collected },
                charges: settlement.charges)
        }
    }

    /// What the reports tell.
    var outcome: LedgerOutcome {
        LedgerOutcome(
            name: name, isProposal: isProposal, plannedBefore: plan?.plannedBefore ?? MoneyTally(),
            writtenOffBefore: plan?.writtenOffBefore ?? MoneyTally(),
            settlements: settlements, open: known.count)
    }

    private var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// Commits the run, publishes its directory and commits that, without a signal in between.
    ///
    /// - Parameter manifest: writes the manifest, the last file of the directory.
    func publish(
        _ outcome: AuditOutcome, _ files: [ManifestDocument.Entry], to output: OutputDirectory,
        manifest: (ManifestDocument.LedgerRun) throws -> Void
    ) throws {
        guard let ledger, let plan else {
            throw CommandOutcome(status: .internalError, message: "the ledger was not read; please report it")
        }
        let run = (LedgerRun.all(try ledger.links()).map(\.number).max() ?? 0) + 1
        let draft = LedgerLink.Draft(
            act: isProposal ? .proposal : .audit, run: run, decidedOn: outcome.terms.decidedOn, program: Version.text,
            window: (outcome.terms.window.from, outcome.terms.window.to), output: output.path,
            files: files.map(\.ledgerFile))
        try LedgerPublication.run(
            ledger, draft,
            entries: { add in
                try plan.forEachEntry(subscriptions: outcome.subscriptions, settlements: settlements, add)
            }, to: output,
            manifest: { link in
                try manifest(ManifestDocument.LedgerRun(name: name, run: link.run, sha256: link.sha256))
            })
    }

    /// The periods that were ever planned, open or not, as far as somebody wants them; to be asked under the lock.
    func plannedPeriods(
        _ subscriptions: Subscriptions, where isWanted: (KnownPeriod) -> Bool
    ) throws -> [KnownPeriod] {
        try ledger?.plannedPeriods(
            { identifier, start in Self.subject(identifier, start, subscriptions) }, where: isWanted) ?? []
    }

    private func load(_ ledger: ChargeLedger, _ subscriptions: Subscriptions) throws {
        head = try ledger.head()
        known = try ledger.openPeriods { identifier, start in Self.subject(identifier, start, subscriptions) }
    }

    private static func subject(
        _ identifier: String, _ start: CivilDate, _ subscriptions: Subscriptions
    ) -> Discrepancy.Subject {
        let bytes = Array(identifier.utf8)
        return subscriptions.row(ofAnyIdentifier: bytes, inForceOn: start).map { .subscription(row: $0) }
            ?? .stranger(bytes)
    }

    /// The ledger as it is; nil when there is none yet.
    private func reading() throws -> ChargeLedger? {
        do {
            return try ChargeLedger(path, .reading)
        } catch .missing {
            return nil
        }
    }
}

extension ManifestDocument.Entry {
    /// The file as a link of a ledger has it.
    var ledgerFile: LedgerLink.File {
        LedgerLink.File(name: digest.name, size: digest.size, sha256: digest.sha256)
    }
}
