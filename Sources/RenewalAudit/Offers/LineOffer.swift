import BillingRecords
import BillingValues

/// What the offers file says of one line: its offer, its calendar and what holds around suspensions.
struct LineOffer: Sendable {
    /// The price of the line's own row in minor units; nil where the row has none.
    var ownPrice: Int64?

    /// What holds around suspensions.
    var suspension = SuspensionPolicy.standard

    /// The offer; nil where the file does not know it.
    var offer: Offer?

    /// When its periods begin and are collected.
    var calendar = BillingCalendar.anniversary

    /// The offers that the line changed to and that the file knows, by name.
    var changedOffers: [[UInt8]: Offer] = [:]

    /// The band of its calendar that a line activated on a day belongs to; nil for an anniversary calendar.
    func band(activatedOn day: CivilDate) -> ActivationBand? {
        guard case .dayOfMonth(let monthly) = calendar else { return nil }
        return monthly.band(activatedOn: day.day)
    }
}

/// Why the offers file and a subscription's row together leave nobody to tell which renewals were due.
public enum OfferConflict: Hashable, Sendable {
    /// The row names a calendar that the file does not have.
    case unknownCalendar
    /// The row names a calendar, and there is no file.
    case noOffersFile
    /// The row's cycle is one of days, and the periods of its calendar begin on a day of the month.
    case cycleOfDays
    /// The row's currency is not the offer's.
    case currency
    /// Neither the row nor the list of its offer has a price.
    case noPrice

    /// In words for people.
    public var text: String {
        switch self {
        case .unknownCalendar: "the row names a billing calendar that the offers file does not have"
        case .noOffersFile: "the row names a billing calendar, and no offers file tells what that is"
        case .cycleOfDays: "the row has a cycle of days, and its billing calendar a day of the month"
        case .currency: "the row has another currency than its offer in the offers file"
        case .noPrice: "neither the row nor the offers file has a price"
        }
    }

    /// What would end the conflict, in words for people.
    public var remedy: String {
        switch self {
        case .unknownCalendar: "a calendar of the offers file, or none"
        case .noOffersFile: "an offers file (--offers) that has the calendar, or no calendar"
        case .cycleOfDays: "a cycle of months, or a calendar of the kind anniversary"
        case .currency: "the currency of the offer in the offers file"
        case .noPrice: "a price in the row, or in the list of its offer"
        }
    }
}

extension LineOffer {
    /// Whether the line's renewals are due on the first day of each cycle at one price, as its row alone would have it.
    func isPlain(_ terms: RenewalTerms, in window: AuditWindow) -> Bool {
        guard calendar == .anniversary else { return false }
        guard let offer else { return true }
        if offer.activationFee != nil, window.contains(terms.activatedOn) { return false }
        if offer.firstOrdinaryPeriod > 1 {
            guard let ordinary = terms.cycle.start(ofCycle: offer.firstOrdinaryPeriod, from: terms.activatedOn),
                ordinary <= window.from
            else { return false }
        }
        return ([window.from] + offer.prices.changes(in: window)).allSatisfy { day in
            switch offer.prices.price(on: day, own: ownPrice, activatedOn: terms.activatedOn) {
            case .own, .individual: true
            case .list(let amount): amount == terms.price.minorUnits
            case .kept, .unknown: false
            }
        }
    }
}
