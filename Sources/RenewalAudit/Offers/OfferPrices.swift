public import BillingValues

/// The list prices of an offer, in the order of their first days.
public struct OfferPrices: Hashable, Sendable {
    /// A list price and the days on which it holds.
    public struct Price: Hashable, Sendable {
        /// For whom a price holds.
        public enum Audience: String, CaseIterable, Sendable {
            /// For every line, also for those that had another price before.
            case everyone
            /// For lines that are activated on these days, and for them until they end.
            case new
        }

        /// The price in minor units.
        public var amount: Int64
        /// The first day; nil for a price that held always.
        public var from: CivilDate?
        /// The first day on which it no longer holds; nil for an open end.
        public var until: CivilDate?
        /// For whom it holds; nil where the file does not say.
        public var audience: Audience?

        /// A price from its parts.
        public init(amount: Int64, from: CivilDate? = nil, until: CivilDate? = nil, audience: Audience? = nil) {
            self.amount = amount
            self.from = from
            self.until = until
            self.audience = audience
        }

        /// Whether a day is one of the price's.
        func holds(on day: CivilDate) -> Bool {
            (from.map { $0 <= day } ?? true) && (until.map { day < $0 } ?? true)
        }
    }

    /// The prices.
    public let prices: [Price]

    /// Prices in any order.
    public init(_ prices: [Price] = []) {
        self.prices = prices.sorted { ($0.from?.dayNumber ?? .min) < ($1.from?.dayNumber ?? .min) }
    }

    /// The price that a line has on a day by the list: of those that hold for it, the one that began last.
    func price(on day: CivilDate, activatedOn activation: CivilDate) -> Price? {
        prices.last { $0.holds(on: $0.audience == .new ? activation : day) && ($0.from.map { $0 <= day } ?? true) }
    }

    /// The days after the first of a span on which a price begins or ends to hold.
    func changes(in window: AuditWindow) -> [CivilDate] {
        prices.flatMap { [$0.from, $0.until] }.compactMap { $0 }.filter { window.from < $0 && $0 < window.to }
    }
}
