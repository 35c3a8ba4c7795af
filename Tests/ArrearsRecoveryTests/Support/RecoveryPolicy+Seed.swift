import ArrearsRecovery

extension RecoveryPolicy {
    /// The seed's policy with other figures; ages in months.
    static func seed(cadenceDays: Int = 30, warning: Int = 24, stop: Int = 60) -> RecoveryPolicy {
        var policy = RecoveryPolicy.standard
        policy.days = .cadence(.days(cadenceDays), first: .nextMonth)
        policy.limitation.warning = .months(warning)
        policy.limitation.stop = .months(stop)
        return policy
    }

    /// The seed's policy after some changes.
    static func changed(_ change: (inout RecoveryPolicy) -> Void) -> RecoveryPolicy {
        var policy = RecoveryPolicy.standard
        change(&policy)
        return policy
    }
}
