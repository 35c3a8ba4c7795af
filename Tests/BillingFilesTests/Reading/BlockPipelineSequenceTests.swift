import Testing

@testable import BillingFiles

@Suite("The pipeline over the blocks of a file")
struct BlockPipelineSequenceTests {
    /// Counts the rows that end in its blocks.
    struct RowCounter: BlockWorker {
        var rows = 0

        mutating func work(on block: Block) -> Int {
            let ended = block.storage.prefix(block.count).count { $0 == UInt8(ascii: "\n") }
            rows += ended
            return ended
        }
    }

    struct Broken: Error {}

    private let scratch: ScratchDirectory

    init() throws { scratch = try ScratchDirectory() }

    /// A sequence whose header was read, of rows of eight bytes in blocks of 64.
    private func sequence(rows: Int, then rest: String = "", maximumRecordBytes: Int = 1 << 20) throws -> BlockSequence
    {
        let text = "a,b\n" + String(repeating: "123,456\n", count: rows) + rest
        let path = try scratch.write(Array(text.utf8), to: "rows.csv")
        let sequence = BlockSequence(
            sources: [try InputSource(path: path)], maximumRecordBytes: maximumRecordBytes, blockSize: 64)
        _ = try sequence.readHeader().get()
        return sequence
    }

    @Test("Every block is seen when it is read and consumed once, up to the end", arguments: [1, 2, 8])
    func wholeFile(threads: Int) throws {
        var read: [UInt8] = []
        var rows = 0
        let (workers, rejection) = try BlockPipeline.run(
            workers: Array(repeating: RowCounter(), count: threads), over: sequence(rows: 500),
            onRead: { read += $0.storage.prefix($0.count) },
            consume: { _, ended in rows += ended })
        #expect(rejection == nil)
        #expect(rows == 500)
        #expect(workers.reduce(0) { $0 + $1.rows } == 500)
        #expect(String(decoding: read, as: UTF8.self) == String(repeating: "123,456\n", count: 500))
    }

    @Test("What stops the reading is handed back, and the blocks before it were consumed", arguments: [1, 2, 8])
    func rejected(threads: Int) throws {
        var rows = 0
        let tooLong = String(repeating: "x", count: 2000)
        let (workers, rejection) = try BlockPipeline.run(
            workers: Array(repeating: RowCounter(), count: threads),
            over: sequence(rows: 500, then: tooLong, maximumRecordBytes: 512),
            consume: { _, ended in rows += ended })
        #expect(rejection?.finding.rule == .recordTooLong)
        #expect(rows == 500)
        #expect(workers.count == threads)
    }

    @Test("Who takes the read blocks may stop it all")
    func stopped() throws {
        var read = 0
        #expect(throws: Broken.self) {
            try BlockPipeline.run(
                workers: [RowCounter(), RowCounter()], over: sequence(rows: 500),
                onRead: { _ in
                    read += 1
                    if read == 3 { throw Broken() }
                },
                consume: { _, _ in })
        }
        #expect(read == 3)
    }
}
