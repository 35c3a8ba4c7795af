public import ArrearsRecovery
public import BillingRecords
import BillingValues

/// What the ledger adds to the outcome of an audit.
public struct LedgerOutcome: Sendable {
    /// The name of the ledger's file, without its folders.
    public let name: String

    /// Whether the plan is only proposed, so that no recovery charge is written.
    public let isProposal: Bool

    /// The renewals that are uncharged and whose recovery was planned before.
    public let plannedBefore: MoneyTally

    /// The renewals that are uncharged and that a policy has written off before.
    public let writtenOffBefore: MoneyTally

    /// What the charges say of recoveries that were planned before, where it is new.
    public let settlements: [PeriodSettlement]

    /// How many planned periods are open: not reversed, and not settled before this run.
    public let open: Int

    /// What a ledger adds.
    public init(
        name: String, isProposal: Bool, plannedBefore: MoneyTally, writtenOffBefore: MoneyTally,
        settlements: [PeriodSettlement], open: Int
    ) {
        self.name = name
        self.isProposal = isProposal
        self.plannedBefore = plannedBefore
        self.writtenOffBefore = writtenOffBefore
        self.settlements = settlements
        self.open = open
    }

    /// The recoveries that are with the billing system and must be taken back.
    public var withdrawals: [PeriodSettlement] { settlements.filter(\.needsWithdrawal) }

    /// Count and sum of what happened, by act.
    var sums: [(act: RecoveryAct, tally: MoneyTally)] {
        RecoveryAct.allCases.compactMap { act in
            var tally = MoneyTally()
            for settlement in settlements {
                for step in settlement.steps where step.act == act {
                    tally.add(amount: step.amount, currency: settlement.known.amount.currency.packedCode)
                }
            }
            return tally.records > 0 ? (act, tally) : nil
        }
    }
}
