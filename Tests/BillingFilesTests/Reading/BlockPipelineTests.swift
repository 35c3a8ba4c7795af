import Synchronization
import TestSupport
import Testing

@testable import BillingFiles

@Suite("The pipeline of blocks")
struct BlockPipelineTests {
    /// Sums the first bytes of its blocks, slowly and unevenly.
    struct SlowWorker: BlockWorker {
        let delays: Bool
        var worked = 0

        mutating func work(on block: Block) -> Int {
            worked += 1
            if delays {
                var random = SplitMix64(seed: testSeed &+ UInt64(block.ordinal))
                spin(random.below(300))
            }
            return Int(block.storage[0])
        }

        private func spin(_ microseconds: Int) {
            let end = ContinuousClock.now.advanced(by: .microseconds(microseconds))
            while ContinuousClock.now < end {}
        }
    }

    struct Broken: Error, Equatable {
        let at: UInt32
    }

    /// `count` blocks of one byte, which is the ordinal's lowest.
    private func produce(_ next: inout UInt32, until end: UInt32, storage: consuming [UInt8]) -> Block? {
        guard next < end else { return nil }
        defer { next += 1 }
        var bytes = consume storage
        if bytes.isEmpty { bytes = [UInt8](repeating: 0, count: 1 + Block.padding) }
        bytes[0] = UInt8(truncatingIfNeeded: next)
        return Block(
            ordinal: next, file: Int(next) % 3, fileOffset: UInt64(next) * 10, storage: bytes, count: 1, isLast: false)
    }

    @Test("No more blocks are under way than the window allows", arguments: [1, 2, 8], [1, 3, 20])
    func window(workers: Int, window: Int) throws {
        var next: UInt32 = 0
        var consumed = 0
        var widest = 0
        _ = try BlockPipeline.run(
            workers: Array(repeating: SlowWorker(delays: true), count: workers), firstOrdinal: 0, window: window,
            produce: { storage in
                let block = produce(&next, until: 200, storage: storage)
                widest = max(widest, Int(next) - consumed)
                return block
            },
            consume: { _, _ in consumed += 1 })
        #expect(consumed == 200)
        // Each thread needs a block of its own to go on.
        #expect(widest <= max(window, workers), "seed \(testSeed)")
    }

    @Test(
        "Outcomes come in the order of the blocks, each once",
        arguments: [1, 2, 8], [(0, false), (5, true), (1000, false), (0, true)] as [(UInt32, Bool)])
    func order(workers: Int, reading: (firstOrdinal: UInt32, consumesAside: Bool)) throws {
        let firstOrdinal = reading.firstOrdinal
        var next = firstOrdinal
        let end = firstOrdinal + 300
        var seen: [UInt32] = []
        let returned = try BlockPipeline.run(
            workers: Array(repeating: SlowWorker(delays: true), count: workers), firstOrdinal: firstOrdinal,
            consumesAside: reading.consumesAside,
            produce: { produce(&next, until: end, storage: $0) },
            consume: { place, outcome in
                #expect(outcome == Int(UInt8(truncatingIfNeeded: place.ordinal)))
                #expect(place.file == Int(place.ordinal) % 3)
                #expect(place.fileOffset == UInt64(place.ordinal) * 10)
                seen.append(place.ordinal)
            })
        #expect(seen == Array(firstOrdinal..<end), "seed \(testSeed)")
        #expect(returned.count == workers)
        #expect(returned.reduce(0) { $0 + $1.worked } == 300)
    }

    @Test("One thread consumes while another one produces, if it may")
    func aside() throws {
        let produced = Atomic<UInt32>(0)
        let deadline = ContinuousClock.now.advanced(by: .seconds(30))
        var producedMeanwhile: UInt32 = 0
        var next: UInt32 = 0
        _ = try BlockPipeline.run(
            workers: Array(repeating: SlowWorker(delays: false), count: 2), firstOrdinal: 0, consumesAside: true,
            produce: { storage in
                let block = produce(&next, until: 4, storage: storage)
                produced.store(next, ordering: .releasing)
                return block
            },
            consume: { place, _ in
                // Under one lock the last block would never come while the first is being consumed.
                guard place.ordinal == 0 else { return }
                while produced.load(ordering: .acquiring) < 4, ContinuousClock.now < deadline {}
                producedMeanwhile = produced.load(ordering: .acquiring)
            })
        #expect(producedMeanwhile == 4)
    }

    @Test("Storage that comes back is filled again without a copy", arguments: [false, true])
    func storage(consumesAside: Bool) throws {
        var next: UInt32 = 0
        var copies = 0
        _ = try BlockPipeline.run(
            workers: [SlowWorker(delays: false)], firstOrdinal: 0, consumesAside: consumesAside,
            produce: { storage in
                let before = unsafe storage.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
                let wasEmpty = storage.isEmpty
                guard let block = produce(&next, until: 20, storage: consume storage) else { return nil }
                let after = unsafe block.storage.withUnsafeBufferPointer { UInt(bitPattern: $0.baseAddress) }
                if !wasEmpty && before != after { copies += 1 }
                return block
            },
            consume: { _, _ in })
        #expect(next == 20)
        #expect(copies == 0)
    }

    @Test("No block at all", arguments: [1, 2, 8])
    func nothing(workers: Int) throws {
        let returned = try BlockPipeline.run(
            workers: Array(repeating: SlowWorker(delays: false), count: workers), firstOrdinal: 0,
            produce: { _ in nil }, consume: { _, _ in Issue.record("nothing to consume") })
        #expect(returned.map(\.worked) == Array(repeating: 0, count: workers))
    }

    @Test("An error of the producer stops all and reaches the caller", arguments: [1, 2, 8], [0, 1, 50] as [UInt32])
    func producerFails(workers: Int, at: UInt32) {
        var next: UInt32 = 0
        var consumed: [UInt32] = []
        #expect(throws: Broken(at: at)) {
            _ = try BlockPipeline.run(
                workers: Array(repeating: SlowWorker(delays: true), count: workers), firstOrdinal: 0,
                produce: {
                    if next == at { throw Broken(at: at) }
                    return produce(&next, until: 1000, storage: $0)
                },
                consume: { place, _ in consumed.append(place.ordinal) })
        }
        #expect(consumed == Array(0..<UInt32(consumed.count)))
        #expect(next == at)
    }

    @Test(
        "An error of the consumer stops all and reaches the caller",
        arguments: [1, 2, 8], [(0, false), (1, true), (50, false), (50, true)] as [(UInt32, Bool)])
    func consumerFails(workers: Int, failure: (at: UInt32, aside: Bool)) {
        let at = failure.at
        var next: UInt32 = 0
        var consumed: [UInt32] = []
        #expect(throws: Broken(at: at)) {
            _ = try BlockPipeline.run(
                workers: Array(repeating: SlowWorker(delays: true), count: workers), firstOrdinal: 0,
                consumesAside: failure.aside, produce: { produce(&next, until: 100_000, storage: $0) },
                consume: { place, _ in
                    if place.ordinal == at { throw Broken(at: at) }
                    consumed.append(place.ordinal)
                })
        }
        #expect(consumed == Array(0..<at))
        #expect(next < 100_000)
    }

    @Test("Threads get each number once, and all have ended on return", arguments: [0, 1, 2, 16])
    func threads(count: Int) {
        let called = Mutex<[Int]>([])
        WorkerThreads.run(count: count) { index in called.withLock { $0.append(index) } }
        #expect(called.withLock { $0.sorted() } == Array(0..<count))
        #expect(WorkerThreads.available >= 1)
    }
}
