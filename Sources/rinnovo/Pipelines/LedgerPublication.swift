import BillingFiles
import ChargeLedger

/// Publishes a directory and notes it in a ledger, so that either both happen or neither.
enum LedgerPublication {
    /// Commits a run, publishes its directory and commits that, without a signal in between.
    ///
    /// - Parameter manifest: writes the manifest, the last file of the directory, with the hash of the link.
    static func run(
        _ ledger: ChargeLedger, _ draft: LedgerLink.Draft, entries: ((LedgerEntry) throws -> Void) throws -> Void,
        to output: OutputDirectory, manifest: (LedgerLink) throws -> Void
    ) throws {
        try OutputDirectory.withoutInterruption { () throws in
            do {
                _ = try ledger.prepare(draft, entries: entries, seal: manifest)
                try output.publish()
            } catch {
                // Says what became of the files by looking, as the next run would.
                _ = try? ledger.settlePending()
                throw error
            }
            try ledger.conclude(published: true)
        }
    }

    /// Throws when the ledger lies in the output, which may be exchanged as a whole.
    static func expectOutside(_ output: OutputDirectory, ledger path: String) throws {
        let place = try ChargeLedger.location(of: path)
        guard place.hasPrefix(output.path + "/") else { return }
        throw CommandOutcome(
            status: .outputNotCreated,
            message:
                "the ledger '\(path)' lies in the output directory, which is replaced as a whole; keep it elsewhere")
    }
}
