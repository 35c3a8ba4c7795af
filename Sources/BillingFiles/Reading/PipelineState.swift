/// How far a pipeline of blocks has come.
struct PipelineState<Worker: BlockWorker> {
    /// The workers that no thread has.
    var workers: [Worker?]

    /// The outcomes that are not consumed yet, by the ordinals of their blocks.
    var waiting: [UInt32: (Block, Worker.Outcome)] = [:]

    /// How many blocks were given out and not consumed yet.
    var open = 0

    /// How many of them there may be.
    let window: Int

    /// How many threads wait until a block may be given out.
    var heldUp = 0

    /// Whether there is no further block.
    var hasEnded = false

    /// The first error.
    private(set) var failure: (any Error)?

    private var nextOutcome: UInt32
    private var isConsuming = false
    private var spareStorage: [[UInt8]] = []

    /// What a thread that wants a block has to do.
    enum Demand {
        case storage([UInt8])
        case wait
        case end
    }

    /// Nothing read yet.
    init(workers: [Worker], nextOutcome: UInt32, window: Int) {
        self.workers = workers
        self.nextOutcome = nextOutcome
        self.window = window
    }

    /// Whether no block will be given out any more.
    var isOver: Bool { hasEnded || failure != nil }

    /// The outcome that is to be consumed next, if it is there and nobody consumes; whoever gets it is the consumer
    /// until `endConsumption`.
    mutating func takeReady() -> (Block, Worker.Outcome)? {
        guard !isConsuming, failure == nil, let ready = waiting.removeValue(forKey: nextOutcome) else { return nil }
        isConsuming = true
        nextOutcome += 1
        return ready
    }

    /// Ends what `takeReady` began.
    mutating func endConsumption(of block: Block, _ consumed: Result<Void, any Error>) {
        isConsuming = false
        open -= 1
        spareStorage.append(block.storage)
        if case .failure(let error) = consumed { fail(error) }
    }

    /// The storage for another block, if there may be one.
    mutating func takeStorage() -> Demand {
        if isOver { return .end }
        // The thread with the oldest block is at work on it and never comes to wait here.
        guard open < window else {
            heldUp += 1
            return .wait
        }
        return .storage(spareStorage.popLast() ?? [])
    }

    /// Notes an error; the first one counts.
    mutating func fail(_ error: any Error) { failure = failure ?? error }
}
