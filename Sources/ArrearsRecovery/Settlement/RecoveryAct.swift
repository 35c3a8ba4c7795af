/// What can happen to a missed renewal on its way from being found to being settled.
public enum RecoveryAct: String, CaseIterable, Sendable {
    /// Its recovery was planned.
    case planned
    /// It was found, and the plan does not collect it.
    case uncollected
    /// It was found, and the policy lets the customer off: nobody plans it again.
    case writtenOff = "written_off"
    /// The recovery charge was written for the billing system.
    case written
    /// The recovery charge was posted.
    case collected
    /// The recovery charge failed.
    case failed
    /// The recovery charge was reversed, or its money given back.
    case reversed
    /// Another charge paid the renewal, so that the recovery is withdrawn.
    case paidOtherwise = "paid_otherwise"

    /// The bit that stands for the act in `RecoveryActs`.
    public var bit: UInt8 {
        switch self {
        case .planned: 1
        case .written: 2
        case .collected: 4
        case .failed: 8
        case .reversed: 16
        case .paidOtherwise: 32
        case .uncollected: 64
        case .writtenOff: 128
        }
    }
}

/// The acts that a missed renewal has seen; each of them happens to it at most once.
public struct RecoveryActs: OptionSet, Hashable, Sendable {
    /// One bit for each act.
    public let rawValue: UInt8

    /// Acts from their bits.
    public init(rawValue: UInt8) { self.rawValue = rawValue }

    /// One act.
    public init(_ act: RecoveryAct) { rawValue = act.bit }

    /// Whether an act is among them.
    public func contains(_ act: RecoveryAct) -> Bool { rawValue & act.bit != 0 }

    /// Where the renewal stands, in the words of people and reports.
    public var standing: String {
        if contains(.reversed) { return "reversed" }
        if contains(.paidOtherwise) { return contains(.written) ? "withdrawn" : "paid otherwise" }
        if contains(.collected) { return "collected" }
        if contains(.failed) { return "failed" }
        if contains(.written) { return "written" }
        if contains(.planned) { return "proposed" }
        return contains(.writtenOff) ? "written off" : "not collected"
    }
}
