public import BillingValues

extension RecoveryCharge {
    /// The charge that collects a period which was planned by an earlier run.
    public static func collecting(
        _ period: BillingPeriod, amount: Money, on day: CivilDate, subscription: [UInt8]
    ) -> RecoveryCharge {
        collecting(instalment(period, amount, day), subscription: subscription)
    }

    /// The charge that undoes the collection of a period which was planned by an earlier run.
    public static func reversing(
        _ period: BillingPeriod, amount: Money, on day: CivilDate, subscription: [UInt8]
    ) -> RecoveryCharge {
        reversing(instalment(period, amount, day), subscription: subscription)
    }

    /// An instalment without a row: the subscriptions of that run are not at hand.
    private static func instalment(_ period: BillingPeriod, _ amount: Money, _ day: CivilDate) -> Instalment {
        Instalment(
            row: -1, number: 1, count: 1, collectOn: day, period: period, amount: amount,
            discount: Money(minorUnits: 0, currency: amount.currency), standing: .recoverable)
    }
}
