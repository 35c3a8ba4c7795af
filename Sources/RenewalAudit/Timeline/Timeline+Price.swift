import BillingRecords
import BillingValues

/// What a renewal costs, and what says so.
struct PriceInForce: Sendable {
    /// The price in minor units.
    var amount: Int64

    /// The event that set it; nil for the price of the subscription's row.
    var event: LineEvent?

    /// What else made it so, in words.
    var notes: [String] = []

    /// Why it may be another, in words.
    var doubts: [String] = []

    /// Whether nothing tells the price, not even which of two it is.
    var isUnknown = false
}

extension Timeline {
    /// The price in force on a day: that of the last discount that holds, else of the last change of the price or the
    /// offer, else of the row and the list of its offer.
    func price(on day: CivilDate) -> PriceInForce {
        if let discount = lastPrice(on: day, isDiscount: true) { return discount }
        let changed = lastOffer(on: day)
        if let changed, let price = changed.offer.flatMap({ price(of: $0, since: changed.event, on: day) }) {
            return price
        }
        if var change = lastPrice(on: day, isDiscount: false) {
            if let event = change.event, let since = event.effectiveOn, since <= terms.activatedOn,
                offer.ownPrice ?? change.amount != change.amount
            {
                change.doubts.append("the subscription's row has another price than \(text(event))")
            }
            if let event = change.event, let doubt = doubtOfList(since: event, on: day, amount: change.amount) {
                change.doubts.append(doubt)
            }
            return change
        }
        var base = listedPrice(on: day)
        guard base.amount == offer.ownPrice else { return base }
        if let doubt = doubtOfOffer(on: day) { base.doubts.append(doubt) }
        let later = events.filter { event in
            guard case .price = event.change, event.until == nil, let since = event.effectiveOn else { return false }
            return since > day
        }
        let last = later.last?.effectiveOn
        if let later = later.first(where: { $0.effectiveOn == last && $0.change == .price(base.amount) }) {
            base.doubts.append("the subscription's row has the price of a later change already: \(text(later))")
        }
        return base
    }

    /// The price of the event that holds on a day and began last; where two of one day differ, the lower one.
    private func lastPrice(on day: CivilDate, isDiscount: Bool) -> PriceInForce? {
        var last: PriceInForce?
        for event in events where event.holds(on: day) {
            guard let amount = event.price(isDiscount: isDiscount) else { continue }
            guard var known = last, let other = known.event, other.effectiveOn == event.effectiveOn else {
                last = PriceInForce(amount: amount, event: event)
                continue
            }
            guard amount != known.amount else { continue }
            known.doubts.append("\(text(other)), but \(text(event))")
            if amount < known.amount {
                known.amount = amount
                known.event = event
            }
            last = known
        }
        return last
    }
}

extension LineEvent {
    /// The price that the event sets, as a discount or for good.
    func price(isDiscount: Bool) -> Int64? {
        switch change {
        case .discount(let amount): isDiscount ? amount : nil
        case .price(let amount): isDiscount ? nil : amount
        default: nil
        }
    }
}
