import Foundation
import TestSupport
import Testing

@testable import BillingFiles

@Suite struct InputReplayTests {
    static let text = FileFixtures.rows(20_000)

    @Test(arguments: ["a.csv", "a.gz", "a.zst"])
    func givesTheSameBytesAtAnyPlace(name: String) throws {
        let seed: UInt64 = 77
        var random = SplitMix64(seed: seed)
        let scratch = try ScratchDirectory()
        let packed = name == "a.csv" ? Self.text : try CompressedInputTests.pack(Self.text, for: name, in: scratch)
        let source = try InputSource(path: scratch.write(packed, to: name))
        _ = try source.readAll()
        _ = try source.finish()
        let replay = try InputReplay(of: source)
        let offsets = (0..<50).map { _ in Int.random(in: 0...(Self.text.count + 10), using: &random) }
        // Sorted is the promised order; a few steps back must still be right.
        for offset in offsets.sorted() + offsets.prefix(3) {
            let count = Int.random(in: 0...70_000, using: &random)
            let expected = Array(Self.text.dropFirst(offset).prefix(count))
            #expect(try replay.bytes(at: UInt64(offset), count: count) == expected, "seed \(seed), offset \(offset)")
        }
    }

    @Test func refusesASourceThatWasNotReadToItsEnd() throws {
        let scratch = try ScratchDirectory()
        let source = try InputSource(path: scratch.write(Self.text, to: "a.csv"))
        #expect(throws: InputError.self) { try InputReplay(of: source) }
    }

    @Test(arguments: ["a.csv", "a.gz"])
    func noticesAFileThatChangedSince(name: String) throws {
        let scratch = try ScratchDirectory()
        let packed = name == "a.csv" ? Self.text : try FileFixtures.gzip(Self.text, in: scratch)
        let path = try scratch.write(packed, to: name)
        let source = try InputSource(path: path)
        _ = try source.readAll()
        _ = try source.finish()
        let replay = try InputReplay(of: source)
        #expect(try replay.bytes(at: 0, count: 10) == Array(Self.text.prefix(10)))
        Thread.sleep(forTimeInterval: 0.05)
        _ = try FileFixtures.shell("printf X | dd of='\(path)' bs=1 seek=200 conv=notrunc 2>&1")
        #expect(throws: InputError.changedWhileRead(path: path)) { try replay.bytes(at: 20, count: 10) }
    }

    @Test func plainFilesAreReadByManyThreads() async throws {
        let scratch = try ScratchDirectory()
        let source = try InputSource(path: scratch.write(Self.text, to: "a.csv"))
        _ = try source.readAll()
        let replay = try InputReplay(of: source)
        let text = Self.text
        let right = try await withThrowingTaskGroup(of: Bool.self) { group in
            for part in 0..<8 {
                group.addTask {
                    try (0..<200).allSatisfy { index in
                        let offset = (index * 8 + part) * 500
                        let expected = Array(text.dropFirst(offset).prefix(500))
                        return try replay.bytes(at: UInt64(offset), count: 500) == expected
                    }
                }
            }
            return try await group.reduce(true) { $0 && $1 }
        }
        #expect(right)
    }
}
