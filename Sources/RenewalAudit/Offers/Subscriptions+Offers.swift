import BillingRecords
import BillingValues

/// What a table of subscriptions keeps of the offers file: how each row's line stands to it.
struct RowOffers: Sendable {
    /// The offers and calendars of the file.
    let catalogue: OfferCatalogue

    /// What holds around suspensions where an offer says nothing.
    let suspension: SuspensionPolicy

    /// What each offer of the catalogue says of every row alike; nil where it says more.
    let constantTerms: [ConstantTerms?]

    /// The terms of an offer that has one list price for always, and nothing that makes a line other than its row.
    struct ConstantTerms: Sendable {
        let currency: Currency
        let amount: Int64
        let cycle: BillingCycle?

        init?(_ offer: Offer, in catalogue: OfferCatalogue) {
            guard catalogue.calendar(offer.calendar) == .anniversary, offer.activationFee == nil,
                offer.firstOrdinaryPeriod <= 1, offer.prices.prices.count == 1, let price = offer.prices.prices.first,
                price.from == nil, price.until == nil
            else { return nil }
            (currency, amount, cycle) = (offer.currency, price.amount, offer.cycle)
        }

        /// Whether a row has these very terms.
        func are(_ terms: RenewalTerms) -> Bool {
            terms.price.minorUnits == amount && terms.price.currency == currency
                && cycle.map { $0 == terms.cycle } ?? true
        }
    }

    init(catalogue: OfferCatalogue, suspension: SuspensionPolicy) {
        self.catalogue = catalogue
        self.suspension = suspension
        constantTerms = catalogue.offers.map { ConstantTerms($0, in: catalogue) }
    }

    /// The offer of the catalogue for each number of the table's own dictionary of offers; nil for an unknown one.
    var places: [Int?] = []

    /// The calendars of the rows that name one.
    var calendars: [Int: Int] = [:]

    /// The rows without a price of their own.
    var withoutPrice: Set<Int> = []

    /// The rows that the file contradicts so that nobody can tell which renewals were due.
    var conflicts: [Int: OfferConflict] = [:]

    /// The rows whose price is none of the offer's list, and whose cycle is not the offer's, counted by offer with the
    /// first of them.
    var differences: [OfferDifference.Key: OfferDifference] = [:]

    /// Takes over what is known of the rows of another table, which follow after `offset` rows of this one.
    mutating func append(_ other: RowOffers, offset: Int, offerNumbers: [UInt32]) {
        for (row, calendar) in other.calendars { calendars[row + offset] = calendar }
        for row in other.withoutPrice { withoutPrice.insert(row + offset) }
        for (row, conflict) in other.conflicts { conflicts[row + offset] = conflict }
        for (key, difference) in other.differences {
            let number = Int(key.offer) < offerNumbers.count ? offerNumbers[Int(key.offer)] : key.offer
            let mine = OfferDifference.Key(offer: number, kind: key.kind)
            let none = OfferDifference(rows: 0, first: difference.first + offset, name: difference.name)
            differences[mine, default: none].rows += difference.rows
        }
    }
}

/// In what rows of an offer differ from the offers file, how many do, and which is the first.
public struct OfferDifference: Sendable {
    /// In what they differ.
    public enum Kind: Int, CaseIterable, Sendable {
        /// The file does not know the offer.
        case unknownOffer
        /// The price is none of the offer's list.
        case price
        /// The cycle is not the offer's.
        case cycle
        /// The row and the file leave nobody to tell which renewals were due.
        case conflict
    }

    struct Key: Hashable, Sendable {
        let offer: UInt32
        let kind: Kind
    }

    /// How many rows.
    public internal(set) var rows: Int

    /// The first of them.
    public let first: Int

    /// The name in the first of them that the file lacks, if that is the difference; empty otherwise.
    public let name: [UInt8]
}

extension Subscriptions {
    /// What the offers file says of a row's line.
    func lineOffer(_ row: Int, terms: RenewalTerms) -> LineOffer {
        let number = Int(offerNumbers[row])
        let place = rowOffers.places.indices.contains(number) ? rowOffers.places[number] : nil
        let offer = place.map { rowOffers.catalogue.offers[$0] }
        var line = LineOffer(
            ownPrice: rowOffers.withoutPrice.contains(row) ? nil : terms.price.minorUnits,
            suspension: rowOffers.suspension)
        line.offer = offer
        line.calendar = rowOffers.catalogue.calendar(rowOffers.calendars[row] ?? offer?.calendar)
        if let choice = offer?.partlySuspended { line.suspension.partlySuspended = choice }
        if let choice = offer?.anchorAfterSuspension { line.suspension.anchor = choice }
        return line
    }

