/// How a quotient that is not whole becomes a whole number of minor units.
///
/// The raw values are the names that policy files use.
public enum RoundingRule: String, CaseIterable, Sendable {
    /// To the nearest, a half away from zero: 2.5 becomes 3, -2.5 becomes -3.
    case halfUp

    /// To the nearest, a half toward zero: 2.5 becomes 2, -2.5 becomes -2.
    case halfDown

    /// To the nearest, a half to the even neighbour: 2.5 becomes 2, 3.5 becomes 4.
    case halfEven

    /// Away from zero: 2.1 becomes 3, -2.1 becomes -3.
    case up

    /// Toward zero: 2.9 becomes 2, -2.9 becomes -2.
    case down

    /// Toward positive infinity: 2.1 becomes 3, -2.9 becomes -2.
    case ceiling

    /// Toward negative infinity: 2.9 becomes 2, -2.1 becomes -3.
    case floor
}

extension RoundingRule {
    /// The exact quotient of two whole numbers, rounded by this rule.
    ///
    /// Nil when the divisor is zero, and for the one quotient that 128 bits cannot hold, `Int128.min` by -1.
    public func divide(_ dividend: Int128, by divisor: Int128) -> Int128? {
        let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
        guard !overflow else { return nil }
        let remainder = dividend % divisor
        guard remainder != 0 else { return quotient }

        // A remainder means that the divisor is at least 2 in size, so the neighbour of the quotient always fits.
        let isNegative = (dividend < 0) != (divisor < 0)
        let distance = remainder.magnitude
        let distanceToNeighbour = divisor.magnitude - distance
        let takesNeighbour =
            switch self {
            case .halfUp: distance >= distanceToNeighbour
            case .halfDown: distance > distanceToNeighbour
            case .halfEven:
                distance > distanceToNeighbour || (distance == distanceToNeighbour && !quotient.isMultiple(of: 2))
            case .up: true
            case .down: false
            case .ceiling: !isNegative
            case .floor: isNegative
            }
        guard takesNeighbour else { return quotient }
        return isNegative ? quotient - 1 : quotient + 1
    }
}
