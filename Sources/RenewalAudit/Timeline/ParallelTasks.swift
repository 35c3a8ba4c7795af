/// How so many independent tasks are done: this module starts no threads of its own.
public struct ParallelTasks: Sendable {
    /// How many tasks work is worth to be cut into.
    let parts: Int

    /// Does all tasks of a number, each once and in any order, and waits for them.
    let run: @Sendable (_ count: Int, _ task: @Sendable (Int) -> Void) -> Void

    /// Tasks that some threads do at the same time.
    public init(parts: Int, run: @escaping @Sendable (_ count: Int, _ task: @Sendable (Int) -> Void) -> Void) {
        self.parts = max(1, parts)
        self.run = run
    }

    /// One task after the other.
    public static let oneByOne = ParallelTasks(parts: 1) { count, task in
        for number in 0..<count { task(number) }
    }
}
