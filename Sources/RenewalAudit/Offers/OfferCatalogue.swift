/// The offers and billing calendars of an offers file.
public struct OfferCatalogue: Sendable {
    /// A billing calendar and its name.
    public struct NamedCalendar: Hashable, Sendable {
        /// The name, byte for byte as subscriptions name it.
        public let name: [UInt8]
        /// The calendar.
        public let calendar: BillingCalendar

        /// A calendar under a name.
        public init(name: [UInt8], calendar: BillingCalendar) {
            self.name = name
            self.calendar = calendar
        }
    }

    /// The offers, each name once.
    public let offers: [Offer]

    /// The calendars, each name once.
    public let calendars: [NamedCalendar]

    private let places: [[UInt8]: Int]
    private let calendarPlaces: [[UInt8]: Int]

    /// A catalogue of offers and calendars; of equal names the first counts.
    public init(offers: [Offer] = [], calendars: [NamedCalendar] = []) {
        self.offers = offers
        self.calendars = calendars
        places = Dictionary(offers.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
        calendarPlaces = Dictionary(
            calendars.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    /// Whether there is nothing in it, so that every line is judged by its row alone.
    public var isEmpty: Bool { offers.isEmpty && calendars.isEmpty }

    /// The number of an offer.
    func offer(named name: [UInt8]) -> Int? { places[name] }

    /// The number of a calendar.
    func calendar(named name: [UInt8]) -> Int? { calendarPlaces[name] }

    /// The calendar of a number; without one, the anniversary calendar.
    func calendar(_ number: Int?) -> BillingCalendar {
        number.flatMap { calendars.indices.contains($0) ? calendars[$0].calendar : nil } ?? .anniversary
    }
}
