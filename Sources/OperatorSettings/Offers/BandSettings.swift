import RenewalAudit
import SettingsText

/// What a billing calendar says of lines by the day of their activation.
enum BandSettings {
    static let keys = ["activated", "first_period", "first_collections"]
    static let collectionKeys = ["day", "months_after", "periods", "activation_fee"]
    static let firstPeriods: KeyValuePairs<String, ActivationBand.FirstPeriod> = [
        "with-activation": .withActivation, "full": .full, "pro-rata": .proRata, "free": .free,
    ]

    /// Reads one band of a calendar of bands.
    static func band(_ node: SettingsNode, _ reader: inout SettingsReader) -> ActivationBand? {
        guard let section = reader.mapping(node, keys: keys), let days = reader.require(section, "activated")
        else { return nil }
        let range = reader.value(days, expected: "days of the month such as 1-10", daysOfMonth)
        guard let range else { return nil }
        return band(section, days: range, &reader)
    }

    /// Reads what holds for lines that were activated on some days.
    static func band(
        _ section: SettingsMapping, days: ClosedRange<Int>, _ reader: inout SettingsReader
    ) -> ActivationBand? {
        var first: ActivationBand.FirstPeriod? = .withActivation
        if let value = section["first_period"] { first = reader.choice(value, firstPeriods) }
        var collections: [ActivationBand.Collection] = []
        for node in section["first_collections"].map({ reader.list($0) }) ?? [] {
            guard let collection = collection(node, &reader) else { return nil }
            let isInOrder =
                collections.last.map {
                    ($0.day.monthsAfter, $0.day.day) < (collection.day.monthsAfter, collection.day.day)
                }
                ?? (collection.day.monthsAfter > 0 || collection.day.day >= days.upperBound)
            if !isInOrder {
                reader.fault(
                    node,
                    found: "a collection on day \(collection.day.day), \(collection.day.monthsAfter) months after",
                    expected: "collections one after the other, none before the activation")
            }
            collections.append(collection)
        }
        if collections.count(where: \.carriesActivationFee) > 1, let node = section["first_collections"] {
            reader.fault(node, found: "the activation fee in several collections", expected: "it in one of them")
        }
        return first.map { ActivationBand(days: days, firstPeriod: $0, collections: collections) }
    }

    private static func collection(
        _ node: SettingsNode, _ reader: inout SettingsReader
    ) -> ActivationBand.Collection? {
        guard let section = reader.mapping(node, keys: collectionKeys) else { return nil }
        let day = reader.require(section, "day").flatMap { reader.integer($0, in: 1...31) }
        let months = reader.require(section, "months_after").flatMap { reader.integer($0, in: 0...24) }
        var periods: Int? = 0
        if let value = section["periods"] { periods = reader.integer(value, in: 0...24) }
        var hasFee: Bool? = false
        if let value = section["activation_fee"] { hasFee = reader.flag(value) }
        guard let day, let months, let periods, let hasFee, let on = CollectionDay(monthsAfter: months, day: day)
        else { return nil }
        if periods == 0, !hasFee {
            reader.fault(node, found: "a collection of nothing", expected: "periods, or the activation fee, or both")
        }
        return .init(day: on, periods: periods, carriesActivationFee: hasFee)
    }

    /// The days of a text such as `1-10` or `31`.
    private static func daysOfMonth(_ text: String) -> ClosedRange<Int>? {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false).map { part in
            Int(part).flatMap { "\($0)" == part && (1...31).contains($0) ? $0 : nil }
        }
        guard (1...2).contains(parts.count), let first = parts[0], let last = parts[parts.count - 1], first <= last
        else { return nil }
        return first...last
    }
}
