/// Collects the cases that went wrong, so that a test of many cases makes one expectation and shows a few of them.
public struct Mismatches: Sendable {
    /// The first five of them, in words.
    public private(set) var shown: [String] = []

    /// How many there are.
    public private(set) var count = 0

    /// None yet.
    public init() {}

    /// Counts a case that is not right; the text says which.
    public mutating func check(_ isRight: Bool, _ text: @autoclosure () -> String) {
        guard !isRight else { return }
        count += 1
        if shown.count < 5 { shown.append(text()) }
    }
}
