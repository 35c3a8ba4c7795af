public import BillingFiles
public import BillingValues
public import SettingsText

/// What an operator makes of the rules for input files: which weigh otherwise, and which are waived until when and why.
///
/// ```yaml
/// rules:
///   invalid-cycle:
///     severity: warning
///   duplicate-identifier:
///     waived_until: 2027-01-31
///     reason: the old switch numbers its records anew each night
/// ```
///
/// A rule whose breach means that a file cannot be trusted is neither re-graded nor waived: rows may be missing then, and
/// no reason brings them back.
public struct RuleGrading: Sendable {
    /// A rule that does not count for a while.
    public struct Waiver: Hashable, Sendable {
        /// The last day on which the rule does not count.
        public let lastDay: CivilDate
        /// Why.
        public let reason: String
        /// Where the rules file says so.
        public let place: SettingsPlace
        /// The byte of the rules file at that place.
        public let byteOffset: Int
    }

    /// What a finding comes to.
    public enum Grade: Hashable, Sendable {
        /// It counts, with this weight.
        case counts(FindingSeverity)
        /// It is counted apart.
        case waived
    }

    /// The name of the rules file.
    public let file: String

    private let severities: [InputRule: FindingSeverity]
    private let waivers: [InputRule: Waiver]

    /// Every rule as it is by itself.
    public static let standard = RuleGrading(file: "", severities: [:], waivers: [:])

    init(file: String, severities: [InputRule: FindingSeverity], waivers: [InputRule: Waiver]) {
        self.file = file
        self.severities = severities
        self.waivers = waivers
    }

    /// What a finding on a rule comes to on a day; the last day of a waiver is a waived one.
    public func grade(of rule: InputRule, on today: CivilDate) -> Grade {
        if let waiver = waivers[rule], today <= waiver.lastDay { return .waived }
        return .counts(severities[rule] ?? rule.severity)
    }

    /// The waivers that have run out by a day, in the order of the file.
    public func expired(on today: CivilDate) -> [(rule: InputRule, waiver: Waiver)] {
        waivers.filter { today > $0.value.lastDay }
            .sorted { ($0.value.place.line, $0.value.place.column) < ($1.value.place.line, $1.value.place.column) }
            .map { ($0.key, $0.value) }
    }
}
