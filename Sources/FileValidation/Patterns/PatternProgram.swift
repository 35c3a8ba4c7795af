/// A pattern as an automaton over bytes: at each step every way that is still open is followed at once.
struct PatternProgram {
    enum Step: Equatable {
        /// Takes a byte of a range.
        case bytes(ClosedRange<UInt8>, next: Int)
        /// Goes both ways without taking a byte.
        case fork(Int, Int)
        /// The end: what was taken matches.
        case match
    }

    /// How many steps an automaton may have.
    static let mostSteps = 20_000

    private(set) var steps: [Step] = [.match]
    /// The first step.
    private(set) var start = 0

    /// The automaton of a tree.
    init(_ node: PatternNode) throws(PatternFault) {
        start = try add(node, next: 0)
    }

    private mutating func append(_ step: Step) throws(PatternFault) -> Int {
        guard steps.count < Self.mostSteps else { throw PatternFault(found: "more than \(Self.mostSteps) steps") }
        steps.append(step)
        return steps.count - 1
    }

    /// Adds the steps of a tree in front of a step, and returns the first of them.
    private mutating func add(_ node: PatternNode, next: Int) throws(PatternFault) -> Int {
        switch node {
        case .empty: return next
        case .set(let ranges): return try addSet(ranges, next: next)
        case .sequence(let nodes):
            var next = next
            for node in nodes.reversed() { next = try add(node, next: next) }
            return next
        case .choice(let nodes):
            var first: Int?
            for node in nodes.reversed() {
                let entry = try add(node, next: next)
                first = if let other = first { try append(.fork(entry, other)) } else { entry }
            }
            return first ?? next
        case .repeated(let node, let least, let most):
            var next = next
            if let most {
                for _ in least..<most { next = try append(.fork(try add(node, next: next), next)) }
            } else {
                // The loop's fork is known before what it leads to.
                let fork = try append(.fork(next, next))
                steps[fork] = .fork(try add(node, next: fork), next)
                next = fork
            }
            for _ in 0..<least {
                let entry = try add(node, next: next)
                // What takes nothing once takes nothing any number of times.
                if entry == next { break }
                next = entry
            }
            return next
        }
    }

    private mutating func addSet(_ ranges: [ClosedRange<UInt32>], next: Int) throws(PatternFault) -> Int {
        var first: Int?
        for sequence in ranges.flatMap(UTF8Ranges.of) {
            var entry = next
            for bytes in sequence.reversed() { entry = try append(.bytes(bytes, next: entry)) }
            first = if let other = first { try append(.fork(entry, other)) } else { entry }
        }
        guard let first else { throw PatternFault(found: "a class without a character") }
        return first
    }
}
