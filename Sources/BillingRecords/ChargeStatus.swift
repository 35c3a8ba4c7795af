/// How far the collection of a charge has come.
public enum ChargeStatus: UInt8, CaseIterable, Sendable {
    /// The money was taken (or, with a negative amount, given back).
    case posted
    /// The charge was sent; nobody knows yet whether it will be paid.
    case pending
    /// The attempt was refused.
    case failed
    /// The money was taken and went back to the customer's account.
    case reversed

    /// The word that stands for the status in native files.
    public var word: String {
        switch self {
        case .posted: "posted"
        case .pending: "pending"
        case .failed: "failed"
        case .reversed: "reversed"
        }
    }
}
