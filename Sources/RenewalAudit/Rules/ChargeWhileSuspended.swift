/// A renewal was charged for a period on whose first day the line was suspended.
///
/// An event says that the line was suspended, and the money was not given back. Nothing is due for such a period, even
/// if the suspension ends before it does.
///
/// Not to be confused with: a period in whose course the suspension begins; it is due in full, for the first day
/// decides.
///
/// What to do: give the money back, unless the contract goes on through suspensions; then leave their events out.
enum ChargeWhileSuspended: NotDueRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargeWhileSuspended

    static let cause = Obstacle.Cause.suspended
}
