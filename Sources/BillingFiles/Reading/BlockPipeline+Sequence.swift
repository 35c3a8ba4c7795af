extension BlockPipeline {
    /// Runs the pipeline over what is left of the current file of a sequence, up to its end or to what stops its reading.
    ///
    /// - Parameters:
    ///   - workers: one worker a thread; at least one.
    ///   - sequence: blocks of a file whose header was read.
    ///   - window: how many blocks may be under work or waiting to be consumed.
    ///   - consumesAside: whether one thread may consume while another one reads; `consume` must then use nothing that
    ///     reading uses.
    ///   - onRead: called with each block as it stands in the file, before work on it begins, by one thread at a time.
    ///   - consume: takes the outcomes in the order of the blocks. Called by one thread at a time.
    /// - Returns: the workers, and what stopped the reading of the file; nil when its end was reached. The blocks before
    ///   that were consumed.
    /// - Throws: `InputError` when the file cannot be read, or the first error of `onRead` or `consume`; all threads have
    ///   stopped then.
    @discardableResult
    public static func run<Worker: BlockWorker>(
        workers: [Worker],
        over sequence: BlockSequence,
        window: Int? = nil,
        consumesAside: Bool = false,
        onRead: (Block) throws -> Void = { _ in },
        consume: (Block, Worker.Outcome) throws -> Void
    ) throws -> (workers: [Worker], rejection: InputRejection?) {
        var rejection: InputRejection?
        let finished = try run(
            workers: workers, firstOrdinal: sequence.nextOrdinal, window: window, consumesAside: consumesAside,
            produce: { storage in
                switch try sequence.nextBlock(reusing: consume storage) {
                case nil: return nil
                case .success(let block)?:
                    try onRead(block)
                    return block
                case .failure(let failed)?:
                    rejection = failed
                    return nil
                }
            },
            consume: consume)
        return (finished, rejection)
    }
}
