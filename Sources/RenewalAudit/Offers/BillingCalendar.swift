/// On which days the periods of a line begin, and on which days they are collected.
///
/// A period and its collection are two things: one collection may carry several periods, and stand days or months away
/// from the first day of any of them.
public enum BillingCalendar: Hashable, Sendable {
    /// Periods are counted from the activation, and each is collected on its first day.
    case anniversary

    /// Periods begin on one day of the month, whenever the line was activated.
    case dayOfMonth(MonthlyCalendar)
}

/// A billing calendar whose periods begin on one day of the month.
///
/// Period 0 begins with the activation and ends where the first period begins that has the calendar's own day; on an
/// activation on that very day it is a whole period.
public struct MonthlyCalendar: Hashable, Sendable {
    /// The day on which periods begin, 1...28: a day that every month has.
    public let day: Int

    /// On which day a period is collected that no first collection carries; nil for its first day.
    public let collectionDay: CollectionDay?

    /// What holds for lines by the day of the month of their activation; each of the 31 days is in one band.
    public let bands: [ActivationBand]

    /// Makes a calendar; nil unless the day is one of 1...28 and the bands hold each day of the month once.
    public init?(day: Int, collectionDay: CollectionDay? = nil, bands: [ActivationBand]) {
        guard (1...28).contains(day),
            bands.flatMap({ Array($0.days) }).sorted() == Array(1...31),
            bands.allSatisfy({ $0.collections.isEmpty || $0.firstPeriod != .withActivation || $0.carriesPeriods })
        else { return nil }
        self.day = day
        self.collectionDay = collectionDay
        self.bands = bands
    }

    /// What holds for a line that was activated on a day of the month, 1...31.
    func band(activatedOn day: Int) -> ActivationBand? { bands.first { $0.days.contains(day) } }
}

/// A day of a month that is counted from another month.
public struct CollectionDay: Hashable, Sendable {
    /// How many months later the month is, 0...24.
    public let monthsAfter: Int

    /// The day of that month, 1...31; in a shorter month its last day.
    public let day: Int

    /// Makes a day; nil outside these ranges.
    public init?(monthsAfter: Int, day: Int) {
        guard (0...24).contains(monthsAfter), (1...31).contains(day) else { return nil }
        self.monthsAfter = monthsAfter
        self.day = day
    }
}

/// What a billing calendar says of lines that were activated on some days of a month.
public struct ActivationBand: Hashable, Sendable {
    /// What period 0 costs.
    public enum FirstPeriod: String, CaseIterable, Sendable {
        /// It is paid with the activation and is no renewal, as with an anniversary calendar.
        case withActivation = "with-activation"
        /// The whole price.
        case full
        /// The price of its days.
        case proRata = "pro-rata"
        /// Nothing.
        case free
    }

    /// One of the first collections.
    public struct Collection: Hashable, Sendable {
        /// The day, counted from the month of the activation.
        public let day: CollectionDay
        /// How many periods it carries, those that follow the ones of the collection before; 0 or more.
        public let periods: Int
        /// Whether it carries the activation fee.
        public let carriesActivationFee: Bool

        /// A collection from its parts; a negative number of periods counts as 0.
        public init(day: CollectionDay, periods: Int, carriesActivationFee: Bool) {
            self.day = day
            self.periods = max(0, periods)
            self.carriesActivationFee = carriesActivationFee
        }
    }

    /// The days of the month on which such lines were activated.
    public let days: ClosedRange<Int>

    /// What period 0 costs.
    public let firstPeriod: FirstPeriod

    /// The first collections, in their order; every later period is collected on the calendar's own day.
    public let collections: [Collection]

    /// A band from its parts.
    public init(days: ClosedRange<Int>, firstPeriod: FirstPeriod, collections: [Collection] = []) {
        self.days = days
        self.firstPeriod = firstPeriod
        self.collections = collections
    }

    /// The first period that is a renewal: 0, or 1 where period 0 is paid with the activation.
    var firstRenewal: Int { firstPeriod == .withActivation ? 1 : 0 }

    fileprivate var carriesPeriods: Bool { collections.contains { $0.periods > 0 || $0.carriesActivationFee } }
}
