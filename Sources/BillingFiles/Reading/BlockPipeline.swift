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
    ///   - consumesAside: whether one thread may consume while another one produces; the two closures must then use
    ///     nothing in common. Worth it where consuming takes long.
    ///   - produce: the next block, in the storage handed to it; nil at the end. Called by one thread at a time.
    ///   - consume: takes the outcomes in the order of the blocks. Called by one thread at a time.
    /// - Throws: the first error of `produce` or `consume`, when all threads have stopped.
    public static func run<Worker: BlockWorker>(
        workers: [Worker],
        firstOrdinal: UInt32,
        window: Int? = nil,
        consumesAside: Bool = false,
        produce: (_ storage: consuming [UInt8]) throws -> Block?,
        consume: (Block, Worker.Outcome) throws -> Void
    ) throws -> [Worker] {
        try withoutActuallyEscaping(produce) { produce in
            try withoutActuallyEscaping(consume) { consume in
                let section = SerialSection<Worker>(
                    produce: produce, consume: consume, consumesAside: consumesAside,
                    state: PipelineState(
                        workers: workers, nextOutcome: firstOrdinal,
                        window: max(window ?? 2 * workers.count + 4, workers.count)))
                WorkerThreads.run(count: workers.count) { section.run(worker: $0) }
                return try section.finish()
            }
        }
    }
}

/// What the threads of a pipeline share.
///
/// The closures are not safe to call from two threads at once. `produce` is called under the lock `serial` alone;
/// `consume` by the one thread that the state calls the consumer, and unless it may run aside under the same lock. No
/// thread outlives the call that owns them. That is what `@unchecked` stands for.
private final class SerialSection<Worker: BlockWorker>: @unchecked Sendable {
    private let produce: (consuming [UInt8]) throws -> Block?
    private let consume: (Block, Worker.Outcome) throws -> Void
    private let consumesAside: Bool
    /// A lock; a `Mutex` was seen to keep the processor busy for a good part of the time that a thread waits for it.
    private let serial = DispatchSemaphore(value: 1)
    private let state: Mutex<PipelineState<Worker>>
    private let room = DispatchSemaphore(value: 0)

    private enum Step {
        case work(Block)
        case wait
        case end
    }

    init(
        produce: @escaping (consuming [UInt8]) throws -> Block?,
        consume: @escaping (Block, Worker.Outcome) throws -> Void, consumesAside: Bool,
        state: consuming sending PipelineState<Worker>
    ) {
        self.produce = produce
        self.consume = consume
        self.consumesAside = consumesAside
        self.state = Mutex(state)
    }

    func run(worker index: Int) {
        guard var worker = state.withLock({ $0.workers[index].take() }) else { return }
        var finished: (Block, Worker.Outcome)?
        steps: while true {
            switch step(after: &finished) {
            case .work(let block): finished = (block, worker.work(on: block))
            case .wait: room.wait()
            case .end: break steps
            }
        }
        state.withLock { $0.workers[index] = worker }
    }

    func finish() throws -> [Worker] {
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            return state.workers.compactMap { $0 }
        }
    }

    /// Hands in what came of a block and takes the next one.
    private func step(after finished: inout (Block, Worker.Outcome)?) -> Step {
        if consumesAside {
            consumeInOrder(&finished)
            serial.wait()
            defer { serial.signal() }
            return produceNext()
        }
        serial.wait()
        defer { serial.signal() }
        consumeInOrder(&finished)
        return produceNext()
    }

    /// Consumes what is next, if no other thread is at it; that thread goes on until nothing is ready.
    private func consumeInOrder(_ finished: inout (Block, Worker.Outcome)?) {
        let done = finished.take()
        var ready = state.withLock { state in
            if let done { state.waiting[done.0.ordinal] = done }
            return state.takeReady()
        }
        while let (block, outcome) = ready.take() {
            let consumed = Result { try consume(block, outcome) }
            ready = state.withLock { state in
                state.endConsumption(of: block, consumed)
                letOthersGoOn(&state)
                return state.takeReady()
            }
        }
    }

    /// Reads the next block, if there is room for it.
    ///
    /// Nobody else holds its storage then, so that it is filled again without a copy; a closure around the call would.
    private func produceNext() -> Step {
        let storage: [UInt8]
        switch state.withLock({ $0.takeStorage() }) {
        case .storage(let spare): storage = spare
        case .wait: return .wait
        case .end: return .end
        }
        do {
            let block = try produce(consume storage)
            return state.withLock { state in
                defer { letOthersGoOn(&state) }
                guard let block else {
                    state.hasEnded = true
                    return .end
                }
                state.open += 1
                return .work(block)
            }
        } catch {
            state.withLock { state in
                state.fail(error)
                letOthersGoOn(&state)
            }
            return .end
        }
    }

    /// Whatever changed, those who wait for room look again.
    private func letOthersGoOn(_ state: inout PipelineState<Worker>) {
        guard state.open < state.window || state.isOver else { return }
        for _ in 0..<state.heldUp { room.signal() }
        state.heldUp = 0
    }
}
