/// What is due for periods in which a line was suspended, and which periods follow.
public struct SuspensionPolicy: Hashable, Sendable {
    /// What is due for a period of which some days are suspended; one that is wholly suspended is never due.
    public enum PartlySuspended: String, CaseIterable, Sendable {
        /// The whole price if the line is active on the first day, else nothing: the contract's rule.
        case firstDay = "first-day"
        /// The whole price.
        case due
        /// The price of the days on which the line is active.
        case proRata = "pro-rata"
        /// Nothing.
        case notDue = "not-due"
    }

    /// Which periods follow a suspension.
    public enum Anchor: String, CaseIterable, Sendable {
        /// Those that would have come without it.
        case keep
        /// A new count of periods that begins on the first day after the suspension.
        case restart
    }

    /// What is due for a period of which some days are suspended.
    public var partlySuspended: PartlySuspended

    /// Which periods follow a suspension.
    public var anchor: Anchor

    /// The contract's rule: due if active on the first day, and the old periods go on.
    public static let standard = SuspensionPolicy(partlySuspended: .firstDay, anchor: .keep)

    /// A policy from its parts.
    public init(partlySuspended: PartlySuspended, anchor: Anchor) {
        self.partlySuspended = partlySuspended
        self.anchor = anchor
    }
}
