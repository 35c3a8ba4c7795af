import RenewalAudit
import SettingsText

/// A section `suspension`, of an offer or of the policy.
enum SuspensionSettings {
    static let keys = ["partly_suspended", "anchor"]
    static let partlySuspended: KeyValuePairs<String, SuspensionPolicy.PartlySuspended> = [
        "first-day": .firstDay, "due": .due, "pro-rata": .proRata, "not-due": .notDue,
    ]
    static let anchors: KeyValuePairs<String, SuspensionPolicy.Anchor> = ["keep": .keep, "restart": .restart]

    /// Reads the section; nil for what it leaves out.
    static func read(
        _ node: SettingsNode, _ reader: inout SettingsReader
    ) -> (partlySuspended: SuspensionPolicy.PartlySuspended?, anchor: SuspensionPolicy.Anchor?) {
        guard let section = reader.mapping(node, keys: keys) else { return (nil, nil) }
        let partly = section["partly_suspended"].flatMap { reader.choice($0, partlySuspended) }
        let anchor = section["anchor"].flatMap { reader.choice($0, anchors) }
        return (partly, anchor)
    }
}
