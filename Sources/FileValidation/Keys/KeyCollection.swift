import BillingFiles
import DelimitedText

/// Reads a file for its keys alone, to learn which of them may stand twice.
struct KeyCollection {
    let plan: TablePlan
    let seed: UInt64
    let threads: Int
    /// Makes rows of the blocks of an XML file; nil for CSV.
    var reader: XMLBlockReader?

    /// Reads the blocks of a file whose header was read.
    func run(_ sequence: BlockSequence, progress: () -> Void) throws -> KeySuspicion {
        var buckets = plan.uniqueKeys.map { _ in KeyHashBuckets() }
        let worker = KeyWorker(plan: plan, seed: seed, reader: reader)
        // What stops the reading is told by the second one.
        try BlockPipeline.run(
            workers: Array(repeating: worker, count: threads), over: sequence,
            onRead: { _ in progress() },
            consume: { _, hashes in
                for (key, hashes) in hashes.enumerated() { buckets[key].add(hashes) }
            })
        return KeySuspicion(seed: seed, hashes: buckets.map { $0.repeated(threads: threads) })
    }
}

/// Hashes the keys of blocks.
private struct KeyWorker: BlockWorker {
    private let keys: [UniqueKey]
    private let seed: UInt64
    private let scanner: FieldScanner
    private var rows: RowBatch
    private var text: RowText?

    init(plan: TablePlan, seed: UInt64, reader: XMLBlockReader?) {
        text = reader.map(RowText.init)
        keys = plan.uniqueKeys
        self.seed = seed
        scanner = FieldScanner(fieldCount: plan.columns.count, dialect: plan.dialect)
        rows = RowBatch(columns: plan.columns.count, dialect: plan.dialect)
    }

    mutating func work(on block: Block) -> [[UInt64]] {
        let block = text?.read(block) ?? block
        rows.block = block
        defer { rows.block.storage = [] }
        scanner.scan(block.storage.span.extracting(0..<block.count), isLast: block.isLast, into: &rows.table)
        return keys.map { key in KeyHashes.of(rows, key, seed: seed).map(\.hash) }
    }
}
