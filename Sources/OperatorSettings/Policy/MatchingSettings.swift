import RenewalAudit
import SettingsText

/// The section `audit` of a policy file.
enum MatchingSettings {
    static let keys = ["grace_days_before", "grace_days_after", "pending_days", "tolerance", "suspension"]

    /// The longest grace in days; more would reach into every neighbouring cycle.
    private static let days = 0...366

    /// The largest tolerance in minor units; whatever is more is no rounding any longer.
    private static let tolerance = 0...10_000

    /// Reads the section; what it leaves out stays as it is.
    static func read(_ node: SettingsNode, into policy: inout PolicyFile, _ reader: inout SettingsReader) {
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
        if let value = section["tolerance"], let units = reader.integer(value, in: tolerance) {
            policy.matching.tolerance = Int64(units)
        }
    }

    /// The section of a policy.
    static func value(_ policy: PolicyFile) -> SettingsValue {
        .mapping([
            .init("grace_days_before", .word("\(policy.matching.graceDaysBefore)")),
            .init("grace_days_after", .word("\(policy.matching.graceDaysAfter)")),
            .init("pending_days", .word("\(policy.matching.pendingDays)")),
            .init("tolerance", .word("\(policy.matching.tolerance)")),
            .init(
                "suspension",
                .mapping([
                    .init("partly_suspended", .word(policy.suspension.partlySuspended.rawValue)),
                    .init("anchor", .word(policy.suspension.anchor.rawValue)),
                ])),
        ])
    }
}
