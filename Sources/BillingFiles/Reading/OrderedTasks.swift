import Dispatch
import Synchronization

/// Does tasks side by side and hands out what they give as if one had followed the other.
///
/// The task whose turn it is hands its items out as they come; the others keep theirs until it is their turn. One that
/// has many waits, and none runs far ahead, so memory does not grow with what the tasks give.
public enum OrderedTasks {
    /// How many items of a task wait for its turn.
    private static let mostItems = 1000
    /// How many tasks may have begun beyond the one whose turn it is.
    private static let mostAhead = 64

    /// Does the tasks 0 to `count - 1`.
    ///
    /// - Parameters:
    ///   - count: how many tasks there are.
    ///   - threads: how many are done at once.
    ///   - task: does one task and gives its items; called by several threads at once.
    ///   - take: takes the items of all tasks, in the order of the tasks. Called by one thread at a time.
    /// - Throws: the error of the first task, in their order, that threw one, and what `take` throws; later tasks are
    ///   then given up.
    public static func run<Item: Sendable>(
        count: Int, threads: Int,
        task: @Sendable (_ index: Int, _ give: (Item) throws -> Void) throws -> Void,
        take: (Item) throws -> Void
    ) throws {
        try withoutActuallyEscaping(take) { take in
            let delivery = OrderedDelivery(take: take, mostItems: mostItems, mostAhead: mostAhead)
            WorkerThreads.run(count: max(1, min(threads, count))) { _ in
                while let index = delivery.begin(of: count) {
                    let outcome = Result { try task(index) { try delivery.give($0, from: index) } }
                    delivery.end(index, outcome)
                }
            }
            try delivery.finish()
        }
    }
}

/// What the threads of ordered tasks share.
///
/// `take` is called only by the thread that does the task whose turn it is, or that ended the one before; turns are
/// handed on under the lock. No thread outlives the call that owns them. That is what `@unchecked` stands for.
private final class OrderedDelivery<Item: Sendable>: @unchecked Sendable {
    /// A task that was given up, because one before it failed.
    private struct GivenUp: Error {}

    private struct State: Sendable {
        /// The task that is begun next.
        var next = 0
        /// The task whose turn it is.
        var turn = 0
        /// The items that wait, by task.
        var waiting: [Int: [Item]] = [:]
        /// The tasks that have ended before their turn, and how.
        var ended: [Int: Result<Void, any Error>] = [:]
        /// The threads that wait, each with a semaphore of its own: of one for all, a thread whose turn is far could take
        /// the signals meant for the one whose turn has come.
        var heldUp: [DispatchSemaphore] = []
        var failure: (any Error)?
    }

    private let take: (Item) throws -> Void
    private let mostItems: Int
    private let mostAhead: Int
    private let state = Mutex(State())

    init(take: @escaping (Item) throws -> Void, mostItems: Int, mostAhead: Int) {
        self.take = take
        self.mostItems = mostItems
        self.mostAhead = mostAhead
    }

    /// The task to be done next; nil when there is none.
    func begin(of count: Int) -> Int? {
        wait { (state: inout State) -> Int?? in
            if state.failure != nil || state.next >= count { return .some(nil) }
            guard state.next - state.turn <= mostAhead else { return nil }
            state.next += 1
            return .some(state.next - 1)
        }
    }

    /// Hands out an item, or keeps it for the task's turn.
    func give(_ item: Item, from index: Int) throws {
        let kept = try wait { (state: inout State) -> Result<[Item]?, GivenUp>? in
            if state.failure != nil { return .failure(GivenUp()) }
            if state.turn == index { return .success(state.waiting.removeValue(forKey: index) ?? []) }
            guard state.waiting[index, default: []].count < mostItems else { return nil }
            state.waiting[index, default: []].append(item)
            return .success(nil)
        }.get()
        guard let kept else { return }
        for earlier in kept { try take(earlier) }
        try take(item)
    }

    /// Ends a task, and all behind it that have ended and whose turn comes with it.
    func end(_ index: Int, _ outcome: Result<Void, any Error>) {
        state.withLock { $0.ended[index] = outcome }
        while let (items, outcome) = takeEnded(index) {
            let delivered = Result {
                for item in items { try take(item) }
                try outcome.get()
            }
            state.withLock { state in
                if case .failure(let error) = delivered, state.failure == nil { state.failure = error }
                state.turn += 1
                letOthersGoOn(&state)
            }
        }
    }

    func finish() throws {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
        }
    }

    /// What is left of the task whose turn it is, if it has ended.
    private func takeEnded(_ index: Int) -> (items: [Item], outcome: Result<Void, any Error>)? {
        state.withLock { state in
            guard state.failure == nil, let outcome = state.ended.removeValue(forKey: state.turn) else { return nil }
            return (state.waiting.removeValue(forKey: state.turn) ?? [], outcome)
        }
    }

    /// Asks again whenever a turn has ended, until there is an answer.
    private func wait<Answer: Sendable>(_ ask: (inout State) -> Answer?) -> Answer {
        let changed = DispatchSemaphore(value: 0)
        while true {
            let answer = state.withLock { state in
                let answer = ask(&state)
                if answer == nil { state.heldUp.append(changed) }
                return answer
            }
            if let answer { return answer }
            changed.wait()
        }
    }

    private func letOthersGoOn(_ state: inout State) {
        for thread in state.heldUp { thread.signal() }
        state.heldUp.removeAll()
    }
}
