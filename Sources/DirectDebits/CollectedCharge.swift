public import ArrearsRecovery
public import BillingValues

/// A charge that is to be collected by direct debit.
public struct CollectedCharge: Hashable, Sendable {
    /// The id of the charge.
    public var identifier: [UInt8]

    /// The subscription.
    public var subscription: [UInt8]

    /// The day of the collection.
    public var collectOn: CivilDate

    /// The period that is paid for; nil where the charge names none.
    public var period: BillingPeriod?

    /// The amount.
    public var amount: Money

    /// A charge from its parts.
    public init(
        identifier: [UInt8], subscription: [UInt8], collectOn: CivilDate, period: BillingPeriod?, amount: Money
    ) {
        self.identifier = identifier
        self.subscription = subscription
        self.collectOn = collectOn
        self.period = period
        self.amount = amount
    }

    /// A recovery charge of a subscription.
    public init(_ charge: RecoveryCharge, subscription: [UInt8]) {
        self.init(
            identifier: charge.identifier, subscription: subscription, collectOn: charge.chargedOn,
            period: charge.period, amount: charge.amount)
    }

    /// The columns of native charges of which one is made.
    public static let columns = [
        "charge_id", "subscription_id", "charged_on", "period_start", "period_end", "amount", "currency",
    ]

    /// A charge of the values of `columns`; nil where these are none of a charge that names all it needs.
    public init?(values: [[UInt8]]) {
        guard values.count == Self.columns.count, !values[0].isEmpty, !values[1].isEmpty else { return nil }
        let (amount, code) = (values[5], values[6])
        guard let day = CivilDate.parse(values[2]), let currency = Currency(bytes: code.span),
            let units = try? Money.minorUnits(in: amount.span, exponent: currency.exponent)
        else { return nil }
        var period: BillingPeriod?
        if !values[3].isEmpty || !values[4].isEmpty {
            guard let start = CivilDate.parse(values[3]), let end = CivilDate.parse(values[4]),
                let whole = BillingPeriod(start: start, end: end)
            else { return nil }
            period = whole
        }
        self.init(
            identifier: values[0], subscription: values[1], collectOn: day, period: period,
            amount: Money(minorUnits: units, currency: currency))
    }
}
