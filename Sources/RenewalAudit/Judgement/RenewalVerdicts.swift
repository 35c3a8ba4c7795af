import BillingRecords

/// What a judge found and counted on some subscriptions.
public struct RenewalVerdicts: Sendable {
    /// The findings, in the order of the rows.
    public private(set) var discrepancies: [Discrepancy] = []

    /// How many subscriptions were judged.
    public private(set) var subscriptions = 0

    /// How many renewals were due.
    public private(set) var due = 0

    /// How many renewals of the window are collected on a day that the exports do not reach; nobody judges them yet.
    public private(set) var collectedLater = 0

    /// How many due renewals wait for a collection that is under way, or for a recovery that is planned.
    public private(set) var inCollection = 0

    /// Due renewals by offer and payment method.
    public private(set) var dueByGroup: [RenewalGroup: Int] = [:]

    /// No verdicts yet.
    public init() {}

    mutating func add(_ found: [Discrepancy]) { discrepancies.append(contentsOf: found) }

    mutating func count(subscriptions: Int, due: DueCounts) {
        self.subscriptions += subscriptions
        dueByGroup = due.byGroup
        self.due += dueByGroup.values.reduce(0, +)
    }

    /// Puts the findings into the order of the reports.
    public mutating func sort(subscriptions: Subscriptions) {
        DiscrepancyOrder.sort(&discrepancies, subscriptions: subscriptions)
    }

    /// Hands the findings over, so that they are not kept twice.
    public mutating func takeDiscrepancies() -> [Discrepancy] {
        defer { discrepancies = [] }
        return discrepancies
    }

    mutating func countLater(_ count: Int) { collectedLater += count }

    mutating func countInCollection(_ account: SubscriptionAccount) {
        inCollection += account.openPeriods.count { $0.isInCollection && !$0.hasPostedCharge }
    }

    /// Takes over what was found on the rows that follow.
    public mutating func append(_ other: RenewalVerdicts) {
        discrepancies.append(contentsOf: other.discrepancies)
        subscriptions += other.subscriptions
        collectedLater += other.collectedLater
        due += other.due
        inCollection += other.inCollection
        dueByGroup.merge(other.dueByGroup, uniquingKeysWith: +)
    }
}

/// Subscriptions of one offer, paid by one method, in one currency.
public struct RenewalGroup: Hashable, Sendable {
    /// The number of the offer in `Subscriptions.offers`.
    public let offer: UInt32

    /// The number of the payment method in `Subscriptions.paymentMethods`.
    public let paymentMethod: UInt32

    /// The packed code of the currency.
    public let currency: UInt32

    init(offer: UInt32, paymentMethod: UInt32, currency: UInt32) {
        self.offer = offer
        self.paymentMethod = paymentMethod
        self.currency = currency
    }

    /// The group that a row belongs to.
    public init(row: Int, in table: borrowing Subscriptions) {
        offer = table.offerNumber(row)
        paymentMethod = table.paymentMethodNumber(row)
        currency = table.rows[row].currencyCode
    }
}
