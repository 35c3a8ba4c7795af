import ArrearsRecovery
import BillingValues
import SettingsText

/// The section `limitation` of a policy file.
enum LimitationSettings {
    static let keys = ownKeys + ["others"]
    static let otherKeys = ownKeys + ["currencies", "offers"]
    private static let ownKeys = ["jurisdiction", "warn", "stop", "counted_from", "month_for_month"]

    /// Reads the section; what it leaves out stays as it is.
    static func read(_ node: SettingsNode, into policy: inout RecoveryPolicy, _ reader: inout SettingsReader) {
        guard let section = reader.mapping(node, keys: keys) else { return }
        read(section, into: &policy.limitation, &reader)
        guard let others = section["others"] else { return }
        policy.otherLimitations = reader.list(others).compactMap { other($0, &reader) }
    }

    private static func read(
        _ section: SettingsMapping, into limitation: inout Limitation, _ reader: inout SettingsReader
    ) {
        if let value = section["jurisdiction"], let text = reader.text(value) { limitation.jurisdiction = text }
        if let value = section["warn"], let age = age(value, &reader) { limitation.warning = age }
        if let value = section["stop"], let age = age(value, &reader) { limitation.stop = age }
        if let value = section["counted_from"],
            let start = reader.choice(value, RecoverySettings.choices(Limitation.Start.self))
        {
            limitation.start = start
        }
        if let value = section["month_for_month"], let flag = reader.flag(value) { limitation.monthForMonth = flag }
    }

    /// The age behind a key; nil in it for `never`, nil for a fault.
    private static func age(_ node: SettingsNode, _ reader: inout SettingsReader) -> Limitation.Age?? {
        reader.value(node, expected: "an age such as 24 months, 160 days or 5 years, or never") { text in
            if text == "never" { return .some(nil) }
            return AgeText.age(text).map { .some($0) }
        }
    }

    /// A limitation of the list `others`: it must say what it is and whom it is for.
    private static func other(_ node: SettingsNode, _ reader: inout SettingsReader) -> Jurisdiction? {
        guard let section = reader.mapping(node, keys: otherKeys),
            reader.require(section, "jurisdiction") != nil
        else { return nil }
        var limitation = Limitation(jurisdiction: "", warning: nil, stop: nil)
        read(section, into: &limitation, &reader)
        if section["warn"] == nil, section["stop"] == nil {
            reader.fault(node, found: "neither 'warn' nor 'stop'", expected: "at least one of them")
        }
        if section["currencies"] == nil, section["offers"] == nil {
            reader.fault(node, found: "neither 'currencies' nor 'offers'", expected: "those whom it is for")
        }
        let currencies = section["currencies"].map { reader.list($0).compactMap { reader.currency($0) } } ?? []
        let offers = section["offers"].map { reader.texts($0) } ?? []
        return Jurisdiction(currencies: Set(currencies), offers: offers, limitation: limitation)
    }

    /// The section of a policy.
    static func value(_ policy: RecoveryPolicy) -> SettingsValue {
        .mapping(entries(policy.limitation) + [.init("others", .list(policy.otherLimitations.map(value)))])
    }

    private static func value(_ other: Jurisdiction) -> SettingsValue {
        var entries = entries(other.limitation)
        if !other.currencies.isEmpty {
            entries.append(
                .init("currencies", .list(other.currencies.map(\.alphabeticCode).sorted().map { .word($0) })))
        }
        if !other.offers.isEmpty {
            entries.append(.init("offers", .list(other.offers.sorted().map { .text($0) })))
        }
        return .mapping(entries)
    }

    private static func entries(_ limitation: Limitation) -> [SettingsValue.Entry] {
        [
            .init("jurisdiction", .text(limitation.jurisdiction)),
            .init("warn", .word(limitation.warning.map(AgeText.text) ?? "never")),
            .init("stop", .word(limitation.stop.map(AgeText.text) ?? "never")),
            .init("counted_from", .word(limitation.start.rawValue)),
            .init("month_for_month", .word(limitation.monthForMonth ? "true" : "false")),
        ]
    }
}
