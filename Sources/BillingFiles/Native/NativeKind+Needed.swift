extension NativeKind {
    /// The columns that no record leaves empty.
    public var neededColumns: [String] {
        switch self {
        case .subscriptions: ["subscription_id", "activated_on", "cycle", "price", "currency"]
        case .charges: ["charge_id", "subscription_id", "kind", "charged_on", "amount", "currency", "status"]
        case .events: ["subscription_id", "event", "effective_on"]
        case .usage: ["record_id", "msisdn", "started_at"]
        case .results: ["end_to_end_id", "status", "decided_on"]
        }
    }
}
