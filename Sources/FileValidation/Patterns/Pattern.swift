/// A regular expression that is matched against whole texts, each byte looked at once.
///
/// ```swift
/// var pattern = try Pattern("C[0-9]{10}")
/// pattern.matches(Array("C0123456789".utf8).span) // true
/// ```
///
/// The states of the automaton are made when they are first met and kept up to a limit, so that memory and the time for a
/// byte are bounded whatever the pattern.
struct Pattern: Sendable {
    /// How many states are kept before all are thrown away.
    private static let mostStates = 1024
    private static let unknown: Int32 = -1
    private static let dead: Int32 = 0

    private let steps: [PatternProgram.Step]
    private let start: Int
    /// For each state and byte the state behind it.
    private var transitions: [Int32] = []
    private var matches: [Bool] = []
    /// For each state the steps that take a byte or match.
    private var members: [[Int32]] = []
    private var states: [[Int32]: Int32] = [:]
    private var first: Int32 = 0

    /// A pattern.
    ///
    /// - Throws: `PatternFault` when it is none, or one that is not supported.
    init(_ pattern: String) throws(PatternFault) {
        let program = try PatternProgram(try PatternParser.parse(pattern))
        (steps, start) = (program.steps, program.start)
        reset()
    }

    /// Whether a text matches as a whole.
    @inline(__always)
    mutating func matches(_ text: Span<UInt8>) -> Bool {
        var state = Int(first)
        for index in text.indices {
            let next = transitions[state << 8 | Int(text[index])]
            if next > 0 {
                state = Int(next)
            } else if next == Self.dead {
                return false
            } else {
                let made = makeTransition(from: state, text[index])
                if made == Self.dead { return false }
                state = Int(made)
            }
        }
        return matches[state]
    }

    private mutating func reset() {
        transitions.removeAll(keepingCapacity: true)
        matches.removeAll()
        members.removeAll()
        states.removeAll()
        // State 0 is that of no way left.
        _ = state([])
        first = state(closure([start]))
    }

    /// The state behind a byte; when there are too many states, all others are thrown away first.
    private mutating func makeTransition(from state: Int, _ byte: UInt8) -> Int32 {
        var state = state
        if members.count >= Self.mostStates {
            let kept = members[state]
            reset()
            state = Int(self.state(kept))
        }
        let next = self.state(step(members[state], byte))
        transitions[state << 8 | Int(byte)] = next
        return next
    }

    private mutating func state(_ steps: [Int32]) -> Int32 {
        if let known = states[steps] { return known }
        let number = Int32(members.count)
        states[steps] = number
        members.append(steps)
        matches.append(steps.contains { self.steps[Int($0)] == .match })
        transitions.append(contentsOf: repeatElement(steps.isEmpty ? Self.dead : Self.unknown, count: 256))
        return number
    }

    private func step(_ open: [Int32], _ byte: UInt8) -> [Int32] {
        var next: [Int] = []
        for number in open {
            if case .bytes(let range, let target) = steps[Int(number)], range.contains(byte) { next.append(target) }
        }
        return closure(next)
    }

    /// The steps that take a byte or match, as far as forks lead to them; in order.
    private func closure(_ entries: [Int]) -> [Int32] {
        var seen: Set<Int> = []
        var found: [Int32] = []
        var open = entries
        while let number = open.popLast() {
            guard seen.insert(number).inserted else { continue }
            if case .fork(let one, let other) = steps[number] {
                open.append(one)
                open.append(other)
            } else {
                found.append(Int32(truncatingIfNeeded: number))
            }
        }
        return found.sorted()
    }
}
