import ArrearsRecovery
import BillingValues
import SettingsText

/// The section `notices` of a policy file.
enum NoticeSettings {
    static let keys = ["language", "operator", "contact", "cause", "sms_segment_price", "tiers", "templates"]
    static let tierKeys = ["from", "channels", "templates"]
    static let templateKeys = NoticeChannel.allCases.map(\.rawValue)

    /// Reads the section; what it leaves out stays as it is, in the language of the section.
    static func read(_ node: SettingsNode, into policy: inout NoticePolicy, _ reader: inout SettingsReader) {
        guard let section = reader.mapping(node, keys: keys) else { return }
        if let value = section["language"],
            let language = reader.choice(value, RecoverySettings.choices(NoticeLanguage.self)),
            language != policy.language
        {
            policy = .standard(language)
        }
        if let value = section["operator"], let text = reader.text(value) { policy.operatorName = text }
        if let value = section["contact"], let text = reader.text(value) { policy.contact = text }
        if let value = section["cause"], let text = reader.text(value) { policy.cause = text }
        if let value = section["sms_segment_price"] { policy.segmentPrice = price(value, &reader) }
        if let value = section["tiers"] { policy.tiers = tiers(value, &reader) }
        if let value = section["templates"] { policy.templates.merge(templates(value, &reader)) { $1 } }
    }

    private static func price(_ node: SettingsNode, _ reader: inout SettingsReader) -> SegmentPrice? {
        let decimals = SegmentPrice.furtherDecimals
        return reader.value(node, expected: "a price with its currency such as 0.0350 EUR") { text in
            let words = text.split(separator: " ", omittingEmptySubsequences: false)
            guard words.count == 2, let currency = Currency(code: String(words[1])) else { return nil }
            let bytes = Array(words[0].utf8)
            guard let units = try? Money.minorUnits(in: bytes.span, exponent: currency.exponent + decimals), units >= 0
            else { return nil }
            return SegmentPrice(thousandths: units, currency: currency)
        }
    }

    private static func tiers(_ node: SettingsNode, _ reader: inout SettingsReader) -> [NoticePolicy.Tier] {
        var tiers: [NoticePolicy.Tier] = []
        for item in reader.list(node) {
            guard let section = reader.mapping(item, keys: tierKeys),
                let fromNode = reader.require(section, "from"), let channelsNode = reader.require(section, "channels"),
                let from = reader.integer(fromNode, in: 1...100_000)
            else { continue }
            guard !tiers.contains(where: { $0.from == from }) else {
                reader.fault(fromNode, found: "a second tier from \(from)", expected: "each number once")
                continue
            }
            var channels: [NoticeChannel] = []
            for channelNode in reader.list(channelsNode) {
                let choices = RecoverySettings.choices(NoticeChannel.self)
                guard let channel = reader.choice(channelNode, choices) else { continue }
                if channels.contains(channel) {
                    reader.fault(channelNode, expected: "each channel once")
                } else {
                    channels.append(channel)
                }
            }
            let texts = section["templates"].map { templates($0, &reader) } ?? [:]
            tiers.append(NoticePolicy.Tier(from: from, channels: channels, templates: texts))
        }
        return tiers.sorted { $0.from < $1.from }
    }

    private static func templates(
        _ node: SettingsNode, _ reader: inout SettingsReader
    ) -> [NoticeChannel: NoticeTemplate] {
        guard let section = reader.mapping(node, keys: templateKeys) else { return [:] }
        var templates: [NoticeChannel: NoticeTemplate] = [:]
        for channel in NoticeChannel.allCases {
            guard let value = section[channel.rawValue], let text = reader.text(value) else { continue }
            do {
                templates[channel] = try NoticeTemplate(text)
            } catch {
                // Where in the file a line of the text stands depends on how YAML folds it.
                reader.fault(
                    value,
                    found: "in line \(error.place.line), column \(error.place.column) of the text: "
                        + error.message, expected: "a template")
            }
        }
        return templates
    }

    /// The section of a policy.
    static func value(_ policy: NoticePolicy) -> SettingsValue {
        .mapping([
            .init("language", .word(policy.language.rawValue)), .init("operator", optional(policy.operatorName)),
            .init("contact", optional(policy.contact)), .init("cause", .text(policy.cause)),
            .init("sms_segment_price", policy.segmentPrice.map(value) ?? .word("~")),
            .init("tiers", .list(policy.tiers.map(value))), .init("templates", value(policy.templates)),
        ])
    }

    private static func optional(_ text: String) -> SettingsValue { text.isEmpty ? .word("~") : .text(text) }

    private static func value(_ price: SegmentPrice) -> SettingsValue {
        var bytes: [UInt8] = []
        Money.writeAmount(
            minorUnits: price.thousandths, exponent: price.currency.exponent + SegmentPrice.furtherDecimals, to: &bytes)
        return .word(String(decoding: bytes, as: UTF8.self) + " \(price.currency)")
    }

    private static func value(_ tier: NoticePolicy.Tier) -> SettingsValue {
        let own: [SettingsValue.Entry] = [
            .init("from", .word("\(tier.from)")),
            .init("channels", .list(tier.channels.map { .word($0.rawValue) })),
        ]
        return .mapping(tier.templates.isEmpty ? own : own + [.init("templates", value(tier.templates))])
    }

    private static func value(_ templates: [NoticeChannel: NoticeTemplate]) -> SettingsValue {
        .mapping(
            NoticeChannel.allCases.compactMap { channel in
                templates[channel].map { .init(channel.rawValue, .text($0.source)) }
            })
    }
}
