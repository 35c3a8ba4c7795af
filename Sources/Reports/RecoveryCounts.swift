import ArrearsRecovery
import BillingRecords
import BillingValues

/// The numbers of a recovery plan.
struct RecoveryCounts {
    /// How many customers pay instalments.
    private(set) var customers = 0

    /// The first and the last day of collection.
    private(set) var first: CivilDate?
    private(set) var last: CivilDate?

    /// What is collected.
    private(set) var planned = MoneyTally()

    /// Instalments older than the policy's warning age on their day.
    private(set) var old = 0

    /// What is not collected, by reason.
    private(set) var uncollected: [UncollectedArrear.Reason: MoneyTally] = [:]

    init(_ plan: RecoveryPlan) {
        for instalment in plan.instalments {
            if instalment.number == 1 { customers += 1 }
            if instalment.isOld { old += 1 }
            first = min(first ?? instalment.collectOn, instalment.collectOn)
            last = max(last ?? instalment.collectOn, instalment.collectOn)
            planned.add(amount: instalment.amount.minorUnits, currency: instalment.amount.currency.packedCode)
        }
        for arrear in plan.uncollected {
            uncollected[arrear.reason, default: MoneyTally()].add(
                amount: arrear.amount.minorUnits, currency: arrear.amount.currency.packedCode)
        }
    }
}
