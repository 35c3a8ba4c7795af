public import BillingValues

/// What the charges of a subscription tell of its contract.
public struct InferredLine: Sendable {
    /// A price and the first day of the first period that was charged with it.
    public struct Price: Hashable, Sendable {
        /// The price in minor units.
        public let amount: Int64
        /// The first day of the first period with this price.
        public let from: CivilDate
        /// The first day behind the last period with this price.
        public internal(set) var until: CivilDate
    }

    /// How sure the inference is.
    public enum Certainty: Int, Sendable, Comparable {
        /// Chance would make such a history seldom.
        case fair
        /// Chance would hardly ever make such a history, and few of its renewals are missing.
        case good

        /// Less sure comes first.
        public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    /// What became of the line at the end of its charges.
    public enum Ending: Hashable, Sendable {
        /// The charges reach to the end of the window.
        case none
        /// The charges stop: the line ended, or was charged no more; nobody can tell.
        case unexplained
        /// The charges stop together with those of many other lines.
        case systemic(stopped: Int, of: Int)
    }

    /// The cycle.
    public let cycle: BillingCycle

    /// A day from which the cycles can be counted, at least one cycle before the first charge.
    public let anchor: CivilDate

    /// The index of the first charged cycle, counted from `anchor`.
    public let firstCycle: Int

    /// The index of the last cycle with a charge or an attempt.
    public let lastCycle: Int

    /// The currency of all charges.
    public let currency: Currency

    /// The prices, oldest first; never none.
    public let prices: [Price]

    /// How many charges tell it.
    public let charges: Int

    /// Whether the charges state their periods; if not, the days of the charges were taken.
    public let statesPeriods: Bool

    /// How many cycles between the first and the last charge have none.
    public let missing: Int

    /// How sure it is.
    public let certainty: Certainty

    /// What became of the line.
    public internal(set) var ending: Ending

    /// The first day of a cycle, or nil beyond the calendar.
    func start(_ cycle: Int) -> CivilDate? { self.cycle.start(ofCycle: cycle, from: anchor) }

    /// The day of the first renewal that was not charged any more, if the charges stop.
    public var stopsOn: CivilDate? { ending == .none ? nil : start(lastCycle + 1) }

    /// The price that a period beginning on a day has, and whether the charges around it tell.
    ///
    /// Where the price changed while nothing was charged the lower one is given, and nobody can tell.
    func price(on day: CivilDate) -> (amount: Int64, isKnown: Bool) {
        guard let later = prices.firstIndex(where: { day < $0.until }) else {
            return (prices.last?.amount ?? 0, true)
        }
        guard later > 0, day < prices[later].from else { return (prices[later].amount, true) }
        return (min(prices[later - 1].amount, prices[later].amount), false)
    }
}

/// Why a subscription's charges do not tell its contract.
public enum InferenceObstacle: String, CaseIterable, Sendable, Error {
    /// There are fewer charges than can show a cycle.
    case tooFewCharges = "too-few-charges"
    /// The days or periods follow no cycle.
    case noCycle = "no-cycle"
    /// More than one cycle explains them, and they differ in what is missing.
    case severalCycles = "several-cycles"
    /// The amounts change too often to be a price.
    case noPrice = "no-price"
    /// The charges are in several currencies.
    case severalCurrencies = "several-currencies"
}
