import BillingRecords
import BillingValues

/// What the lists of the offers file say of the price.
extension Timeline {
    /// The price of the row, or of the list of its offer where that says more.
    func listedPrice(on day: CivilDate) -> PriceInForce {
        let own = PriceInForce(amount: terms.price.minorUnits)
        guard let listed = offer.offer else { return own }
        switch listed.prices.price(on: day, own: offer.ownPrice, activatedOn: terms.activatedOn) {
        case .own: return own
        case .individual: return own
        case .list(let amount):
            var price = PriceInForce(amount: amount)
            if amount != offer.ownPrice { price.notes.append("the list price of the day") }
            return price
        case .kept(let amount):
            var price = own
            price.doubts.append(
                "the row has an earlier list price than \(money(amount)), and the offers file does not say for whom "
                    + "this one holds")
            return price
        case .unknown:
            var price = own
            price.doubts.append("the row has no price, and the offers file has none for this day")
            price.isUnknown = true
            return price
        }
    }

    /// Why a price that an event set may have changed with the list since; nil where the list has not changed.
    func doubtOfList(since event: LineEvent, on day: CivilDate, amount: Int64) -> String? {
        guard let listed = (lastOffer(on: day)?.offer ?? offer.offer)?.prices, let since = event.effectiveOn,
            event.until == nil, let now = listed.price(on: day, activatedOn: terms.activatedOn), now.audience != .new,
            let start = now.from, start > since, now.amount != amount
        else { return nil }
        return "the list price changed to \(money(now.amount)) on \(start), after \(text(event))"
    }

    /// The last change of the offer that holds on a day, and what the offers file says of that offer.
    func lastOffer(on day: CivilDate) -> (event: LineEvent, offer: Offer?)? {
        guard
            let event = events.last(where: { event in
                guard case .offer = event.change, let since = event.effectiveOn else { return false }
                return event.holds(on: day) && since > terms.activatedOn
            }), case .offer(let name) = event.change
        else { return nil }
        return (event, offer.changedOffers[name])
    }

    /// The list price of an offer that the line changed to, unless an event of that day or later sets another.
    func price(of changed: Offer, since event: LineEvent, on day: CivilDate) -> PriceInForce? {
        guard let since = event.effectiveOn else { return nil }
        let isSetSince = events.contains { other in
            guard other.price(isDiscount: false) != nil, let start = other.effectiveOn else { return false }
            return start >= since && other.holds(on: day)
        }
        guard !isSetSince else { return nil }
        var price = PriceInForce(amount: terms.price.minorUnits, event: event)
        guard changed.currency == terms.price.currency,
            let listed = changed.prices.price(on: day, activatedOn: since)
        else {
            guard changed.currency != terms.price.currency || !changed.prices.prices.isEmpty else { return nil }
            price.doubts.append("the offers file has no price in the line's currency for this day after \(text(event))")
            price.isUnknown = true
            return price
        }
        price.amount = listed.amount
        if let cycle = changed.cycle, cycle != grid.stretch(on: day).cycle {
            price.doubts.append("\(text(event)), whose cycle is \(cycle), and no event says when it began")
        }
        return price
    }

    /// Why the row's own price may be that of a later offer; nil where it is not.
    func doubtOfOffer(on day: CivilDate) -> String? {
        guard let name = offer.offer?.name, lastOffer(on: day) == nil else { return nil }
        let later = events.first { event in
            guard let since = event.effectiveOn, since > day, since > terms.activatedOn else { return false }
            return event.change == .offer(name)
        }
        return later.map { "the subscription's row has the offer of a later change already: \(text($0))" }
    }
}
