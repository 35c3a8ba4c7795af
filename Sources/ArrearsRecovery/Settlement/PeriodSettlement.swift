public import BillingRecords
public import BillingValues
public import RenewalAudit

/// What the charges of an audit say about a recovery that was planned before.
public struct PeriodSettlement: Hashable, Sendable {
    /// One thing that has happened since the last run.
    public struct Step: Hashable, Sendable {
        /// What happened.
        public let act: RecoveryAct
        /// The day of the charge that shows it.
        public let day: CivilDate?
        /// How much was taken or given back, in minor units of the period's currency; never below zero.
        public let amount: Int64
    }

    /// The period.
    public let known: KnownPeriod

    /// What has happened; never anything that had happened before.
    public let steps: [Step]

    /// The charges that show it, in the order of the files.
    public let charges: [RecordPosition]

    /// What the customer has paid for the period and kept, in minor units; nil when it does not fit.
    public let net: Int64?

    /// Judges the charges for one period; nil when they tell nothing new.
    ///
    /// Only charges in the currency of the plan count. An amount that was given back reverses the recovery when it is
    /// at least what the recovery took; when somebody paid the renewal otherwise, that much of it may be the other
    /// payment's, so without a posted recovery nothing is reversed.
    public init?(_ known: KnownPeriod, charges: [KeptCharge]) {
        let sound = charges.filter {
            $0.reading == .sound && $0.currency == known.amount.currency.packedCode
        }
        let recoveries = sound.filter { $0.kind == .recovery }
        let taken = recoveries.filter { $0.status == .posted && $0.amount > 0 }
        let others = sound.filter { $0.kind != .recovery && $0.status == .posted && $0.amount > 0 && $0.isPayment }
        let returns = sound.filter { $0.status == .posted && $0.amount < 0 }
        guard let takenSum = Self.sum(taken), let returnedSum = Self.sum(returns), let otherSum = Self.sum(others),
            returnedSum > .min
        else { return nil }
        var steps: [Step] = []
        func note(_ act: RecoveryAct, _ charge: KeptCharge?, _ amount: Int64) {
            guard !known.acts.contains(act) else { return }
            steps.append(Step(act: act, day: charge?.chargedOn, amount: amount))
        }
        if let first = taken.first { note(.collected, first, takenSum) }
        if taken.isEmpty, let failed = recoveries.first(where: { $0.status == .failed }) {
            note(.failed, failed, max(0, failed.amount))
        }
        if let first = others.first { note(.paidOtherwise, first, otherSum) }
        let wasTaken = takenSum > 0 ? takenSum : known.acts.contains(.collected) ? known.amount.minorUnits : 0
        if taken.isEmpty, let reversed = recoveries.first(where: { $0.status == .reversed }) {
            note(.reversed, reversed, max(0, reversed.amount))
        } else if let last = returns.last, -returnedSum >= max(1, wasTaken > 0 ? wasTaken : known.amount.minorUnits),
            wasTaken > 0 || others.isEmpty
        {
            note(.reversed, last, -returnedSum)
        }
        guard !steps.isEmpty else { return nil }
        self.known = known
        self.steps = steps
        self.charges = (recoveries + others + returns).map(\.position).sorted()
        net = Self.sum(taken + others + returns)
    }

    /// Whether a charge other than the recovery has paid the renewal, which this run finds for the first time.
    public var isPaidOtherwise: Bool { steps.contains { $0.act == .paidOtherwise } }

    /// Whether the recovery charge is with the billing system and must be taken back.
    public var needsWithdrawal: Bool {
        isPaidOtherwise && known.acts.contains(.written) && !known.acts.contains(.reversed)
            && !steps.contains { $0.act == .reversed }
    }

    private static func sum(_ charges: [KeptCharge]) -> Int64? {
        Int64(exactly: charges.reduce(Int128(0)) { $0 + Int128($1.amount) })
    }
}

extension KeptCharge {
    /// Whether it takes money for a renewal: refunds and credits never do, whatever their sign.
    fileprivate var isPayment: Bool { kind == .renewal || kind == .adjustment }
}
