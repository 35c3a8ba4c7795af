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

    /// Where the money of the arrears goes.
    let account: RecoveryAccount

    /// Instalments older than the policy's warning age on their day.
    private(set) var old = 0

    /// What is not collected, by reason.
    private(set) var uncollected: [UncollectedArrear.Reason: MoneyTally] = [:]

    /// The arrears by how they stand to the limitation.
    private(set) var standings: [ArrearStanding: MoneyTally] = [:]

    /// What is expected in each calendar month, by the month's number.
    private(set) var months: [Int: MoneyTally] = [:]

    /// How often a customer pays two instalments or more in one calendar month.
    private(set) var crowdedMonths = 0

    init(_ plan: RecoveryPlan) {
        account = RecoveryAccount(plan)
        for instalment in plan.instalments {
            if instalment.number == 1 { customers += 1 }
            if instalment.isOld { old += 1 }
            if instalment.placeInMonth == 2 { crowdedMonths += 1 }
            first = min(first ?? instalment.collectOn, instalment.collectOn)
            last = max(last ?? instalment.collectOn, instalment.collectOn)
            let currency = instalment.amount.currency.packedCode
            months[instalment.collectOn.monthNumber, default: MoneyTally()].add(
                amount: instalment.amount.minorUnits, currency: currency)
            standings[instalment.standing, default: MoneyTally()].add(
                amount: instalment.arrear.minorUnits, currency: currency)
        }
        for arrear in plan.uncollected {
            let (amount, currency) = (arrear.amount.minorUnits, arrear.amount.currency.packedCode)
            uncollected[arrear.reason, default: MoneyTally()].add(amount: amount, currency: currency)
            standings[arrear.standing, default: MoneyTally()].add(amount: amount, currency: currency)
        }
    }

    /// A month as `2026-01`.
    static func name(ofMonth number: Int) -> String {
        let (year, month) = (number / 12, number % 12 + 1)
        let digits = String(year)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits + (month < 10 ? "-0" : "-") + "\(month)"
    }
}
