public import BillingValues

/// What an audit judges, by which policy, and on which day it is decided.
public struct AuditTerms: Hashable, Sendable {
    /// The days whose renewals are judged.
    public let window: AuditWindow

    /// The grace of the policy.
    public let policy: MatchingPolicy

    /// "Today" for what is still pending and for the recovery.
    public let decidedOn: CivilDate

    /// The terms of an audit; `decidedOn` is the end of the window unless stated.
    public init(window: AuditWindow, policy: MatchingPolicy = .standard, decidedOn: CivilDate? = nil) {
        self.window = window
        self.policy = policy
        self.decidedOn = decidedOn ?? window.to
    }
}
