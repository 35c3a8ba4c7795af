import BillingRecords
import BillingValues

@testable import RenewalAudit

/// Charges taken through an audit without subscriptions: observed, inferred, sieved, judged.
struct InferredRun {
    let table: Subscriptions
    let discrepancies: [Discrepancy]

    /// The charges come in `batches` parts, observed by two observers in turn.
    init(_ charges: [CaseCharge], events: [CaseEvent] = [], terms: AuditTerms, batches: Int = 1) {
        let size = max(1, (charges.count + batches - 1) / batches)
        let parts = stride(from: 0, to: charges.count, by: size).map { start in
            charges[start..<min(start + size, charges.count)]
        }
        var observers = [ChargeObservations(), ChargeObservations()]
        for (place, part) in parts.enumerated() {
            let (batch, block) = AuditCase.batch(part, ordinal: place)
            observers[place % 2].admit(batch, block: block.span)
        }
        observers[0].merge(observers[1])
        let observed = ObservedSubscriptions(observers[0])
        var table = Subscriptions(
            inferred: observed,
            lines: observed.lines(0..<observed.count, policy: terms.policy, window: terms.window),
            window: terms.window)
        _ = table.join(events.enumerated().map { $1.event(record: $0 + 1) }, files: ["events.csv"])
        var sieve = ChargeSieve(subscriptions: table, claims: ClaimedPeriods(table), terms: terms)
        for (place, part) in parts.enumerated() {
            let (batch, block) = AuditCase.batch(part, ordinal: place)
            sieve.admit(batch, block: block.span)
        }
        sieve.sort()
        let verdicts = RenewalJudge(sieve, audit: terms).judge(rows: 0..<table.count)
        discrepancies = DiscrepancyOrder.sorted(verdicts.discrepancies, subscriptions: table)
        self.table = table
    }

    /// What was inferred of a subscription.
    func line(_ identifier: String) -> InferredLine? {
        table.row(ofIdentifier: Array(identifier.utf8)).flatMap { table.inferredLine($0) }
    }

    /// The findings of a rule, by subscription and first day.
    func found(_ rule: AuditRule) -> [Verdict] {
        discrepancies.filter { $0.rule == rule }.map { discrepancy in
            Verdict(
                rule: rule, subscription: String(decoding: table.identifier(discrepancy.subject), as: UTF8.self),
                periodStart: discrepancy.period?.start)
        }
    }
}

extension CaseCharge {
    /// A posted renewal charge in euro; `ofPeriod` states it.
    static func renewal(
        of subscription: String, on day: CivilDate, ofPeriod period: BillingPeriod? = nil, amount: Int64 = 999
    ) -> CaseCharge {
        CaseCharge(
            subscription: subscription, kind: .renewal, chargedOn: day, periodStart: period?.start,
            periodEnd: period?.end, amount: amount, currency: .eur, status: .posted)
    }
}
