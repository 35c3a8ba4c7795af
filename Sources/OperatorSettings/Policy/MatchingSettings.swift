import RenewalAudit
import SettingsText

/// The section `audit` of a policy file.
enum MatchingSettings {
    /// The longest grace in days; more would reach into every neighbouring cycle.
    private static let days = 0...366

    /// Reads the section; what it leaves out stays as it is.
    static func read(_ node: SettingsNode, into policy: inout MatchingPolicy, _ reader: inout SettingsReader) {
        guard let section = reader.mapping(node, keys: ["grace_days_before", "grace_days_after", "pending_days"]) else {
            return
        }
        if let value = section["grace_days_before"], let days = reader.integer(value, in: days) {
            policy.graceDaysBefore = days
        }
        if let value = section["grace_days_after"], let days = reader.integer(value, in: days) {
            policy.graceDaysAfter = days
        }
        if let value = section["pending_days"], let days = reader.integer(value, in: days) { policy.pendingDays = days }
    }
}
