import BillingValues
import RenewalAudit
import SettingsText

/// The list `offers` of an offers file.
struct OfferSettings {
    static let keys = [
        "name", "currency", "cycle", "calendar", "price", "prices", "activation_fee", "free_periods",
        "discounted_periods", "rounding", "suspension",
    ]
    static let discountKeys = ["count", "price"]
    static let roundings: KeyValuePairs<String, RoundingRule> = [
        "halfUp": .halfUp, "halfDown": .halfDown, "halfEven": .halfEven, "up": .up, "down": .down,
        "ceiling": .ceiling, "floor": .floor,
    ]

    /// The offers so far; one that is wrong is left out and has a fault.
    private(set) var offers: [Offer] = []

    private let calendars: [OfferCatalogue.NamedCalendar]
    private var names: Set<String> = []

    init(calendars: [OfferCatalogue.NamedCalendar]) {
        self.calendars = calendars
    }

    /// Reads one offer.
    mutating func read(_ node: SettingsNode, _ reader: inout SettingsReader) {
        guard let section = reader.mapping(node, keys: Self.keys) else { return }
        let name = reader.require(section, "name").flatMap { reader.text($0) }
        if let name, !names.insert(name).inserted, let value = section["name"] {
            reader.fault(value, expected: "each offer once", remedy: "give one offer all its prices under 'prices'")
        }
        guard let currency = reader.require(section, "currency").flatMap({ reader.currency($0) }), let name else {
            return
        }
        var offer = Offer(
            name: Array(name.utf8), currency: currency,
            prices: PriceSettings.prices(section, currency: currency, &reader))
        if let value = section["cycle"] { offer.cycle = reader.cycle(value) }
        if let value = section["activation_fee"] {
            offer.activationFee = reader.amount(value, in: currency)?.minorUnits
        }
        if let value = section["free_periods"] { offer.freePeriods = reader.integer(value, in: 0...1200) ?? 0 }
        if let value = section["discounted_periods"] {
            offer.discount = discount(value, currency: currency, &reader)
        }
        if let value = section["rounding"], let rounding = reader.choice(value, Self.roundings) {
            offer.proRataRounding = rounding
        }
        if let value = section["suspension"] {
            let choices = SuspensionSettings.read(value, &reader)
            offer.partlySuspended = choices.partlySuspended
            offer.anchorAfterSuspension = choices.anchor
        }
        if let value = section["calendar"] { offer.calendar = calendar(value, offer, section, &reader) }
        offers.append(offer)
    }

    private func discount(
        _ node: SettingsNode, currency: Currency, _ reader: inout SettingsReader
    ) -> FirstPeriodsDiscount? {
        guard let section = reader.mapping(node, keys: Self.discountKeys) else { return nil }
        let count = reader.require(section, "count").flatMap { reader.integer($0, in: 1...1200) }
        let price = reader.require(section, "price").flatMap { reader.amount($0, in: currency) }
        guard let count, let price else { return nil }
        return FirstPeriodsDiscount(periods: count, price: price.minorUnits)
    }

    private func calendar(
        _ node: SettingsNode, _ offer: Offer, _ section: SettingsMapping, _ reader: inout SettingsReader
    ) -> Int? {
        guard let name = reader.text(node) else { return nil }
        let place = calendars.firstIndex { $0.name.elementsEqual(name.utf8) }
        guard let place else {
            let known = calendars.map { String(decoding: $0.name, as: UTF8.self) }.joined(separator: ", ")
            reader.fault(
                node, expected: known.isEmpty ? "a calendar of the section 'calendars'" : "one of \(known)",
                remedy: "define it under 'calendars'")
            return nil
        }
        guard case .dayOfMonth = calendars[place].calendar else { return place }
        if let cycle = offer.cycle, cycle.unit == .days {
            reader.fault(
                section["cycle"] ?? node, found: "a cycle of days",
                expected: "a cycle of months, for the calendar's periods begin on a day of the month")
        }
        if offer.anchorAfterSuspension == .restart {
            reader.fault(
                section["suspension"] ?? node, found: "an anchor that restarts",
                expected: "'anchor: keep', for the calendar's periods begin on a day of the month")
        }
        return place
    }
}
