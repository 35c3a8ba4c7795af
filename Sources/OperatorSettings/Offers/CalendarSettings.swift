import RenewalAudit
import SettingsText

/// The section `calendars` of an offers file: billing calendars by their names.
enum CalendarSettings {
    /// What a calendar is.
    enum Kind: String, CaseIterable {
        case anniversary
        case dayOfMonth = "day-of-month"
        case bands
    }

    static let kinds: KeyValuePairs<String, Kind> = [
        Kind.anniversary.rawValue: .anniversary, Kind.dayOfMonth.rawValue: .dayOfMonth, Kind.bands.rawValue: .bands,
    ]
    static let keys = ["kind", "day", "collected", "first_period", "first_collections", "bands"]
    static let collectedKeys = ["day", "months_after"]

    /// Reads the calendars; one that is wrong is left out and has a fault.
    static func read(_ node: SettingsNode, _ reader: inout SettingsReader) -> [OfferCatalogue.NamedCalendar] {
        (reader.entries(node) ?? []).compactMap { entry in
            calendar(entry.value, &reader).map { .init(name: Array(entry.key.utf8), calendar: $0) }
        }
    }

    private static func calendar(_ node: SettingsNode, _ reader: inout SettingsReader) -> BillingCalendar? {
        guard let section = reader.mapping(node, keys: keys), let kindNode = reader.require(section, "kind"),
            let kind = reader.choice(kindNode, kinds)
        else { return nil }
        let unfit =
            switch kind {
            case .anniversary: ["day", "collected", "first_period", "first_collections", "bands"]
            case .dayOfMonth: ["bands"]
            case .bands: ["first_period", "first_collections"]
            }
        for key in unfit {
            guard let value = section[key] else { continue }
            reader.fault(
                value, found: "the key '\(key)'", expected: "no such key in a calendar of the kind \(kind.rawValue)",
                remedy: kind == .bands ? "write it in each of the bands" : "")
        }
        if kind == .anniversary { return .anniversary }
        let day = reader.require(section, "day").flatMap { reader.integer($0, in: 1...28) }
        let collected = section["collected"].flatMap { collectionDay($0, &reader) }
        var bands: [ActivationBand] = []
        if kind == .bands {
            guard let list = reader.require(section, "bands") else { return nil }
            bands = reader.list(list).compactMap { BandSettings.band($0, &reader) }
            guard bands.count == reader.list(list).count else { return nil }
            guard bands.flatMap({ Array($0.days) }).sorted() == Array(1...31) else {
                reader.fault(
                    list, found: "bands that leave days out or hold them twice",
                    expected: "bands that hold each day of the month, 1 to 31, once")
                return nil
            }
        } else {
            guard let band = BandSettings.band(section, days: 1...31, &reader) else { return nil }
            bands = [band]
        }
        guard let day else { return nil }
        guard let calendar = MonthlyCalendar(day: day, collectionDay: collected, bands: bands) else {
            reader.fault(node, found: "a calendar that cannot be", expected: "days from 1 to 28, and bands")
            return nil
        }
        return .dayOfMonth(calendar)
    }

    /// A day, counted from the month in which the period begins.
    private static func collectionDay(_ node: SettingsNode, _ reader: inout SettingsReader) -> CollectionDay? {
        guard let section = reader.mapping(node, keys: collectedKeys) else { return nil }
        let day = reader.require(section, "day").flatMap { reader.integer($0, in: 1...31) }
        var months: Int? = 0
        if let value = section["months_after"] { months = reader.integer(value, in: 0...24) }
        guard let day, let months else { return nil }
        return CollectionDay(monthsAfter: months, day: day)
    }
}
