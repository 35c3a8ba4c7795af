public import BillingValues
public import RenewalAudit

/// Who pays which missed renewal on which day.
///
/// Only `uncharged-renewal` findings are collected. Each of them is in the plan exactly once, or among the
/// uncollected with the reason; the sums of both are the arrears, to the cent.
public struct RecoveryPlan: Sendable {
    /// The collections, by subscription in the order of the findings, then by number.
    public private(set) var instalments: [Instalment] = []

    /// The arrears that are not collected.
    public private(set) var uncollected: [UncollectedArrear] = []

    /// Whether arrears are collected that follow from an inferred contract.
    public let collectsInferred: Bool

    /// Plans the recovery of the uncharged renewals among `discrepancies`.
    ///
    /// `discrepancies` must be sorted so that those of one subscription stand together, oldest period first, as in
    /// the report. O(discrepancies).
    public init(
        _ discrepancies: [Discrepancy], subscriptions: Subscriptions, policy: RecoveryPolicy, decidedOn: CivilDate,
        collectsInferred: Bool = false
    ) {
        self.collectsInferred = collectsInferred
        var arrears: [Discrepancy] = []
        for discrepancy in discrepancies where discrepancy.rule == .unchargedRenewal {
            if let last = arrears.last, last.subject != discrepancy.subject {
                plan(arrears, subscriptions: subscriptions, policy: policy, decidedOn: decidedOn)
                arrears.removeAll(keepingCapacity: true)
            }
            arrears.append(discrepancy)
        }
        plan(arrears, subscriptions: subscriptions, policy: policy, decidedOn: decidedOn)
    }

    /// Plans the arrears of one subscription, oldest first.
    private mutating func plan(
        _ arrears: [Discrepancy], subscriptions: Subscriptions, policy: RecoveryPolicy, decidedOn: CivilDate
    ) {
        guard case .subscription(let row)? = arrears.first?.subject, let schedule = subscriptions.schedule(row) else {
            return
        }
        let timeline = subscriptions.timeline(row)
        let inferred = subscriptions.inferredLine(row)
        let first =
            timeline.map { CollectionCalendar.firstCollection(timeline: $0, decidedOn: decidedOn) }
            ?? CollectionCalendar.firstCollection(schedule: schedule, decidedOn: decidedOn)
        let hasEnded = { (day: CivilDate) in
            // A line whose charges stop may have ended.
            if let stopsOn = inferred?.stopsOn, day >= stopsOn { return true }
            return timeline?.mayHaveEnded(by: day) ?? schedule.hasEnded(by: day)
        }
        let start = instalments.count
        for arrear in arrears {
            guard let period = arrear.period, let amount = arrear.arrears else { continue }
            let place = instalments.count - start
            let collectOn = first.flatMap { $0.adding(days: place * policy.cadenceDays) }
            let reason =
                inferred != nil && !collectsInferred
                ? .inferred
                : obstacle(collectOn: collectOn, period: period, hasEnded: hasEnded, policy: policy)
            if let reason {
                uncollected.append(UncollectedArrear(row: row, period: period, amount: amount, reason: reason))
            } else if let collectOn {
                instalments.append(
                    Instalment(
                        row: row, number: place + 1, count: 0, collectOn: collectOn, period: period, amount: amount,
                        isOld: isOlder(period, than: policy.limitationWarningMonths, on: collectOn)))
            }
        }
        for index in start..<instalments.count { instalments[index].count = instalments.count - start }
    }

    /// Why an arrear cannot be collected on a day, or nil if it can.
    private func obstacle(
        collectOn: CivilDate?, period: BillingPeriod, hasEnded: (CivilDate) -> Bool, policy: RecoveryPolicy
    ) -> UncollectedArrear.Reason? {
        guard let collectOn else { return .noCollectionDay }
        if hasEnded(collectOn) { return .ended }
        if isOlder(period, than: policy.limitationStopMonths, on: collectOn) { return .limitation }
        return nil
    }

    private func isOlder(_ period: BillingPeriod, than months: Int, on day: CivilDate) -> Bool {
        guard let limit = period.start.addingMonths(months, anchorDay: period.start.day) else { return false }
        return day >= limit
    }
}

extension Discrepancy {
    /// The money that was never asked for.
    fileprivate var arrears: Money? {
        guard let expected, let currency else { return nil }
        return Money(minorUnits: expected, currency: currency)
    }
}
