public import BillingValues

/// All that is known of one due renewal: its period, its price, and every charge that was assigned to it.
///
/// The rules read accounts; nothing else decides a verdict.
public struct PeriodAccount: Sendable {
    /// Why the exports cannot tell whether the renewal was paid.
    public enum Doubt: Hashable, Sendable {
        /// A row that was rejected for a value could have settled it.
        case unreadableCharge
        /// A charge that states another period covers days of this one.
        case overlappingCharge
        /// A charge without a period could have settled it.
        case unassignedCharge
        /// A refund or credit has a positive amount.
        case positiveRefund
        /// Money was given back that was never taken.
        case refundWithoutCharge
        /// A charge has been pending for too long.
        case stalePending
        /// The sum of the charges does not fit 64 bits.
        case sumOutOfRange
    }

    /// The period that the renewal pays for; its first day is the due day.
    public let period: BillingPeriod

    /// The price in minor units of the subscription's currency.
    public let due: Int64

    /// Posted charges that took money, in the subscription's currency.
    public internal(set) var payments: [KeptCharge] = []

    /// Posted charges that gave money back.
    public internal(set) var returns: [KeptCharge] = []

    /// Posted charges of amount zero.
    public internal(set) var zeroCharges: [KeptCharge] = []

    /// Posted charges in another currency.
    public internal(set) var foreignCharges: [KeptCharge] = []

    /// Charges whose collection is still under way.
    public internal(set) var pending: [KeptCharge] = []

    /// Attempts that failed or were reversed.
    public internal(set) var failures: [KeptCharge] = []

    /// Posted or pending charges whose stated period is not this one, though it is near enough to mean it.
    public internal(set) var shiftedCharges: [KeptCharge] = []

    /// Why nobody can tell; empty when everybody can.
    public internal(set) var doubts: Set<Doubt> = []

    /// The charges behind the doubts.
    public internal(set) var doubtfulCharges: [KeptCharge] = []

    init(period: BillingPeriod, due: Int64) {
        self.period = period
        self.due = due
    }
}

extension PeriodAccount {
    /// The sum of the payments; nil when it does not fit.
    public var paid: Int64? { Self.sum(payments) }

    /// What is left of the payments after what was given back; nil when it does not fit.
    public var net: Int64? { Self.sum(payments + returns) }

    /// How many payments cover the whole price each.
    public var fullPayments: Int { payments.count { $0.amount >= due } }

    /// Whether a charge is known to be on its way and not overdue, or the recovery of this renewal is planned.
    public var isInCollection: Bool { !pending.isEmpty && !doubts.contains(.stalePending) }

    /// Whether any posted charge stands against the renewal, of whatever amount or currency.
    public var hasPostedCharge: Bool {
        !payments.isEmpty || !returns.isEmpty || !zeroCharges.isEmpty || !foreignCharges.isEmpty
    }

    /// Whether the payments, less what was given back, reach the price.
    public var isPaid: Bool { !payments.isEmpty && net.map { $0 >= due } ?? false }

    /// Whether the exports contradict themselves so that no verdict on the amount is possible.
    public var isUndecided: Bool {
        if doubts.isEmpty || due == 0 { return !doubts.isDisjoint(with: [.positiveRefund, .sumOutOfRange]) }
        if !doubts.isDisjoint(with: [.positiveRefund, .refundWithoutCharge, .sumOutOfRange]) { return true }
        if doubts.contains(.stalePending), !hasPostedCharge { return true }
        let mayBeSettled = !doubts.isDisjoint(with: [.unreadableCharge, .overlappingCharge, .unassignedCharge])
        return mayBeSettled && !isPaid && returns.isEmpty && foreignCharges.isEmpty && !isInCollection
    }

    /// Whether nothing was taken for the renewal and nothing is under way.
    public var isUnpaid: Bool { due > 0 && !hasPostedCharge && pending.isEmpty }

    /// Every charge assigned to the renewal, in the order of the files.
    public var allCharges: [KeptCharge] {
        (payments + returns + zeroCharges + foreignCharges + pending + failures).sorted { $0.position < $1.position }
    }

    static func sum(_ charges: [KeptCharge]) -> Int64? {
        Int64(exactly: charges.reduce(Int128(0)) { $0 + Int128($1.amount) })
    }
}
