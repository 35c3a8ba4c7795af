/// What changed on a line.
public enum EventKind: UInt8, CaseIterable, Sendable {
    case suspended
    case ended
    case portedOut
    case priceChanged
    case offerChanged
    case cycleChanged
    case free
    case discounted
    case renumbered

    /// The word that stands for the event in native files.
    public var word: String {
        switch self {
        case .suspended: "suspended"
        case .ended: "ended"
        case .portedOut: "ported_out"
        case .priceChanged: "price_changed"
        case .offerChanged: "offer_changed"
        case .cycleChanged: "cycle_changed"
        case .free: "free"
        case .discounted: "discounted"
        case .renumbered: "renumbered"
        }
    }

    /// The event with a word of native files, or nil if there is none.
    public init?(word: [UInt8]) {
        let text = String(decoding: word, as: UTF8.self)
        guard let kind = Self.allCases.first(where: { $0.word == text }) else { return nil }
        self = kind
    }
}
