/// What may be said of a file that was validated.
public enum ValidationVerdict: String, Hashable, Sendable, CaseIterable {
    /// Everything about it was checked, and nothing is wrong.
    case valid
    /// Something is wrong with it.
    case invalid
    /// Nobody can tell: there is no schema for it, or something in it is not read or not decided.
    case undecided
}
