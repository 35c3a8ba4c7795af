import ArrearsRecovery
import BillingFiles
import BillingValues
import RenewalAudit
import Reports

/// Writes the files of an audit, the manifest last.
struct AuditOutputs {
    let outcome: AuditOutcome
    let masksTables: Bool
    let output: OutputDirectory

    /// Writes everything and returns the files' names with the number of their records.
    func write(
        copy: CorrectedCharges, chargeRecords: [Int], inputs: [InputIdentity], start: ContinuousClock.Instant
    ) throws -> [(name: String, records: Int?)] {
        let subscription = outcome.subscriptions.subscriptionIdentifier
        let recovery = outcome.plan.instalments.map {
            RecoveryCharge.collecting($0, subscription: subscription($0.row))
        }
        let reversal = try outcome.plan.instalments.map {
            try RecoveryCharge.reversing($0, subscription: subscription($0.row))
        }
        var entries: [ManifestDocument.Entry] = []
        func add(_ identity: OutputIdentity, records: Int?) {
            entries.append(ManifestDocument.Entry(role: "output", digest: identity, records: records))
        }
        let table = RecoveryChargeTable()
        add(
            try file("discrepancies.csv") { sink throws(OutputError) in
                try DiscrepancyTable(outcome, masked: masksTables).write(to: sink)
            }, records: outcome.discrepancies.count)
        for copied in try copy.finish(recovery, records: chargeRecords, subscription: subscription) {
            add(copied.identity, records: copied.records)
        }
        for (name, charges) in [("recovery-charges.csv", recovery), ("reversal-charges.csv", reversal)] {
            add(
                try file(name) { sink throws(OutputError) in
                    try sink(table.header)
                    try table.write(charges, subscription: subscription, to: sink)
                }, records: charges.count)
        }
        add(
            try file("recovery-plan.csv") { sink throws(OutputError) in
                try RecoveryPlanTable(outcome, masked: masksTables).write(to: sink)
            }, records: outcome.plan.instalments.count)
        add(
            try file("summary.json") { sink throws(OutputError) in try sink(SummaryDocument.make(outcome).bytes) },
            records: nil)
        let inputEntries = zip(outcome.inputs, inputs).map {
            ManifestDocument.Entry(role: $0.role, digest: $1, records: $0.records)
        }
        let duration = (ContinuousClock.now - start).components
        let manifest = ManifestDocument.make(
            version: Version.text, outcome: outcome, inputs: inputEntries, outputs: entries,
            milliseconds: Int(duration.seconds) * 1000 + Int(duration.attoseconds / 1_000_000_000_000_000))
        _ = try file("manifest.json") { sink throws(OutputError) in try sink(manifest.bytes) }
        return entries.map { ($0.name, $0.records) } + [("manifest.json", nil)]
    }

    private func file(
        _ name: String, write: (([UInt8]) throws(OutputError) -> Void) throws(OutputError) -> Void
    ) throws(OutputError) -> OutputIdentity {
        let file = try output.createFile(named: name)
        try write { bytes throws(OutputError) in try file.append(bytes) }
        return try file.finish()
    }
}
