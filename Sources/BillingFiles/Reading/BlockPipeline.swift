import Dispatch
import Synchronization

/// Work on blocks that runs on several threads at once.
public protocol BlockWorker: Sendable {
    /// What comes of a block.
    associatedtype Outcome: Sendable

    /// Works on one block; each thread has a worker of its own.
    mutating func work(on block: Block) -> Outcome
}

/// Reads blocks in order, works on them in parallel, and takes the outcomes in order again.
///
/// One thread at a time produces the next block or consumes the next outcome, so both see the blocks exactly as they
/// stand in the files, whatever the number of threads. Only the work in between runs side by side.
public enum BlockPipeline {
    /// Runs the pipeline to its end and returns the workers.
    ///
    /// - Parameters:
    ///   - workers: one worker a thread; at least one.
    ///   - firstOrdinal: the ordinal of the first block that `produce` will give.
    ///   - window: how many blocks may be under work or waiting to be consumed. A thread that the system holds up does
    ///     not stop the others, and without a window the outcomes that wait for it would fill the memory; by default two
    ///     a thread and four more.
    ///   - produce: the next block, in the storage handed to it; nil at the end. Called by one thread at a time.
    ///   - consume: takes the outcomes in the order of the blocks. Called by one thread at a time.
    /// - Throws: the first error of `produce` or `consume`, when all threads have stopped.
    public static func run<Worker: BlockWorker>(
        workers: [Worker],
        firstOrdinal: UInt32,
        window: Int? = nil,
        produce: (_ storage: [UInt8]) throws -> Block?,
        consume: (Block, Worker.Outcome) throws -> Void
    ) throws -> [Worker] {
        try withoutActuallyEscaping(produce) { produce in
            try withoutActuallyEscaping(consume) { consume in
                let section = SerialSection<Worker>(
                    produce: produce, consume: consume, workers: workers, firstOrdinal: firstOrdinal,
                    window: max(window ?? 2 * workers.count + 4, workers.count))
                WorkerThreads.run(count: workers.count) { section.run(worker: $0) }
                return try section.finish()
            }
        }
    }
}

/// What the threads of a pipeline share, and the one lock around it.
///
/// The closures are not safe to call from two threads at once; they are called under the lock alone, and no thread
/// outlives the call that owns them. That is what `@unchecked` stands for.
private final class SerialSection<Worker: BlockWorker>: @unchecked Sendable {
    private struct State {
        var workers: [Worker?]
        var nextOutcome: UInt32
        /// How many blocks were given out and not consumed yet.
        var open = 0
        /// How many threads wait until a block may be given out.
        var heldUp = 0
        var waiting: [UInt32: (Block, Worker.Outcome)] = [:]
        var spareStorage: [[UInt8]] = []
        var hasEnded = false
        var failure: (any Error)?
    }

    private let produce: ([UInt8]) throws -> Block?
    private let consume: (Block, Worker.Outcome) throws -> Void
    private let lock = Mutex<Void>(())
    private let room = DispatchSemaphore(value: 0)
    private let window: Int
    private var state: State

    private enum Step {
        case work(Block)
        case wait
        case end
    }

    init(
        produce: @escaping ([UInt8]) throws -> Block?,
        consume: @escaping (Block, Worker.Outcome) throws -> Void,
        workers: [Worker],
        firstOrdinal: UInt32,
        window: Int
    ) {
        self.window = window
        self.produce = produce
        self.consume = consume
        state = State(workers: workers, nextOutcome: firstOrdinal)
    }

    func run(worker index: Int) {
        guard var worker = lock.withLock({ _ in take(worker: index) }) else { return }
        var finished: (Block, Worker.Outcome)?
        steps: while true {
            switch lock.withLock({ _ in next(after: &finished) }) {
            case .work(let block): finished = (block, worker.work(on: block))
            case .wait: room.wait()
            case .end: break steps
            }
        }
        lock.withLock { _ in state.workers[index] = worker }
    }

    func finish() throws -> [Worker] {
        if let failure = state.failure { throw failure }
        return state.workers.compactMap { $0 }
    }

    private func take(worker index: Int) -> Worker? {
        defer { state.workers[index] = nil }
        return state.workers[index]
    }

    /// Hands in what came of a block and takes the next one.
    ///
    /// Runs under the lock. Nothing else holds the block then, so that its storage can be filled again without a copy.
    private func next(after finished: inout (Block, Worker.Outcome)?) -> Step {
        // Whatever changed, those who wait for room look again.
        defer { letOthersGoOn() }
        do {
            if let done = finished.take() { state.waiting[done.0.ordinal] = done }
            while state.failure == nil, let (block, outcome) = state.waiting.removeValue(forKey: state.nextOutcome) {
                state.nextOutcome += 1
                state.open -= 1
                try consume(block, outcome)
                state.spareStorage.append(block.storage)
            }
            guard !state.hasEnded, state.failure == nil else { return .end }
            // The thread with the oldest block is at work on it and never comes to wait here.
            guard state.open < window else {
                state.heldUp += 1
                return .wait
            }
            if let block = try produce(state.spareStorage.popLast() ?? []) {
                state.open += 1
                return .work(block)
            }
            state.hasEnded = true
        } catch {
            state.failure = error
        }
        return .end
    }

    private func letOthersGoOn() {
        guard state.open < window || state.hasEnded || state.failure != nil else { return }
        for _ in 0..<state.heldUp { room.signal() }
        state.heldUp = 0
    }
}
