public import ArrearsRecovery
public import BillingRecords
public import BillingValues
public import RenewalAudit

/// The plan of an audit, without the periods that the ledger knows as planned.
public struct LedgerPlan: Sendable {
    /// What is planned now.
    public let plan: RecoveryPlan

    /// What was planned before and is still uncharged.
    public let plannedBefore: MoneyTally

    /// What a policy has written off before and is still uncharged.
    public let writtenOffBefore: MoneyTally

    /// The arrears that the plan does not collect and that the ledger has not noted yet.
    public let newlyUncollected: [UncollectedArrear]
}

extension ChargeLedger {
    /// Plans the recovery of what is uncharged and was never planned.
    ///
    /// A line is looked for under each of its ids, so that a period planned under an id that the line has left is not
    /// planned again. O(uncharged renewals), a look-up each.
    ///
    /// - Parameters:
    ///   - discrepancies: the findings, sorted as for `RecoveryPlan`.
    ///   - known: the periods that are open, of which the last collection of each line is taken.
    public func plan(
        _ discrepancies: [Discrepancy], subscriptions: Subscriptions, policy: RecoveryPolicy, decidedOn: CivilDate,
        collectsInferred: Bool = false, known: [KnownPeriod]
    ) throws(LedgerError) -> LedgerPlan {
        let others = subscriptions.otherIdentifiers
        var plannedUntil: [Int: CivilDate] = [:]
        for period in known {
            guard case .subscription(let row) = period.subject else { continue }
            plannedUntil[row] = max(plannedUntil[row] ?? period.collectOn, period.collectOn)
        }
        return try askingForPeriods { acts in
            // What has happened to a period under any of the line's ids.
            func seen(_ row: Int, _ start: CivilDate) throws -> RecoveryActs {
                try ([subscriptions.subscriptionIdentifier(row)] + (others[row] ?? [])).reduce(into: []) {
                    $0.formUnion(try acts(String(decoding: $1, as: UTF8.self), start) ?? [])
                }
            }
            let sieve = try ArrearsSieve(Arrear.all(in: discrepancies), acts: seen)
            let plan = RecoveryPlan(
                sieve.open, subscriptions: subscriptions, policy: policy, decidedOn: decidedOn,
                collectsInferred: collectsInferred, plannedUntil: plannedUntil)
            let uncollected = try plan.uncollected.filter {
                try $0.isWrittenOff || !seen($0.row, $0.period.start).contains(.uncollected)
            }
            return LedgerPlan(
                plan: plan, plannedBefore: sieve.plannedBefore, writtenOffBefore: sieve.writtenOffBefore,
                newlyUncollected: uncollected)
        }
    }
}

extension LedgerPlan {
    /// Calls `body` with each entry that an audit makes: what it plans, what it leaves, what it saw happen.
    public func forEachEntry(
        subscriptions: Subscriptions, settlements: [PeriodSettlement], _ body: (LedgerEntry) throws -> Void
    ) rethrows {
        let name = { (row: Int) in String(decoding: subscriptions.subscriptionIdentifier(row), as: UTF8.self) }
        for instalment in plan.instalments {
            try body(
                LedgerEntry(
                    act: .planned, subscription: name(instalment.row), period: instalment.period,
                    amount: instalment.amount, day: instalment.collectOn))
        }
        for arrear in newlyUncollected {
            try body(
                LedgerEntry(
                    act: arrear.isWrittenOff ? .writtenOff : .uncollected, subscription: name(arrear.row),
                    period: arrear.period, amount: arrear.amount,
                    day: nil, note: arrear.reason.rawValue))
        }
        for settlement in settlements {
            for step in settlement.steps {
                try body(
                    LedgerEntry(
                        act: step.act, subscription: settlement.known.subscription, period: settlement.known.period,
                        amount: Money(minorUnits: step.amount, currency: settlement.known.amount.currency),
                        day: step.day))
            }
        }
    }
}

extension UncollectedArrear {
    /// Whether the customer is let off, and not only passed over by this plan.
    fileprivate var isWrittenOff: Bool { RecoveryAccount.part(of: reason) != .uncollected }
}
