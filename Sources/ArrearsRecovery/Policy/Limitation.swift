public import BillingValues

/// From which age on an arrear is pointed out, and from which on it is not collected.
public struct Limitation: Hashable, Sendable {
    /// An age: so many calendar months or days.
    public enum Age: Hashable, Sendable {
        /// Calendar months; the age is reached on the same day of the month, clamped to the month's end.
        case months(Int)
        /// Days.
        case days(Int)
    }

    /// From which day the age of an arrear counts.
    public enum Start: String, CaseIterable, Sendable {
        /// From the first day of its period.
        case firstDay = "first-day"
        /// From the end of the calendar year in which its period began.
        case endOfYear = "end-of-year"
    }

    /// Whose law it is, in words for people.
    public var jurisdiction: String

    /// The age at which an arrear is pointed out as disputed; nil for never.
    public var warning: Age?

    /// The age at which an arrear is no longer collected; nil for never.
    public var stop: Age?

    /// From which day ages count.
    public var start: Start

    /// Whether a customer gets at least one month to pay for each month that was billed late.
    ///
    /// In one calendar month then only arrears of at most 31 days of service are collected.
    public var monthForMonth: Bool

    /// A limitation.
    public init(
        jurisdiction: String, warning: Age?, stop: Age?, start: Start = .firstDay, monthForMonth: Bool = false
    ) {
        self.jurisdiction = jurisdiction
        self.warning = warning
        self.stop = stop
        self.start = start
        self.monthForMonth = monthForMonth
    }

    /// Five years for periodic payments (Italian civil code, article 2948, number 4), with a warning at two.
    public static let italy = Limitation(jurisdiction: "Italy", warning: .months(24), stop: .months(60))
}

extension Limitation {
    /// How an arrear stands on a day.
    public func standing(of period: BillingPeriod, on day: CivilDate) -> ArrearStanding {
        if let stop, reaches(stop, period, on: day) { return .timeBarred }
        if let warning, reaches(warning, period, on: day) { return .disputedByAge }
        return .recoverable
    }

    /// Whether an age is reached; an age that lies behind the end of the calendar never is.
    private func reaches(_ age: Age, _ period: BillingPeriod, on day: CivilDate) -> Bool {
        let beginning: CivilDate
        switch start {
        case .firstDay: beginning = period.start
        // The year ends with its last day: the first day after it is where the age is still nothing.
        case .endOfYear:
            guard let newYear = CivilDate(year: period.start.year + 1, month: 1, day: 1) else { return false }
            beginning = newYear
        }
        let reached =
            switch age {
            case .months(let months): beginning.addingMonths(months, anchorDay: beginning.day)
            case .days(let days): beginning.adding(days: days)
            }
        return reached.map { day >= $0 } ?? false
    }
}

/// A limitation with those whom it is for.
public struct Jurisdiction: Hashable, Sendable {
    /// The currencies of the subscriptions that it is for; empty for any.
    public var currencies: Set<Currency>

    /// The offers that it is for; empty for any.
    public var offers: Set<String>

    /// The limitation.
    public var limitation: Limitation

    /// A jurisdiction.
    public init(currencies: Set<Currency>, offers: Set<String>, limitation: Limitation) {
        self.currencies = currencies
        self.offers = offers
        self.limitation = limitation
    }

    /// Whether it is for a subscription.
    func applies(offer: String, currency: Currency) -> Bool {
        (currencies.isEmpty || currencies.contains(currency)) && (offers.isEmpty || offers.contains(offer))
    }
}

/// How an arrear stands to the limitation.
public enum ArrearStanding: String, CaseIterable, Sendable {
    /// Young enough.
    case recoverable
    /// Older than the warning age: the claim may be disputed.
    case disputedByAge = "disputed-by-age"
    /// Too old to be collected.
    case timeBarred = "time-barred"
}
