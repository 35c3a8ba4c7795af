public import BillingValues
public import RenewalAudit

/// A missed renewal whose money was never asked for.
public struct Arrear: Hashable, Sendable {
    /// The row of the subscription.
    public let row: Int

    /// The period whose renewal was missed.
    public let period: BillingPeriod

    /// The price of the renewal.
    public let amount: Money

    /// An arrear.
    public init(row: Int, period: BillingPeriod, amount: Money) {
        self.row = row
        self.period = period
        self.amount = amount
    }

    /// The arrear that a finding tells of; only an `uncharged-renewal` of a subscription tells of one.
    public init?(_ discrepancy: borrowing Discrepancy) {
        guard discrepancy.rule == .unchargedRenewal, case .subscription(let row) = discrepancy.subject,
            let period = discrepancy.period, let expected = discrepancy.expected, let currency = discrepancy.currency
        else { return nil }
        self.init(row: row, period: period, amount: Money(minorUnits: expected, currency: currency))
    }

    /// The arrears that findings tell of, in their order.
    public static func all(in discrepancies: [Discrepancy]) -> [Arrear] {
        var arrears: [Arrear] = []
        // Looked at in place: a copy of each would count references up and down.
        let discrepancies = discrepancies.span
        for place in discrepancies.indices {
            if let arrear = Arrear(discrepancies[place]) { arrears.append(arrear) }
        }
        return arrears
    }
}
