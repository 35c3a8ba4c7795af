public import BillingRecords
public import BillingValues

/// Takes out of the arrears what an earlier run has planned already, or has let the customer off.
///
/// The findings stay in the reports; only the plan is made from what is left.
public struct ArrearsSieve: Sendable {
    /// The arrears that a plan may be made of, in their order.
    public private(set) var open: [Arrear] = []

    /// The number and the sum of the renewals whose recovery was planned before.
    public private(set) var plannedBefore = MoneyTally()

    /// The number and the sum of the renewals that a policy has written off before.
    public private(set) var writtenOffBefore = MoneyTally()

    /// Passes arrears; `acts` says of a row and the first day of a period what has happened to it so far.
    ///
    /// O(arrears), and one question for each.
    public init<Failure: Error>(
        _ arrears: [Arrear], acts: (_ row: Int, _ start: CivilDate) throws(Failure) -> RecoveryActs
    ) throws(Failure) {
        open.reserveCapacity(arrears.count)
        for arrear in arrears {
            let seen = try acts(arrear.row, arrear.period.start)
            let (amount, currency) = (arrear.amount.minorUnits, arrear.amount.currency.packedCode)
            if seen.contains(.planned) {
                plannedBefore.add(amount: amount, currency: currency)
            } else if seen.contains(.writtenOff) {
                writtenOffBefore.add(amount: amount, currency: currency)
            } else {
                open.append(arrear)
            }
        }
    }
}
