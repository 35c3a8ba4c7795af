import BillingValues
import RenewalAudit
import SettingsText

/// The list prices of an offer: one for ever, or several with the days on which they hold.
enum PriceSettings {
    static let keys = ["amount", "from", "until", "for"]
    static let audiences: KeyValuePairs<String, OfferPrices.Price.Audience> = ["everyone": .everyone, "new": .new]

    /// Reads `price` or `prices` of an offer; without either it has no list.
    static func prices(
        _ offer: SettingsMapping, currency: Currency, _ reader: inout SettingsReader
    ) -> OfferPrices {
        if let value = offer["price"] {
            if let prices = offer["prices"] {
                reader.fault(prices, found: "'price' and 'prices'", expected: "one of the two")
            }
            let amount = reader.amount(value, in: currency)
            return OfferPrices(amount.map { [.init(amount: $0.minorUnits)] } ?? [])
        }
        guard let list = offer["prices"] else { return OfferPrices() }
        var prices: [OfferPrices.Price] = []
        for node in reader.list(list) {
            guard let price = price(node, currency: currency, &reader) else { continue }
            if prices.contains(where: { $0.isNew == price.isNew && $0.overlaps(price) }) {
                reader.fault(
                    node, found: "a price whose days another one has, too", expected: "one price for each day",
                    remedy: "end the earlier one with 'until', the first day on which it no longer holds")
            }
            prices.append(price)
        }
        return OfferPrices(prices)
    }

    private static func price(
        _ node: SettingsNode, currency: Currency, _ reader: inout SettingsReader
    ) -> OfferPrices.Price? {
        guard let section = reader.mapping(node, keys: keys) else { return nil }
        let amount = reader.require(section, "amount").flatMap { reader.amount($0, in: currency) }
        var price = OfferPrices.Price(amount: amount?.minorUnits ?? 0)
        if let value = section["from"] { price.from = reader.date(value) }
        if let value = section["until"] {
            price.until = reader.date(value)
            if let from = price.from, let until = price.until, until <= from {
                reader.fault(value, expected: "a day after \(from), the first on which the price no longer holds")
            }
        }
        if let value = section["for"] { price.audience = reader.choice(value, audiences) }
        return amount == nil ? nil : price
    }
}

extension OfferPrices.Price {
    fileprivate var isNew: Bool { audience == .new }

    fileprivate func overlaps(_ other: OfferPrices.Price) -> Bool {
        let begins = until.map { end in other.from.map { $0 < end } ?? true } ?? true
        let ends = other.until.map { end in from.map { $0 < end } ?? true } ?? true
        return begins && ends
    }
}
