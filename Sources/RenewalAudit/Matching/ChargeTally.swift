public import BillingRecords

/// What became of the charges that the audit was given: every record and every cent in exactly one place.
///
/// The readers count what they hand over; this counts what the matching made of it. A run in which the two differ
/// has lost something and gives no verdict.
public struct ChargeTally: Hashable, Sendable {
    /// Regular payments of due renewals.
    public var regular = MoneyTally()

    /// Charges kept for judgement.
    public var judged = MoneyTally()

    /// Charges for something else than renewals: activations, add-ons, usage, one-off fees.
    public var otherKinds = MoneyTally()

    /// Charges for periods outside the audit window.
    public var outsideWindow = MoneyTally()

    /// Charges of subscriptions whose terms are not usable.
    public var unusableTerms = MoneyTally()

    /// Charges of nobody.
    public var strangers = MoneyTally()

    /// Rejected rows; their amounts count as unread.
    public var rejected = MoneyTally()

    /// A tally of nothing.
    public init() {}

    /// Adds what another thread counted.
    public mutating func add(_ other: ChargeTally) {
        regular.add(other.regular)
        judged.add(other.judged)
        otherKinds.add(other.otherKinds)
        outsideWindow.add(other.outsideWindow)
        unusableTerms.add(other.unusableTerms)
        strangers.add(other.strangers)
        rejected.add(other.rejected)
    }

    /// The places by name, in a fixed order.
    public var places: [(name: String, tally: MoneyTally)] {
        [
            ("regular", regular), ("judged", judged), ("other_kinds", otherKinds), ("outside_window", outsideWindow),
            ("unusable_terms", unusableTerms), ("unknown_subscription", strangers), ("rejected", rejected),
        ]
    }

    /// The sum over all places.
    public var total: MoneyTally {
        var total = MoneyTally()
        for place in places { total.add(place.tally) }
        return total
    }
}
