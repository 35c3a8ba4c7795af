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
    public init?(_ discrepancy: Discrepancy) {
        self.init([discrepancy].span, 0)
    }

    /// The arrear that the finding at a place tells of, which is looked at in place: a copy would count references up
    /// and down.
    private init?(_ discrepancies: Span<Discrepancy>, _ place: Int) {
        guard discrepancies[place].rule == .unchargedRenewal,
            case .subscription(let row) = discrepancies[place].subject, let period = discrepancies[place].period,
            let expected = discrepancies[place].expected, let currency = discrepancies[place].currency
        else { return nil }
        self.init(row: row, period: period, amount: Money(minorUnits: expected, currency: currency))
    }

    /// The arrears that findings tell of, in their order.
    public static func all(in discrepancies: [Discrepancy]) -> [Arrear] {
        var arrears: [Arrear] = []
        let discrepancies = discrepancies.span
        var count = 0
        for place in discrepancies.indices where discrepancies[place].rule == .unchargedRenewal { count += 1 }
        arrears.reserveCapacity(count)
        for place in discrepancies.indices {
            if let arrear = Arrear(discrepancies, place) { arrears.append(arrear) }
        }
        return arrears
    }
}
