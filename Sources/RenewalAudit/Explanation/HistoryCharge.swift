public import BillingRecords

/// A charge in a subscription's history, and what the audit took it for.
public struct HistoryCharge: Hashable, Sendable {
    /// What the audit took a charge for.
    public enum Use: Hashable, Sendable {
        /// It paid the renewal, or a part of it.
        case payment
        /// It gave money back.
        case giveBack
        /// It is of nothing.
        case zero
        /// It is in another currency than the price.
        case foreign
        /// Its collection is still under way.
        case pending
        /// Its collection failed or was reversed.
        case failure
        /// It may bear on the renewal, but nobody can tell.
        case doubtful
        /// Nothing was due for what it was made for.
        case outOfPlace
        /// It bears on no renewal that is judged.
        case unused
    }

    /// Where it stands.
    public let position: RecordPosition

    /// What it was taken for.
    public let use: Use
}
