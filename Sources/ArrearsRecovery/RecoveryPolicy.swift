/// How arrears are collected.
public struct RecoveryPolicy: Hashable, Sendable {
    /// How many days lie between two instalments of one customer.
    public var cadenceDays: Int

    /// From how many months of age on an arrear is pointed out.
    public var limitationWarningMonths: Int

    /// From how many months of age on an arrear is no longer collected.
    public var limitationStopMonths: Int

    /// The seed incident's policy: one missed renewal every 30 days, oldest first.
    ///
    /// With the limitation of the Italian civil code for periodic payments (article 2948, number 4: five years) and a
    /// warning at two.
    public static let standard = RecoveryPolicy(
        cadenceDays: 30, limitationWarningMonths: 24, limitationStopMonths: 60)

    /// A policy; the cadence is at least one day.
    public init(cadenceDays: Int, limitationWarningMonths: Int, limitationStopMonths: Int) {
        self.cadenceDays = max(1, cadenceDays)
        self.limitationWarningMonths = max(0, limitationWarningMonths)
        self.limitationStopMonths = max(0, limitationStopMonths)
    }
}
