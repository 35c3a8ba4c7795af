/// A column of the subscriptions, or what follows from one, that can be what an incident's renewals have in common.
public enum IncidentDimension: Int, CaseIterable, Hashable, Sendable, Comparable {
    case offer, paymentMethod, cycle, currency, activationDay

    /// The name in files: that of the column; `activation_day` for the day of the month of `activated_on`.
    public var name: String {
        switch self {
        case .offer: "offer"
        case .paymentMethod: "payment_method"
        case .cycle: "cycle"
        case .currency: "currency"
        case .activationDay: "activation_day"
        }
    }

    /// The order in which reports name dimensions.
    public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A set of dimensions.
struct IncidentDimensions: OptionSet, Hashable, Sendable {
    let rawValue: UInt8

    static let all = IncidentDimensions(IncidentDimension.allCases)

    init(rawValue: UInt8) { self.rawValue = rawValue }

    init(_ dimensions: some Sequence<IncidentDimension>) {
        rawValue = dimensions.reduce(0) { $0 | 1 << UInt8($1.rawValue) }
    }

    func contains(_ dimension: IncidentDimension) -> Bool { rawValue & 1 << UInt8(dimension.rawValue) != 0 }

    /// How many dimensions there are in it.
    var count: Int { rawValue.nonzeroBitCount }

    /// The dimensions in their order.
    var members: [IncidentDimension] { IncidentDimension.allCases.filter { contains($0) } }
}
