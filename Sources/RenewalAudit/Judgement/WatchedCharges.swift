import BillingRecords
public import BillingValues

/// What the charges files hold on watched periods: the charges that state them, and those assigned to their renewals.
///
/// Read-only, so that several threads may ask at once.
public struct WatchedCharges: Sendable {
    private let watched: ContiguousArray<KeptCharge>
    private let strangers: [[UInt8]: [KeptCharge]]
    private let judge: RenewalJudge
    private let window: AuditWindow

    /// The charges of a sieve, which must be merged and sorted.
    public init(_ sieve: ChargeSieve, judge: RenewalJudge, audit: AuditTerms) {
        watched = sieve.watched
        strangers = Dictionary(grouping: sieve.strangers, by: \.subscription).mapValues { $0.map(\.charge) }
        self.judge = judge
        window = audit.window
    }

    /// The charges for the periods of one subscription that begin on some days, each charge once, as they stand in the
    /// files.
    public func charges(of subject: Discrepancy.Subject, starts: [CivilDate]) -> [[KeptCharge]] {
        switch subject {
        case .number, .reference: return starts.map { _ in [] }
        case .stranger(let identifier):
            let all = strangers[identifier] ?? []
            return starts.map { start in all.filter { $0.periodStart == start } }
        case .subscription(let row):
            // Charges that state no period, or one that is a little off, only the assignment knows.
            let isJudged = starts.contains { $0 >= window.from && $0 < window.to }
            let account = isJudged ? judge.account(ofRow: row) : nil
            return starts.map { start in
                let assigned = account?.periods.first { $0.period.start == start }?.allCharges ?? []
                return Self.merged(assigned, stating(start, row: row))
            }
        }
    }

    private func stating(_ start: CivilDate, row: Int) -> [KeptCharge] {
        let sought = (UInt32(truncatingIfNeeded: row), start.dayNumber)
        var (low, high) = (0, watched.count)
        while low < high {
            let middle = (low + high) / 2
            if (watched[middle].row, watched[middle].periodStartDay) < sought {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return Array(watched[low...].prefix { ($0.row, $0.periodStartDay) == sought })
    }

    /// Each charge once, as it was assigned: of a sum for several renewals only the part of this one.
    ///
    /// Places are compared without their offsets, which those of regular charges do not have.
    private static func merged(_ assigned: [KeptCharge], _ stating: [KeptCharge]) -> [KeptCharge] {
        let further = stating.filter { charge in
            !assigned.contains {
                $0.position.block == charge.position.block && $0.position.record == charge.position.record
            }
        }
        return (assigned + further).sorted { $0.position < $1.position }
    }
}

extension RenewalJudge {
    /// The whole account of a row.
    func account(ofRow row: Int) -> SubscriptionAccount {
        account(row, subscriptions.timeline(row), kept: kept(ofRow: row))
    }
}
