extension Money {
    /// The largest number of parts an amount can be split into.
    public static let maximumParts = 1_000_000

    /// Splits an amount into equal parts that differ by at most one minor unit and sum to the amount.
    ///
    /// The parts that are one unit larger in size come first. A negative amount splits as its opposite does, sign
    /// turned, so the reversal of an instalment plan reverses it instalment by instalment.
    ///
    /// - Parameter parts: The number of parts, 1...`maximumParts`.
    /// - Throws: `MoneyError.invalidParts`.
    /// - Complexity: O(n) in the number of parts.
    public func split(into parts: Int) throws(MoneyError) -> [Money] {
        guard (1...Money.maximumParts).contains(parts) else { throw .invalidParts }
        let (share, remainder) = minorUnits.quotientAndRemainder(dividingBy: Int64(parts))
        let largerParts = Int(remainder.magnitude)
        let larger = Money(minorUnits: share + remainder.signum(), currency: currency)
        let smaller = Money(minorUnits: share, currency: currency)
        return Array(repeating: larger, count: largerParts) + Array(repeating: smaller, count: parts - largerParts)
    }

    /// Splits an amount in proportion to weights, so that the parts sum to the amount.
    ///
    /// Each part is its exact share rounded toward zero; the minor units left over go one each to the parts with the
    /// largest remainders, among equals to the earlier part. So no part is a whole minor unit away from its exact
    /// share, a weight of zero gets nothing, and a negative amount splits as its opposite does, sign turned.
    ///
    /// - Parameter weights: One weight a part, none negative, not all zero, at most `maximumParts` of them.
    /// - Throws: `MoneyError.invalidParts`.
    /// - Complexity: O(n log n) in the number of weights.
    public func split(byWeights weights: [Int64]) throws(MoneyError) -> [Money] {
        guard weights.count <= Money.maximumParts, weights.allSatisfy({ $0 >= 0 }) else { throw .invalidParts }
        let total = weights.reduce(Int128(0)) { $0 + Int128($1) }
        guard total > 0 else { throw .invalidParts }

        let whole = Int128(minorUnits)
        var shares: [Int128] = []
        var remainders: [UInt128] = []
        for weight in weights {
            let (share, remainder) = (whole * Int128(weight)).quotientAndRemainder(dividingBy: total)
            shares.append(share)
            remainders.append(remainder.magnitude)
        }

        let leftOver = Int((whole - shares.reduce(0, +)).magnitude)
        let order = shares.indices.sorted { (remainders[$0], $1) > (remainders[$1], $0) }
        for index in order.prefix(leftOver) { shares[index] += whole.signum() }

        // No share is larger in size than the whole, so none is cut here.
        return shares.map { Money(minorUnits: Int64(truncatingIfNeeded: $0), currency: currency) }
    }
}
