public import BillingValues
import GRDB

extension ChargeLedger {
    /// The run whose files were under way when it ended, if there is one.
    ///
    /// With the ledger open for writing no living run can be under way.
    public func pendingLink() throws(LedgerError) -> LedgerLink? {
        let last = try perform { queue in try queue.read { try Self.lastLink(in: $0, path) } }
        guard let last, last.act.isPending else { return nil }
        return last
    }

    /// Completes or withdraws a run that was killed, by looking whether its files got to their place.
    ///
    /// - Returns: its link and whether it was published; nil when nothing was under way.
    /// - Throws: `unclear` when the files are neither in their place nor under the hidden name: a person must say.
    public func settlePending() throws(LedgerError) -> (link: LedgerLink, published: Bool)? {
        guard let link = try pendingLink() else { return nil }
        let verdict = PublishedDirectory.verdict(on: link)
        guard verdict != .unclear else { throw .unclear(path: path, run: link.run, output: link.output ?? "") }
        try conclude(published: verdict == .published)
        return (link, verdict == .published)
    }

    /// What a person says of an interrupted run, or of a proposal that is given up.
    public func settle(
        run: Int, published: Bool, by name: String, on day: CivilDate, program: String, isUnused: Bool = false
    ) throws(LedgerError) {
        if let link = try pendingLink(), link.run == run {
            return try conclude(published: published, by: name, on: day)
        }
        guard !published else {
            throw .notPossible(path: path, reason: "run \(run) was not interrupted: there is nothing to confirm")
        }
        try reject(run: run, by: name, on: day, program: program, isUnused: isUnused)
    }
}
