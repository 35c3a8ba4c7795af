public import BillingRecords
import BillingValues

/// Where the money of the arrears goes, currency by currency: each arrear is in exactly one place, to the cent.
///
/// What is collected, let off, written off and left uncollected sums to the arrears.
public struct RecoveryAccount: Hashable, Sendable {
    /// All arrears.
    public private(set) var arrears = MoneyTally()

    /// What the instalments collect.
    public private(set) var collected = MoneyTally()

    /// What customers are let off by the discount of the policy.
    public private(set) var discount = MoneyTally()

    /// What the policy writes off: too small to be collected, or waived at the end of the subscription.
    public private(set) var writtenOff = MoneyTally()

    /// What is left, and for a person to decide.
    public private(set) var uncollected = MoneyTally()

    /// The account of a plan.
    public init(_ plan: RecoveryPlan) {
        for instalment in plan.instalments {
            arrears.add(instalment.arrear)
            collected.add(instalment.amount)
            if instalment.discount.minorUnits != 0 { discount.add(instalment.discount) }
        }
        for arrear in plan.uncollected {
            arrears.add(arrear.amount)
            switch Self.part(of: arrear.reason) {
            case .discount: discount.add(arrear.amount)
            case .writtenOff: writtenOff.add(arrear.amount)
            case .uncollected: uncollected.add(arrear.amount)
            }
        }
    }

    /// A place for the money of an arrear that is not collected.
    public enum Part: Sendable {
        /// The customer is let off by the discount.
        case discount
        /// The policy writes it off.
        case writtenOff
        /// It is left for a person to decide.
        case uncollected
    }

    /// Where the money of an arrear goes that is not collected for a reason.
    public static func part(of reason: UncollectedArrear.Reason) -> Part {
        switch reason {
        case .discounted: .discount
        case .belowMinimum, .waived: .writtenOff
        case .ended, .inferred, .limitation, .noCollectionDay, .leftOut, .aboveCap, .longerThanAMonth: .uncollected
        }
    }

    /// Whether the parts sum to the whole in every currency.
    public var isBalanced: Bool {
        var sums: [UInt32: Int128] = [:]
        for entry in arrears.entries { sums[entry.currency, default: 0] += entry.amount }
        for entry in [collected, discount, writtenOff, uncollected].flatMap(\.entries) {
            sums[entry.currency, default: 0] -= entry.amount
        }
        return sums.values.allSatisfy { $0 == 0 }
    }
}

extension MoneyTally {
    /// Adds one amount.
    fileprivate mutating func add(_ money: Money) {
        add(amount: money.minorUnits, currency: money.currency.packedCode)
    }
}
