import RenewalAudit
import SettingsText

/// The section `audit` of a policy file.
enum MatchingSettings {
    /// The longest grace in days; more would reach into every neighbouring cycle.
    private static let days = 0...366

    /// Reads the section; what it leaves out stays as it is.
    static func read(_ node: SettingsNode, into policy: inout PolicyFile, _ reader: inout SettingsReader) {
        let keys = ["grace_days_before", "grace_days_after", "pending_days", "suspension"]
        guard let section = reader.mapping(node, keys: keys) else { return }
        if let value = section["grace_days_before"], let days = reader.integer(value, in: days) {
            policy.matching.graceDaysBefore = days
        }
        if let value = section["grace_days_after"], let days = reader.integer(value, in: days) {
            policy.matching.graceDaysAfter = days
        }
        if let value = section["pending_days"], let days = reader.integer(value, in: days) {
            policy.matching.pendingDays = days
        }
        if let value = section["suspension"] {
            let choices = SuspensionSettings.read(value, &reader)
            if let choice = choices.partlySuspended { policy.suspension.partlySuspended = choice }
            if let choice = choices.anchor { policy.suspension.anchor = choice }
        }
    }
}
