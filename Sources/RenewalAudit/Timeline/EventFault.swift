public import BillingRecords

/// What is wrong with a sound event once its subscription is known.
public struct EventFault: Sendable {
    /// What is wrong.
    public enum Kind: Hashable, Sendable {
        /// No subscription has the id, nor had it.
        case nobody
        /// The price is none in the subscription's currency, which has so many decimals; the event is rejected.
        case price(decimals: Int)
        /// It contradicts another event or the subscription's row, in words.
        case contradiction(String)
    }

    /// The event's place.
    public let source: SubscriptionEvent.Source

    /// What is wrong.
    public let kind: Kind

    /// The id or value that is meant.
    public let text: [UInt8]
}

/// What joining events with subscriptions found wrong.
public struct EventFaults: Sendable {
    /// Faults of events, in the order of the files.
    public internal(set) var events: [EventFault] = []

    /// Rows of lines that stand in the subscriptions several times, each with the row that stands first.
    public internal(set) var contested: [(row: Int, first: Int)] = []

    /// How many events were read, sound or not, and became part of a line.
    public internal(set) var joined = 0

    /// How many events name nobody, or a subscription whose own row is not usable.
    public internal(set) var unused = 0
}
