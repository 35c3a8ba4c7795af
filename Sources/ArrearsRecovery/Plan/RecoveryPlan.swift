public import BillingValues
public import RenewalAudit

/// Who pays which missed renewal on which day.
///
/// Each arrear is in the plan exactly once, or among the uncollected with the reason; `RecoveryAccount` proves that
/// both sum to the arrears, to the cent.
public struct RecoveryPlan: Sendable {
    /// The collections, by subscription in the order of the arrears, then by number.
    public private(set) var instalments: [Instalment] = []

    /// The arrears that are not collected, by subscription in the order of the arrears.
    public private(set) var uncollected: [UncollectedArrear] = []

    /// The customers who have arrears, in the order of the arrears.
    public private(set) var customers: [Customer] = []

    /// A customer's part of the plan: those of its instalments and of its uncollected arrears.
    public struct Customer: Hashable, Sendable {
        /// The row of the subscription.
        public let row: Int
        /// Where the customer's instalments stand in `instalments`.
        public let instalments: Range<Int>
        /// Where the customer's other arrears stand in `uncollected`.
        public let uncollected: Range<Int>
    }

    /// Whether arrears are collected that follow from an inferred contract.
    public let collectsInferred: Bool

    /// Plans the recovery of arrears.
    ///
    /// A pure function: whoever knows of arrears that were planned before takes them out of the list. O(arrears).
    ///
    /// - Parameters:
    ///   - arrears: Those of one subscription stand together, oldest period first.
    ///   - subscriptions: The table whose rows they name.
    ///   - policy: How they are collected.
    ///   - decidedOn: "Today": nothing is collected before it.
    ///   - collectsInferred: Whether arrears are collected that follow from an inferred contract.
    ///   - plannedUntil: By row the last collection that earlier runs have planned; those of this plan come after it, as
    ///     far as the policy wants them apart.
    public init(
        _ arrears: [Arrear], subscriptions: Subscriptions, policy: RecoveryPolicy, decidedOn: CivilDate,
        collectsInferred: Bool = false, plannedUntil: [Int: CivilDate] = [:]
    ) {
        self.collectsInferred = collectsInferred
        let leftOut = LeftOut(policy, in: subscriptions)
        // Room for all at once: in growing step by step the plan would be copied again and again.
        instalments.reserveCapacity(arrears.count)
        customers.reserveCapacity(zip(arrears, arrears.dropFirst()).reduce(1) { $1.0.row == $1.1.row ? $0 : $0 + 1 })
        var start = arrears.startIndex
        while start < arrears.endIndex {
            let row = arrears[start].row
            let end = arrears[start...].firstIndex { $0.row != row } ?? arrears.endIndex
            let first = (instalments.count, uncollected.count)
            if var customer = CustomerPlan(
                row, of: subscriptions, policy: policy, leftOut: leftOut, decidedOn: decidedOn,
                collectsInferred: collectsInferred, plannedUntil: plannedUntil[row])
            {
                customer.plan(Array(arrears[start..<end]))
                instalments += customer.instalments
                uncollected += customer.uncollected
            } else {
                // A row without terms has no renewals, so nothing of it was found uncharged.
                uncollected += arrears[start..<end].map {
                    UncollectedArrear(
                        row: row, period: $0.period, amount: $0.amount, reason: .noCollectionDay,
                        standing: .recoverable)
                }
            }
            customers.append(
                Customer(
                    row: row, instalments: first.0..<instalments.count, uncollected: first.1..<uncollected.count))
            start = end
        }
    }

    /// Plans the recovery of the uncharged renewals among findings; nothing else is ever collected.
    ///
    /// `discrepancies` must be sorted so that those of one subscription stand together, oldest period first, as in
    /// the report.
    public init(
        _ discrepancies: [Discrepancy], subscriptions: Subscriptions, policy: RecoveryPolicy, decidedOn: CivilDate
    ) {
        self.init(
            Arrear.all(in: discrepancies), subscriptions: subscriptions, policy: policy,
            decidedOn: decidedOn)
    }
}
