/// A renewal was charged for a period that an event says is free.
///
/// The first day of the period lies in the free time, and the money was not given back. A charge of zero is as it
/// should be.
///
/// Not to be confused with: a discounted period, for which the discounted price is due (`wrong-amount` when more was
/// taken).
///
/// What to do: give the money back, and see why billing does not know the promotion.
enum ChargeInFreePeriod: NotDueRule {
    /// The rule's identifier.
    static let rule = AuditRule.chargeInFreePeriod

    static let cause = Obstacle.Cause.free
}
