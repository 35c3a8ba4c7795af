import BillingRecords

/// Judges the subscriptions of an audit: assigns what the sieve kept, and asks every rule.
///
/// Read-only, so that several threads may judge different rows at once.
public struct RenewalJudge: Sendable {
    let subscriptions: Subscriptions
    let claims: ClaimedPeriods
    let audit: AuditTerms
    private var kept: ContiguousArray<KeptCharge>
    private let targets: [RecordPosition: ChargeReferences.Target]

    /// The usage of the lines, if there are records of it.
    public var usage: UsageEvidence?

    /// A judge over the charges of `sieve`, which must be merged and sorted.
    public init(_ sieve: ChargeSieve, audit: AuditTerms) {
        subscriptions = sieve.subscriptions
        claims = sieve.claims
        kept = sieve.kept
        targets = sieve.references.targets
        self.audit = audit
    }

    /// Lets the kept charges go; nothing may be judged after that.
    public mutating func letChargesGo() { kept = [] }

    /// The findings on some rows, in the order of the rows.
    ///
    /// O(rows + due renewals + kept charges of the rows).
    public func judge(rows: Range<Int>) -> RenewalVerdicts {
        var verdicts = RenewalVerdicts()
        var due = DueCounts(subscriptions)
        var judged = 0
        var next = firstKept(ofRow: rows.lowerBound)
        let duplicates = subscriptions.duplicateRows
        // What was inferred may be doubtful where nothing was charged.
        let asksRow = subscriptions.inference == nil
        for row in rows where duplicates.isEmpty || !duplicates.contains(row) {
            let start = next
            while next < kept.count, Int(kept[next].row) == row { next += 1 }
            if isBeyondInference(row) { continue }
            judged += 1
            if asksRow, start == next, let count = settledByRow(row) {
                if count > 0 { due.add(count, group: RenewalGroup(row: row, in: subscriptions)) }
                continue
            }
            let own = kept[start..<next]
            let outlook = outlook(row)
            verdicts.countLater(outlook.laterCount)
            if outlook.dueCount > 0 { due.add(outlook.dueCount, group: RenewalGroup(row: row, in: subscriptions)) }
            if isSettled(row, outlook, kept: own) { continue }
            let timeline = outlook.timeline ?? (outlook.hasTimeline ? subscriptions.timeline(row) : nil)
            let simple = own.isEmpty && outlook.isSimple ? openAccount(row, timeline) : nil
            let account = simple ?? account(row, timeline, kept: own)
            verdicts.add(discrepancies(in: account))
            verdicts.countInCollection(account)
        }
        verdicts.count(subscriptions: judged, due: due)
        return verdicts
    }

    /// Whether a row's charges do not tell its contract, and nothing else does.
    private func isBeyondInference(_ row: Int) -> Bool {
        subscriptions.inference != nil && !subscriptions.rows[row].isUsable
            && !subscriptions.contestedRows.contains(row)
    }

    private func discrepancies(in account: SubscriptionAccount) -> [Discrepancy] {
        let rules = account.hasNoCharge ? RenewalRules.withoutCharges : RenewalRules.all
        var found: [Discrepancy] = []
        for rule in rules { found += rule.discrepancies(in: account) }
        if let line = subscriptions.inferredLine(account.row) { found = line.qualified(found) }
        guard let usage else { return found }
        for index in found.indices { usage.weigh(&found[index]) }
        return found
    }

    /// The whole account of one subscription; its kept charges come in the order of the files.
    func account(_ row: Int, _ timeline: Timeline?, kept: some Sequence<KeptCharge>) -> SubscriptionAccount {
        let inferred = subscriptions.inferredLine(row)
        if let timeline {
            if let inferred {
                return account(row, InferredCalendar(base: timeline, line: inferred), claims: [], kept: kept)
            }
            let shared = CollectionSharing(timeline, charges: Array(kept), policy: audit.policy)
            let claims = claimants(ofRow: row, count: timeline.dueCount)
            var assignment = ChargeAssignment(
                row: row, calendar: timeline, claims: claims, audit: audit, targets: targets)
            assignment.assign(shared.charges, unshared: shared.unshared)
            var account = assignment.account
            if audit.window.contains(timeline.terms.activatedOn), timeline.activationFeeDay < audit.window.to {
                account.activationFee = shared.activationFee
            }
            return account
        }
        guard let schedule = subscriptions.schedule(row) else {
            var account = SubscriptionAccount(row: row, terms: nil, audit: audit)
            if subscriptions.contestedRows.contains(row) { account.contractFault = Self.contested }
            if let conflict = subscriptions.offerConflict(row) { account.contractFault = conflict.text }
            return account
        }
        let claims = claimants(ofRow: row, count: schedule.dueCount)
        if let inferred {
            return account(row, InferredCalendar(base: schedule, line: inferred), claims: claims, kept: kept)
        }
        return account(row, schedule, claims: claims, kept: kept)
    }

    private func account(
        _ row: Int, _ calendar: some RenewalCalendar, claims: [RegularClaim?], kept: some Sequence<KeptCharge>
    ) -> SubscriptionAccount {
        var assignment = ChargeAssignment(row: row, calendar: calendar, claims: claims, audit: audit, targets: targets)
        assignment.assign(kept)
        return assignment.account
    }

    private static let contested =
        "the line stands in the subscriptions under several ids, so nobody can tell which renewals were due"

    /// The kept charges of a row, in the order of the files.
    func kept(ofRow row: Int) -> ContiguousArray<KeptCharge>.SubSequence {
        let start = firstKept(ofRow: row)
        return kept[start...].prefix { Int($0.row) == row }
    }

    private func firstKept(ofRow row: Int) -> Int {
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(kept[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
