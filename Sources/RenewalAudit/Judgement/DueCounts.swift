/// Counts due renewals by offer, payment method and currency, a few nanoseconds each.
struct DueCounts {
    private let paymentMethods: Int
    private let groups: Int

    /// Beyond this many combinations a table of all of them would cost more than it saves.
    private static let tableLimit = 1 << 16

    private var sparse: [RenewalGroup: Int] = [:]
    private var byCurrency: [(currency: UInt32, counts: [Int])] = []

    /// No renewals yet, of subscriptions with so many offers and payment methods.
    init(_ table: Subscriptions) {
        paymentMethods = table.paymentMethods.count
        let product = table.offers.count.multipliedReportingOverflow(by: paymentMethods)
        groups = product.overflow ? .max : product.partialValue
    }

    /// Adds the due renewals of a row.
    mutating func add(_ count: Int, group: RenewalGroup) {
        guard groups <= Self.tableLimit else {
            sparse[group, default: 0] += count
            return
        }
        let place = Int(group.offer) * paymentMethods + Int(group.paymentMethod)
        for index in byCurrency.indices where byCurrency[index].currency == group.currency {
            byCurrency[index].counts[place] += count
            return
        }
        var counts = [Int](repeating: 0, count: groups)
        counts[place] = count
        byCurrency.append((group.currency, counts))
    }

    /// The groups with due renewals.
    var byGroup: [RenewalGroup: Int] {
        var found = sparse
        for (currency, counts) in byCurrency {
            for (place, count) in counts.enumerated() where count > 0 {
                let group = RenewalGroup(
                    offer: UInt32(place / paymentMethods), paymentMethod: UInt32(place % paymentMethods),
                    currency: currency)
                found[group] = count
            }
        }
        return found
    }
}
