/// What a charge was made for.
public enum ChargeKind: UInt8, CaseIterable, Sendable {
    case activation
    case renewal
    case addon
    case usage
    case oneOff
    case refund
    case credit
    case adjustment
    case recovery

    /// The word that stands for the kind in native files.
    public var word: String {
        switch self {
        case .activation: "activation"
        case .renewal: "renewal"
        case .addon: "addon"
        case .usage: "usage"
        case .oneOff: "one_off"
        case .refund: "refund"
        case .credit: "credit"
        case .adjustment: "adjustment"
        case .recovery: "recovery"
        }
    }

    /// Whether a charge of this kind pays for a renewal or gives a payment back.
    ///
    /// Activations, add-ons, usage and one-off fees never settle a renewal.
    public var concernsRenewals: Bool {
        switch self {
        case .renewal, .refund, .credit, .adjustment, .recovery: true
        case .activation, .addon, .usage, .oneOff: false
        }
    }

    /// Whether a charge of this kind may be the fee of an activation.
    public var mayBeActivationFee: Bool { self == .activation || self == .oneOff }

    /// Whether a charge of this kind takes the price of a renewal from the customer.
    public var paysRenewal: Bool { self == .renewal || self == .recovery }
}
