import ArrearsRecovery
import BillingFiles
import BillingRecords
import BillingValues
import DirectDebits
import FileValidation
import OperatorSettings
import RenewalAudit
import Reports

/// Writes the files of an audit, several at a time, the manifest last.
struct AuditOutputs {
    let outcome: AuditOutcome
    let settings: [SettingsFile]
    let controls: [ControlFile]
    let policy: PolicyFile
    let masksTables: Bool
    let threads: Int
    let output: OutputDirectory

    /// The direct debits, if any are asked for.
    let collections: AuditCollections?

    /// The notices, which are written already.
    let notices: Entry?

    typealias Entry = ManifestDocument.Entry

    /// The instalments whose charges are written; a plan that is only proposed has none.
    private var released: [Instalment] { outcome.releasedInstalments }

    /// Writes everything but the manifest.
    func write(copy: CorrectedCharges, cited: CitedChargeReader, chargeRecords: [Int]) throws -> [Entry] {
        // The copy is not safe to use from two threads at once; this task alone uses it.
        nonisolated(unsafe) let copy = copy
        let tasks: [@Sendable () throws -> [Entry]] = [
            { try [discrepancies(cited)] },
            {
                try unsafe copy.finish(
                    released, records: chargeRecords, subscriptions: outcome.subscriptions
                ).map { entry($0.identity, records: $0.records) }
            },
            { try [charges("recovery-charges.csv", RecoveryCharge.collecting)] },
            { try [charges("reversal-charges.csv", RecoveryCharge.reversing)] },
            { try [plan()] },
            { try [arrears()] },
            { notices.map { [$0] } ?? [] },
            { try [preNotifications()] },
            { try [incidents()] },
            { try [summary()] },
            { try outcome.ledger.map { [try withdrawals($0)] } ?? [] },
            { try collections.map { try debits($0) } ?? [] },
        ]
        // One thread more than asked for, as one of them mostly waits for the disk; but one means one.
        return try WorkerThreads.all(threads: threads == 1 ? 1 : threads + 1, tasks).flatMap { $0 }
    }

    /// Writes the manifest, which must be the last file.
    func writeManifest(
        _ entries: [Entry], inputs: [InputIdentity], start: ContinuousClock.Instant,
        ledger: ManifestDocument.LedgerRun?
    ) throws {
        let settingsEntries = settings.map { Entry(role: $0.role, digest: $0.digest, records: nil) }
        let inputEntries = zip(outcome.inputs, inputs).map {
            Entry(role: $0.role, digest: $1, records: $0.records)
        }
        let controlEntries = controls.compactMap { control in
            control.digest.map { Entry(role: "control", digest: $0, records: control.records) }
        }
        let mandateEntries = [collections?.mandates].compactMap { $0 }.compactMap { mandates in
            mandates.digest.map { Entry(role: "mandates", digest: $0, records: mandates.records) }
        }
        let duration = (ContinuousClock.now - start).components
        let manifest = ManifestDocument.make(
            version: Version.text, outcome: outcome, policy: policy.settings.json,
            inputs: inputEntries + controlEntries + mandateEntries + settingsEntries, outputs: entries,
            milliseconds: Int(duration.seconds) * 1000 + Int(duration.attoseconds / 1_000_000_000_000_000),
            ledger: ledger)
        _ = try file("manifest.json") { sink throws(OutputError) in try sink(manifest.bytes) }
    }

    private func discrepancies(_ reader: CitedChargeReader) throws -> Entry {
        let count = outcome.discrepancies.count
        let citations = try reader.charges(at: outcome.discrepancies.flatMap(\.charges), threads: threads)
        let table = DiscrepancyTable(outcome, citations: citations, masked: masksTables)
        let identity = try file("discrepancies.csv", header: table.header, count: count) { table.rows($0) }
        return entry(identity, records: count)
    }

