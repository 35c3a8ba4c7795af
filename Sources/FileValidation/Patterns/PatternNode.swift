/// A regular expression as a tree.
indirect enum PatternNode: Equatable {
    /// Nothing at all.
    case empty
    /// One character of some ranges of Unicode scalars, in order and apart from each other.
    case set([ClosedRange<UInt32>])
    /// One after the other.
    case sequence([PatternNode])
    /// One of several.
    case choice([PatternNode])
    /// So many times; without an upper bound where `most` is nil.
    case repeated(PatternNode, least: Int, most: Int?)
}

/// Why a pattern is refused.
struct PatternFault: Error, Equatable {
    /// What was found, in words.
    let found: String
}
