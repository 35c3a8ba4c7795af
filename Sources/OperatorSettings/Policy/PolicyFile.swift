public import ArrearsRecovery
public import RenewalAudit
public import SettingsText

/// An operator's policy: by which figures the audit judges and arrears are collected.
///
/// What a file leaves out is as in `MatchingPolicy.standard` and `RecoveryPolicy.standard`.
public struct PolicyFile: Hashable, Sendable {
    /// How far a charge may stray from the day it was due.
    public var matching: MatchingPolicy

    /// How arrears are collected.
    public var recovery: RecoveryPolicy

    /// How customers are told.
    public var notices = NoticePolicy.standard

    /// What is due around suspensions, where an offer of the offers file says nothing else.
    public var suspension = SuspensionPolicy.standard

    /// The policy in force without a file.
    public static let standard = PolicyFile(matching: .standard, recovery: .standard)

    /// A policy.
    public init(matching: MatchingPolicy, recovery: RecoveryPolicy) {
        self.matching = matching
        self.recovery = recovery
    }

    /// Reads a policy file, YAML or JSON.
    ///
    /// - Throws: A `SettingsRefusal` with everything that is wrong in it.
    public init(_ bytes: [UInt8], file: String) throws(SettingsRefusal) {
        let document = try SettingsNode.document(bytes, file: file)
        var reader = SettingsReader(file: file)
        let policy = Self.policy(document, &reader)
        self = try reader.result(policy)
    }

    /// The sections of a file.
    static let keys = ["audit", "recovery", "limitation", "notices"]

    private static func policy(_ document: SettingsNode, _ reader: inout SettingsReader) -> PolicyFile? {
        guard let root = reader.mapping(document, keys: keys) else { return nil }
        var policy = standard
        if let audit = root["audit"] { MatchingSettings.read(audit, into: &policy, &reader) }
        if let recovery = root["recovery"] { RecoverySettings.read(recovery, into: &policy.recovery, &reader) }
        if let limitation = root["limitation"] { LimitationSettings.read(limitation, into: &policy.recovery, &reader) }
        if let notices = root["notices"] { NoticeSettings.read(notices, into: &policy.notices, &reader) }
        return policy
    }

    /// The whole policy, defaults included, as a file that reads back to the same policy.
    public var settings: SettingsValue {
        .mapping([
            .init("audit", MatchingSettings.value(self)),
            .init("recovery", RecoverySettings.value(recovery)),
            .init("limitation", LimitationSettings.value(recovery)),
            .init("notices", NoticeSettings.value(notices)),
        ])
    }
}