    /// Notes the offer of the row that comes next, and returns its terms: with the list price where it has none, and nil
    /// where the file leaves nobody to tell them.
    mutating func takeOffer(
        _ record: SubscriptionRecord, number: UInt32, calendar: [UInt8]
    ) -> (terms: RenewalTerms, isPlain: Bool)? {
        guard var terms = record.terms else { return nil }
        if rowOffers.catalogue.isEmpty, calendar.isEmpty, record.hasPrice { return (terms, true) }
        let row = rows.count
        findOffers()
        // So it is with nearly every row.
        if calendar.isEmpty, record.hasPrice, let place = rowOffers.places[Int(number)],
            rowOffers.constantTerms[place]?.are(terms) ?? false
        {
            return (terms, true)
        }
        let offer = rowOffers.places[Int(number)].map { rowOffers.catalogue.offers[$0] }
        if offer == nil, !rowOffers.catalogue.isEmpty { note(.unknownOffer, offer: number) }
        if !calendar.isEmpty {
            guard let named = rowOffers.catalogue.calendar(named: calendar) else {
                let isWithoutFile = rowOffers.catalogue.isEmpty
                return conflict(isWithoutFile ? .noOffersFile : .unknownCalendar, offer: number, named: calendar)
            }
            rowOffers.calendars[row] = named
        }
        if let offer, offer.currency != terms.price.currency { return conflict(.currency, offer: number) }
        if !record.hasPrice {
            guard let offer,
                let price = offer.prices.price(on: window.from, activatedOn: terms.activatedOn)
                    ?? offer.prices.prices.last
            else { return conflict(.noPrice, offer: number) }
            rowOffers.withoutPrice.insert(row)
            terms.price = Money(minorUnits: price.amount, currency: offer.currency)
        } else if let offer, !offer.prices.prices.isEmpty,
            !offer.prices.prices.contains(where: { $0.amount == terms.price.minorUnits })
        {
            note(.price, offer: number)
        }
        if let cycle = offer?.cycle, cycle != terms.cycle { note(.cycle, offer: number) }
        var line = LineOffer(ownPrice: record.hasPrice ? terms.price.minorUnits : nil, suspension: rowOffers.suspension)
        line.offer = offer
        line.calendar = rowOffers.catalogue.calendar(rowOffers.calendars[row] ?? offer?.calendar)
        if case .dayOfMonth = line.calendar, terms.cycle.unit == .days { return conflict(.cycleOfDays, offer: number) }
        return (terms, line.isPlain(terms, in: window))
    }

    /// Looks the offers up that were met since the last time.
    mutating func findOffers() {
        while rowOffers.places.count < offers.count {
            let name = offers.bytes(UInt32(truncatingIfNeeded: rowOffers.places.count))
            rowOffers.places.append(rowOffers.catalogue.offer(named: name))
        }
    }

    private mutating func conflict(
        _ conflict: OfferConflict, offer: UInt32, named name: [UInt8] = []
    ) -> (RenewalTerms, Bool)? {
        rowOffers.conflicts[rows.count] = conflict
        note(.conflict, offer: offer, named: name)
        return nil
    }

    private mutating func note(_ kind: OfferDifference.Kind, offer: UInt32, named name: [UInt8] = []) {
        let key = OfferDifference.Key(offer: offer, kind: kind)
        rowOffers.differences[key, default: OfferDifference(rows: 0, first: rows.count, name: name)].rows += 1
    }

    /// What the rows and the offers file say differently, in the order of the first row of each difference.
    public var offerDifferences: [(kind: OfferDifference.Kind, difference: OfferDifference)] {
        rowOffers.differences.map { (kind: $0.key.kind, difference: $0.value) }.sorted {
            ($0.difference.first, $0.kind.rawValue) < ($1.difference.first, $1.kind.rawValue)
        }
    }

    /// The offers whose rows need no price of their own.
    public static func pricedOffers(of catalogue: OfferCatalogue) -> Set<[UInt8]> {
        Set(catalogue.offers.filter { !$0.prices.prices.isEmpty }.map(\.name))
    }

    /// The offers file of the audit.
    public var catalogue: OfferCatalogue { rowOffers.catalogue }

    /// Why nobody can tell which renewals of a row were due by the offers file; nil where the file does not say so.
    public func offerConflict(_ row: Int) -> OfferConflict? { rowOffers.conflicts[row] }
}
