/// Which known word somebody may have meant.
public enum NearWord {
    /// The known word with the fewest changed, added, dropped or swapped letters; nil when none is near.
    ///
    /// Near means at most two steps and less than half of the word. Of equally near ones the first.
    public static func nearest(to word: String, in words: [String]) -> String? {
        let letters = Array(word.unicodeScalars.prefix(64))
        var best: (word: String, steps: Int)?
        for candidate in words {
            let steps = steps(letters, Array(candidate.unicodeScalars.prefix(64)))
            if steps <= 2, steps * 2 < max(2, letters.count), best.map({ steps < $0.steps }) ?? true {
                best = (candidate, steps)
            }
        }
        return best?.word
    }

    /// The optimal string alignment distance.
    private static func steps(_ first: [Unicode.Scalar], _ second: [Unicode.Scalar]) -> Int {
        var older: [Int] = []
        var previous = Array(0...second.count)
        for row in 0..<first.count {
            var current = [row + 1]
            for column in 0..<second.count {
                let same = first[row] == second[column]
                var steps = min(previous[column] + (same ? 0 : 1), previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, first[row] == second[column - 1], first[row - 1] == second[column] {
                    steps = min(steps, older[column - 1] + 1)
                }
                current.append(steps)
            }
            older = previous
            previous = current
        }
        return previous[second.count]
    }
}