    private func charges(
        _ name: String, _ charge: (Instalment, _ subscription: [UInt8]) -> RecoveryCharge
    ) throws -> Entry {
        let table = RecoveryChargeTable()
        let identity = try file(name) { sink throws(OutputError) in
            try sink(table.header)
            try table.write(
                released, as: charge, subscriptions: outcome.subscriptions, to: sink)
        }
        return entry(identity, records: released.count)
    }

    /// The reversals of recoveries that are with the billing system and that another charge has made needless.
    private func withdrawals(_ ledger: LedgerOutcome) throws -> Entry {
        let table = RecoveryChargeTable()
        let charges = ledger.withdrawals.map { settlement in
            let known = settlement.known
            let subscription = Array(known.subscription.utf8)
            return (
                charge: RecoveryCharge.reversing(
                    known.period, amount: known.amount, on: known.collectOn, subscription: subscription),
                subscription: subscription
            )
        }
        let identity = try file("withdrawn-charges.csv") { sink throws(OutputError) in
            try sink(table.header)
            try table.write(charges, to: sink)
        }
        return entry(identity, records: charges.count)
    }

    /// The message to the bank, where there is something to collect, and the charges that it does not collect.
    private func debits(_ collections: AuditCollections) throws -> [Entry] {
        let plan = collections.plan
        var entries: [Entry] = []
        if plan.debitCount > 0 {
            let identity = try file(AuditCollections.messageName) { sink throws(OutputError) in
                try collections.write(to: sink)
            }
            entries.append(entry(identity, records: plan.debitCount))
        }
        let identity = try file(AuditCollections.refusedName) { sink throws(OutputError) in
            try sink(RefusedDebitTable(plan.refused).bytes)
        }
        return entries + [entry(identity, records: plan.refused.count)]
    }

    private func plan() throws -> Entry {
        let table = RecoveryPlanTable(outcome, masked: masksTables)
        let identity = try file("recovery-plan.csv") { sink throws(OutputError) in try table.write(to: sink) }
        return entry(identity, records: outcome.plan.instalments.count)
    }

    private func arrears() throws -> Entry {
        let table = ArrearTable(outcome, masked: masksTables)
        let identity = try file("arrears.csv", header: table.header, count: table.customers) { table.rows($0) }
        return entry(identity, records: table.count)
    }

    private func preNotifications() throws -> Entry {
        let table = PreNotificationTable(outcome, masked: masksTables)
        let identity = try file("pre-notifications.csv", header: table.header, count: table.customers) {
            table.rows($0)
        }
        return entry(identity, records: table.count)
    }

    private func incidents() throws -> Entry {
        let table = IncidentTable(outcome)
        let identity = try file("incidents.csv") { sink throws(OutputError) in try sink(table.bytes) }
        return entry(identity, records: table.count)
    }

    private func summary() throws -> Entry {
        let bytes = SummaryDocument.make(outcome, masked: masksTables).bytes
        return entry(try file("summary.json") { sink throws(OutputError) in try sink(bytes) }, records: nil)
    }

    private func entry(_ identity: OutputIdentity, records: Int?) -> Entry {
        Entry(role: "output", digest: identity, records: records)
    }

    /// Writes a file of which several threads make the rows, a piece each.
    private func file(
        _ name: String, header: [UInt8], count: Int, rows: @escaping @Sendable (Range<Int>) -> [UInt8]
    ) throws -> OutputIdentity {
        let file = try output.createFile(named: name)
        try file.append(header)
        try RowPieces.run(count: count, threads: threads, make: rows) { try file.append($0) }
        return try file.finish()
    }

    private func file(
        _ name: String, write: (([UInt8]) throws(OutputError) -> Void) throws(OutputError) -> Void
    ) throws(OutputError) -> OutputIdentity {
        let file = try output.createFile(named: name)
        try write { bytes throws(OutputError) in try file.append(bytes) }
        return try file.finish()
    }
}
