import BillingFiles
import RenewalAudit

/// The charges of an audit with what banks say of them, judged.
struct JudgedCharges {
    /// The charges, with the recovery charges that only banks tell of.
    private(set) var sieve: ChargeSieve

    /// What has judged them.
    private(set) var judge: RenewalJudge

    /// The findings on all rows in parts, each of them sorted.
    private var verdicts: [RenewalVerdicts]

    /// What the results of banks add; nil without results.
    let answered: AnsweredAudit?

    /// Judges charges; a second time where banks tell of recovery charges that no file has.
    ///
    /// - Parameter blocks: how many blocks the charges files have.
    init(
        _ charges: AnsweringTaker<ChargeSieve>, blocks: Int, usage: UsageEvidence?, subscriptions: Subscriptions,
        options: AuditOptions, ledger: AuditLedger?
    ) throws {
        var sieve = charges.base
        var judge = RenewalJudge(sieve, audit: options.terms)
        judge.usage = usage
        verdicts = try Self.verdicts(judge, of: subscriptions, threads: options.threads)
        guard let answered = charges.answered else {
            (self.sieve, self.judge, self.answered) = (sieve, judge, nil)
            return
        }
        let audit = try AnsweredAudit(
            answered, sieve: &sieve, judge: judge,
            uncharged: verdicts.flatMap(\.discrepancies).filter { $0.rule == .unchargedRenewal }, blocks: blocks,
            subscriptions: subscriptions, ledger: ledger)
        if !audit.rows.isEmpty {
            judge = RenewalJudge(sieve, audit: options.terms)
            judge.usage = usage
            verdicts = try Self.verdicts(judge, of: subscriptions, threads: options.threads)
        }
        (self.sieve, self.judge, self.answered) = (sieve, judge, audit)
    }

    /// Hands the findings over, so that they are not kept twice.
    mutating func takeVerdicts() -> [RenewalVerdicts] {
        defer { verdicts = [] }
        return verdicts
    }

    /// Lets the charges go that nobody asks for any more, so that their memory serves for what follows.
    mutating func letChargesGo() {
        sieve.letChargesGo()
        judge.letChargesGo()
    }

    /// Judges all rows in parts, several of them at once; the findings of each part are sorted.
    private static func verdicts(
        _ judge: RenewalJudge, of table: Subscriptions, threads: Int
    ) throws -> [RenewalVerdicts] {
        let count = table.count
        let parts = max(1, threads) * 4
        return try WorkerThreads.all(
            threads: threads,
            (0..<parts).map { part in
                {
                    // Sorted parts are merged; that is far less work than sorting the whole.
                    var verdicts = judge.judge(rows: (count * part / parts)..<(count * (part + 1) / parts))
                    verdicts.sort(subscriptions: table)
                    return verdicts
                }
            })
    }
}
