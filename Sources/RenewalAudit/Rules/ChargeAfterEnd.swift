/// A renewal was charged for time after the end of the subscription.
///
/// The period that the charge states starts on or after the day on which the subscription ended or its line was ported
/// out, as its row or an event says, and the money was not given back. Charging a line that has left is worse than
/// missing a charge.
///
/// Not to be confused with: the last bill, which carries usage and fees; only renewals and recoveries count here.
///
/// What to do: give the money back, and see why billing does not know that the line has ended.
enum ChargeAfterEnd: NotDueRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargeAfterEnd

    static let cause = Obstacle.Cause.ended
}
