extension SplitMix64 {
    /// A number from 0 to `bound - 1`.
    public mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }

    /// A number of a range.
    public mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &self) }

    /// One of some elements, which must not be none.
    public mutating func pick<Element>(_ elements: [Element]) -> Element { elements[below(elements.count)] }

    /// True once in `count` times.
    public mutating func once(in count: some BinaryInteger) -> Bool { next() % UInt64(count) == 0 }

    /// A number of minor units of any size and sign.
    public mutating func minorUnits() -> Int64 {
        Int64(truncatingIfNeeded: next()) >> Int64(next() % 64)
    }
}
