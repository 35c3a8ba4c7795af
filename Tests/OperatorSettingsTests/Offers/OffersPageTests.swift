import Foundation
import SettingsText
import Testing

@testable import OperatorSettings

/// `docs/offers.md` and `schemas/offers.schema.json` say what the reader takes.
@Suite struct OffersPageTests {
    static let package = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent()

    private func text(_ path: String) throws -> String {
        try String(contentsOf: Self.package.appendingPathComponent(path), encoding: .utf8)
    }

    /// The keys of each place of the file.
    static let keys: [String: [String]] = [
        "": OffersFile.keys, "calendar": CalendarSettings.keys, "collected": CalendarSettings.collectedKeys,
        "band": BandSettings.keys, "collection": BandSettings.collectionKeys, "offer": OfferSettings.keys,
        "price": PriceSettings.keys, "discounted_periods": OfferSettings.discountKeys,
        "suspension": SuspensionSettings.keys,
    ]

    @Test func everyExampleIsAnOffersFile() throws {
        let blocks = try text("docs/offers.md").components(separatedBy: "```yaml\n").dropFirst().map {
            $0.components(separatedBy: "```")[0]
        }
        #expect(blocks.count >= 7)
        for block in blocks {
            #expect(throws: Never.self, "\(block)") { try OffersFile(Array(block.utf8), file: "offers.md") }
        }
        let shown = blocks.joined()
        for key in Set(Self.keys.values.flatMap { $0 }) { #expect(shown.contains("\(key):"), "no example of \(key)") }
    }

    @Test func theSchemaHasTheKeysAndWordsOfTheReader() throws {
        let object = try JSONSerialization.jsonObject(with: Data(try text("schemas/offers.schema.json").utf8))
        let schema = try #require(object as? [String: Any])
        let parts = try #require(schema["$defs"] as? [String: [String: Any]])
        func names(_ part: [String: Any]?) -> Set<String> { Set((part?["properties"] as? [String: Any] ?? [:]).keys) }
        func inner(_ part: String, _ key: String) -> [String: Any]? {
            (parts[part]?["properties"] as? [String: Any])?[key] as? [String: Any]
        }
        #expect(names(schema) == Set(OffersFile.keys))
        for part in ["calendar", "band", "collection", "offer", "price"] {
            #expect(names(parts[part]) == Set(Self.keys[part] ?? []), "\(part)")
        }
        #expect(names(inner("calendar", "collected")) == Set(CalendarSettings.collectedKeys))
        #expect(names(inner("offer", "discounted_periods")) == Set(OfferSettings.discountKeys))
        #expect(names(inner("offer", "suspension")) == Set(SuspensionSettings.keys))
        func words(_ part: [String: Any]?) -> [String] { part?["enum"] as? [String] ?? [] }
        #expect(words(inner("calendar", "kind")) == CalendarSettings.kinds.map(\.key))
        #expect(words(parts["firstPeriod"]) == BandSettings.firstPeriods.map(\.key))
        #expect(words(inner("price", "for")) == PriceSettings.audiences.map(\.key))
        #expect(words(inner("offer", "rounding")) == OfferSettings.roundings.map(\.key))
        let suspension = inner("offer", "suspension")?["properties"] as? [String: [String: Any]]
        #expect(words(suspension?["partly_suspended"]) == SuspensionSettings.partlySuspended.map(\.key))
        #expect(words(suspension?["anchor"]) == SuspensionSettings.anchors.map(\.key))
    }
}
