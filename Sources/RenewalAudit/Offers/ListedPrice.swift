import BillingValues

/// What a line's own price and the list of its offer say together of the price on a day.
enum ListedPrice: Hashable {
    /// The line's own price, which the list has for that day too, or the list has nothing to say.
    case own
    /// The price of the list, for the line's own is one that the list has for other days.
    case list(Int64)
    /// The line's own price, which the list had once, but no longer: nobody can tell whether the line kept it.
    case kept(list: Int64)
    /// The line's own price, which the list never had.
    case individual
    /// The line has no price of its own, and the list has none for the day.
    case unknown
}

extension OfferPrices {
    /// How the price of a line on a day is found; `own` is nil for a line without a price of its own.
    ///
    /// The row's price is what this customer agreed to. Where it is one of the list's, the list says when it held: a
    /// price of later days is the present one, written into an export of old renewals, so the list decides. A price of
    /// earlier days may have been kept by the line or changed with the list, and only a price that says for whom it holds
    /// tells.
    func price(on day: CivilDate, own: Int64?, activatedOn activation: CivilDate) -> ListedPrice {
        let listed = price(on: day, activatedOn: activation)
        guard let own else { return listed.map { .list($0.amount) } ?? .unknown }
        guard prices.contains(where: { $0.amount == own }) else { return prices.isEmpty ? .own : .individual }
        guard let listed, listed.amount != own else { return .own }
        if listed.audience != nil { return .list(listed.amount) }
        let wasEarlier = prices.contains { $0.amount == own && ($0.from.map { $0 <= day } ?? true) }
        return wasEarlier ? .kept(list: listed.amount) : .list(listed.amount)
    }
}
