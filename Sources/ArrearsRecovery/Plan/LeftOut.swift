import BillingRecords
import BillingValues
public import RenewalAudit

/// Who is left out by a policy: its names, found in the subscriptions.
public struct LeftOut: Sendable {
    /// Offers that the policy names and no subscription has.
    ///
    /// Somebody meant an offer by each of them, so its customers would pay although they should not, or by another law.
    public private(set) var unknownOffers: [String] = []

    /// Customers that the policy names and the subscriptions do not.
    public private(set) var unknownCustomers: [String] = []

    private var rows: Set<Int> = []
    private var offers: Set<UInt32> = []

    /// The subscriptions that a policy leaves out; O(offers + names).
    public init(_ policy: RecoveryPolicy, in subscriptions: Subscriptions) {
        let numbers = Dictionary(
            (0..<subscriptions.offers.count).map { (subscriptions.offers[UInt32($0)], UInt32($0)) },
            uniquingKeysWith: { first, _ in first })
        offers = Set(policy.leftOutOffers.compactMap { numbers[$0] })
        let named = policy.otherLimitations.reduce(policy.leftOutOffers) { $0.union($1.offers) }
        unknownOffers = named.filter { numbers[$0] == nil }.sorted()
        for name in policy.leftOutCustomers.sorted() {
            if let row = subscriptions.row(ofAnyIdentifier: Array(name.utf8)) {
                rows.insert(row)
            } else {
                unknownCustomers.append(name)
            }
        }
    }

    /// Whether a row is left out.
    func contains(_ row: Int, of subscriptions: Subscriptions) -> Bool {
        rows.contains(row) || (!offers.isEmpty && offers.contains(subscriptions.offerNumber(row)))
    }
}
