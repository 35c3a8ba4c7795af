public import BillingRecords
public import BillingValues

/// Takes out of the arrears what an earlier run has planned already.
///
/// The findings stay in the reports; only the plan is made from what is left.
public struct ArrearsSieve: Sendable {
    /// The arrears that a plan may be made of, in their order.
    public private(set) var open: [Arrear] = []

    /// The number and the sum of the renewals whose recovery was planned before.
    public private(set) var plannedBefore = MoneyTally()

    /// Passes arrears; `isPlanned` says of a row and the first day of a period whether its recovery was planned before.
    ///
    /// O(arrears), and one question for each.
    public init<Failure: Error>(
        _ arrears: [Arrear], isPlanned: (_ row: Int, _ start: CivilDate) throws(Failure) -> Bool
    ) throws(Failure) {
        open.reserveCapacity(arrears.count)
        for arrear in arrears {
            if try isPlanned(arrear.row, arrear.period.start) {
                plannedBefore.add(
                    amount: arrear.amount.minorUnits, currency: arrear.amount.currency.packedCode)
            } else {
                open.append(arrear)
            }
        }
    }
}
