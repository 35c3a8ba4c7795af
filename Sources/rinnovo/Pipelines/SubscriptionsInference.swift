import BillingFiles
import BillingValues
import RenewalAudit

/// Reads the charges a first time, for an audit without a subscriptions file, and infers the subscriptions from them.
struct SubscriptionsInference {
    /// The table of what was inferred.
    let subscriptions: Subscriptions

    /// The same inputs from their first bytes on.
    let sources: [InputSource]

    /// The inputs on disk.
    let digests: [InputIdentity]

    /// Reads all charges and infers.
    ///
    /// - Throws: `UntrustedInput` when the charges cannot be trusted, for then nothing can be inferred; `InputError`.
    init(
        sources: [InputSource], foreign: [ForeignFile?], terms: AuditTerms, zone: TimeZoneRules?,
        answered: AnsweredCharges?, threads: Int, progress: ProgressLine
    ) throws {
        var findings = InputFindings()
        var reading = ChargesReading(
            sources: sources, foreign: foreign, taker: AnsweringTaker(ChargeObservations(), answered), zone: zone,
            readsIdentifiers: answered != nil)
        try reading.read(threads: threads, copy: nil, findings: &findings, progress: progress)
        guard !findings.breakTrust else { throw UntrustedInput(findings: findings) }
        let observed = ObservedSubscriptions(reading.taker.base)
        let parts = max(1, threads) * 4
        let lines = try WorkerThreads.all(
            threads: threads,
            (0..<parts).map { part in
                {
                    observed.lines(
                        (observed.count * part / parts)..<(observed.count * (part + 1) / parts),
                        policy: terms.policy, window: terms.window)
                }
            })
        subscriptions = Subscriptions(inferred: observed, lines: lines.flatMap { $0 }, window: terms.window)
        digests = reading.files.digests
        self.sources = try sources.map { try InputSource(again: $0) }
    }
}
