public import BillingValues

/// All that is known of one due renewal: its period, its price, and every charge that was assigned to it.
///
/// The rules read accounts; nothing else decides a verdict.
public struct PeriodAccount: Sendable {
    /// Why the exports cannot tell whether the renewal was paid.
    public enum Doubt: Hashable, Sendable {
        /// A row that was rejected for a value could have settled it.
        case unreadableCharge
        /// What banks say of a charge for it contradicts the charge or itself.
        case contestedResult
        /// A charge that states another period, which is paid without it, was made when this one was due.
        case misdatedCharge
        /// Money given back may undo a payment of this one or another charge.
        case unassignedReturn
        /// Money given back names a charge that nobody finds, and would undo a payment of this one without the name.
        case unknownReference
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
        /// The evidence contradicts itself in what is due.
        case uncertainTerms
        /// Nothing tells what is due.
        case unknownPrice
        /// The evidence contradicts itself in whether the line had ended.
        case uncertainEnd
    }

    /// The number of the renewal's cycle.
    let cycle: Int

    /// The period that the renewal pays for.
    public let period: BillingPeriod

    /// The day on which it is collected; its period's first day unless a billing calendar has another.
    public let dueOn: CivilDate

    /// The price in minor units of the subscription's currency.
    public let due: Int64

    /// How many minor units the charges may differ from the price and still be right.
    let tolerance: Int64

    /// What set the amount if not the subscription's row, in words; worked out only for renewals that rules look at.
    var note: String?

    /// What contradicts itself in the events, in words.
    let contradictions: [Doubt: [String]]

    /// The charges that were assigned to the renewal, in the order in which they were assigned.
    var assigned: [AssignedCharge] = []

    /// The regular charge that settled the renewal, if one did; it stands beside `assigned` because most renewals have
    /// nothing else.
    var regularCharge: KeptCharge?

    /// Whether nothing but a regular charge bears on the renewal, so that no rule need look.
    var isRegular: Bool { regularCharge != nil && assigned.isEmpty && doubts.isEmpty }

    /// Whether no charge bears on the renewal.
    var hasNoCharge: Bool { regularCharge == nil && assigned.isEmpty && doubtfulCharges.isEmpty }

    /// Why nobody can tell; empty when everybody can.
    public internal(set) var doubts: Set<Doubt> = []

    /// The charges behind the doubts.
    public internal(set) var doubtfulCharges: [KeptCharge] = []

    init(_ renewal: DueRenewal, regularCharge: KeptCharge? = nil, tolerance: Int64 = 0) {
        cycle = renewal.cycle
        period = renewal.period
        dueOn = renewal.dueOn
        self.tolerance = tolerance
        due = renewal.amount
        contradictions = renewal.doubts
        doubts = Set(renewal.doubts.keys)
        self.regularCharge = regularCharge
    }
}

/// A charge and what it means to the renewal that it was assigned to.
struct AssignedCharge: Sendable {
    /// What a charge means to a renewal.
    enum Role: UInt8, Sendable {
        case payment, giveBack, zero, foreign, pending, failure
    }

    let charge: KeptCharge
    let role: Role
}

extension PeriodAccount {
    /// Posted charges that took money, in the subscription's currency.
    public var payments: [KeptCharge] { charges(.payment) }

    /// Posted charges that gave money back.
    public var returns: [KeptCharge] { charges(.giveBack) }

    /// Posted charges of amount zero.
    public var zeroCharges: [KeptCharge] { charges(.zero) }

    /// Posted charges in another currency.
    public var foreignCharges: [KeptCharge] { charges(.foreign) }

    /// Charges whose collection is still under way.
    public var pending: [KeptCharge] { charges(.pending) }

    /// Attempts that failed or were reversed.
    public var failures: [KeptCharge] { charges(.failure) }

    private func charges(_ role: AssignedCharge.Role) -> [KeptCharge] {
        let others = assigned.compactMap { $0.role == role ? $0.charge : nil }
        guard role == .payment, let regularCharge else { return others }
        return [regularCharge] + others
    }

    /// Whether any charge plays a role.
    func has(_ role: AssignedCharge.Role) -> Bool {
        role == .payment && regularCharge != nil || assigned.contains { $0.role == role }
    }
}

extension PeriodAccount {
    /// The sum of the payments; nil when it does not fit.
    public var paid: Int64? { Self.sum(payments) }

    /// What is left of the payments after what was given back; nil when it does not fit.
    public var net: Int64? { Self.sum(payments + returns) }

    /// How many payments cover the whole price each.
    public var fullPayments: Int { payments.count { !isShort($0.amount) } }

    /// Whether a sum is less than the price by more than the tolerance.
    func isShort(_ sum: Int64) -> Bool { Int128(sum) < Int128(due) - Int128(tolerance) }

    /// Whether a sum is more than the price by more than the tolerance.
    func isExcessive(_ sum: Int64) -> Bool { Int128(sum) > Int128(due) + Int128(tolerance) }

    /// Whether a charge is known to be on its way and not overdue, or the recovery of this renewal is planned.
    public var isInCollection: Bool { has(.pending) && !doubts.contains(.stalePending) }

    /// Whether any posted charge stands against the renewal, of whatever amount or currency.
    public var hasPostedCharge: Bool {
        has(.payment) || has(.giveBack) || has(.zero) || has(.foreign)
    }

    /// Whether the payments, less what was given back, reach the price.
    public var isPaid: Bool { has(.payment) && net.map { !isShort($0) } ?? false }

    /// Whether the exports contradict themselves so that no verdict on the amount is possible.
    public var isUndecided: Bool {
        if doubts.isEmpty { return false }
        if doubts.contains(.uncertainEnd) || doubts.contains(.unknownPrice) { return true }
        // Whatever was in force, nobody paid too little or too much if exactly the price was paid.
        if doubts.contains(.uncertainTerms), net != due, !(isInCollection && !hasPostedCharge) { return true }
        let ofReturns: Set<Doubt> = [.positiveRefund, .sumOutOfRange, .unassignedReturn, .unknownReference]
        if !doubts.isDisjoint(with: ofReturns) { return true }
        if due == 0 { return false }
        if doubts.contains(.refundWithoutCharge) { return true }
        if doubts.contains(.stalePending), !hasPostedCharge { return true }
        let mayBeSettled = !doubts.isDisjoint(
            with: [.unreadableCharge, .contestedResult, .overlappingCharge, .unassignedCharge, .misdatedCharge])
        return mayBeSettled && !isPaid && !has(.giveBack) && !has(.foreign) && !isInCollection
    }

    /// Whether nothing was taken for the renewal and nothing is under way.
    public var isUnpaid: Bool { due > 0 && !hasPostedCharge && !has(.pending) }

    /// Every charge assigned to the renewal, in the order of the files.
    public var allCharges: [KeptCharge] {
        (assigned.map(\.charge) + (regularCharge.map { [$0] } ?? [])).sorted { $0.position < $1.position }
    }

    static func sum(_ charges: [KeptCharge]) -> Int64? {
        Int64(exactly: charges.reduce(Int128(0)) { $0 + Int128($1.amount) })
    }
}
