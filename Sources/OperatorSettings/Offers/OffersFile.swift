public import RenewalAudit
public import SettingsText

/// An offers file: what the operator's offers cost, and on which days their periods are collected.
///
/// `docs/offers.md` has every key with an example.
public struct OffersFile: Sendable {
    /// The offers and billing calendars.
    public let catalogue: OfferCatalogue

    /// The keys of the file's top level, for its schema.
    static let keys = ["calendars", "offers"]

    /// Reads an offers file, YAML or JSON.
    ///
    /// - Throws: A `SettingsRefusal` with everything that is wrong in it.
    public init(_ bytes: [UInt8], file: String) throws(SettingsRefusal) {
        let document = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let read = Self.catalogue(document, &reader)
        catalogue = try reader.result(read)
    }

    private static func catalogue(_ document: SettingsNode, _ reader: inout SettingsReader) -> OfferCatalogue? {
        guard let root = reader.mapping(document, keys: keys) else { return nil }
        let calendars = root["calendars"].map { CalendarSettings.read($0, &reader) } ?? []
        guard let list = reader.require(root, "offers") else { return nil }
        var settings = OfferSettings(calendars: calendars)
        for node in reader.list(list) { settings.read(node, &reader) }
        return OfferCatalogue(offers: settings.offers, calendars: calendars)
    }
}
