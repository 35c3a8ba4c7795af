import BillingRecords

/// Judges the subscriptions of an audit: assigns what the sieve kept, and asks every rule.
///
/// Read-only, so that several threads may judge different rows at once.
public struct RenewalJudge: Sendable {
    private let subscriptions: Subscriptions
    private let claims: ClaimedPeriods
    private let audit: AuditTerms
    private let kept: ContiguousArray<KeptCharge>

    /// A judge over the charges of `sieve`, which must be merged and sorted.
    public init(_ sieve: ChargeSieve, audit: AuditTerms) {
        subscriptions = sieve.subscriptions
        claims = sieve.claims
        kept = sieve.kept
        self.audit = audit
    }

    /// The findings on some rows, in the order of the rows. O(rows + due renewals + kept charges of the rows).
    public func judge(rows: Range<Int>) -> RenewalVerdicts {
        var verdicts = RenewalVerdicts()
        var next = firstKept(ofRow: rows.lowerBound)
        for row in rows where !subscriptions.duplicateRows.contains(row) {
            let start = next
            while next < kept.count, Int(kept[next].row) == row { next += 1 }
            let isSettled = start == next && unsettledCount(row) == 0 && subscriptions.rows[row].isUsable
            verdicts.count(row, in: subscriptions)
            guard !isSettled else { continue }
            let account = account(row, kept: Array(kept[start..<next]))
            verdicts.add(RenewalRules.all.flatMap { $0.discrepancies(in: account) })
            verdicts.countInCollection(account)
        }
        return verdicts
    }

    /// The whole account of one subscription.
    func account(_ row: Int, kept: [KeptCharge]) -> SubscriptionAccount {
        guard let schedule = subscriptions.schedule(row) else {
            return SubscriptionAccount(row: row, terms: nil, audit: audit)
        }
        var assignment = ChargeAssignment(row: row, schedule: schedule, audit: audit)
        let charges = claimed(row, schedule: schedule) + kept
        assignment.assign(charges.sorted { $0.position < $1.position })
        return assignment.account
    }

    private func firstKept(ofRow row: Int) -> Int {
        var (low, high) = (0, kept.count)
        while low < high {
            let middle = (low + high) / 2
            if Int(kept[middle].row) < row { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// How many due renewals of a row no regular charge has settled; free renewals need no charge.
    private func unsettledCount(_ row: Int) -> Int {
        let packed = subscriptions.rows[row]
        guard packed.price > 0 else { return 0 }
        var count = 0
        for index in 0..<Int(packed.dueCount) where claims.claimant(Int(packed.firstClaim) + index) == nil {
            count += 1
        }
        return count
    }

    private func claimed(_ row: Int, schedule: RenewalSchedule) -> [KeptCharge] {
        let first = Int(subscriptions.rows[row].firstClaim)
        return schedule.dueIndices.enumerated().compactMap { place, cycle in
            guard let position = claims.claimant(first + place), let period = schedule.period(cycle) else { return nil }
            return .regular(
                row: UInt32(truncatingIfNeeded: row), period: period, price: schedule.terms.price, position: position)
        }
    }
}
