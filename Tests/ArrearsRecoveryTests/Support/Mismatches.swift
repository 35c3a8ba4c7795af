/// Collects the cases that went wrong, so that a test of many cases makes one expectation and shows a few of them.
struct Mismatches {
    private(set) var shown: [String] = []
    private(set) var count = 0

    mutating func check(_ isRight: Bool, _ text: @autoclosure () -> String) {
        guard !isRight else { return }
        count += 1
        if shown.count < 5 { shown.append(text()) }
    }
}
