import BillingFiles
import TestSupport
import Testing

@Suite("Files are cut into blocks of whole records")
struct BlockSequenceTests {
    static let sizes = [64, 65, 100, 4096, 1 << 18]

    @Test("The blocks of any size are the file, and each ends behind a record", arguments: sizes, ["\n", "\r\n"])
    func blocksAreTheFile(size: Int, lineEnd: String) throws {
        let scratch = try ScratchDirectory()
        for round in 0..<20 {
            var csv = RandomCSV(seed: testSeed &+ UInt64(round))
            let text = csv.charges(60, faultRarity: 10, lineEnd: lineEnd)
            let path = try scratch.write(text, to: "charges.csv")
            let reading = try BlockReading(paths: [path], blockSize: size)
            let header = try #require(reading.headers.first)
            #expect(reading.rejections.isEmpty, "seed \(testSeed), round \(round)")
            #expect(header.bytes + reading.bytes(file: 0) == text, "seed \(testSeed), round \(round)")
            let ends = Self.recordEnds(text)
            for block in reading.blocks {
                let end = Int(block.fileOffset) + block.count
                #expect(ends.contains(end), "seed \(testSeed), round \(round), block \(block.ordinal)")
                #expect(block.storage.count >= block.count + Block.padding)
            }
        }
    }

    @Test("Blocks are numbered through, follow one another, and the last one says so")
    func blocksFollowOneAnother() throws {
        let scratch = try ScratchDirectory()
        var csv = RandomCSV(seed: testSeed)
        let paths = try ["a.csv", "b.csv"].map { try scratch.write(csv.charges(40, faultRarity: 9), to: $0) }
        let reading = try BlockReading(paths: paths, blockSize: 200)
        #expect(reading.blocks.map(\.ordinal) == (0..<UInt32(reading.blocks.count)).map { $0 })
        for file in 0..<2 {
            let blocks = reading.blocks.filter { $0.file == file }
            var offset = UInt64(reading.headers[file].bytes.count)
            for block in blocks {
                #expect(block.fileOffset == offset)
                offset += UInt64(block.count)
            }
            #expect(blocks.map(\.isLast) == blocks.indices.map { $0 == blocks.count - 1 })
            #expect(try offset == UInt64(scratch.bytes(of: ["a.csv", "b.csv"][file]).count))
        }
    }

    @Test("Decoding finds the same in blocks of any size", arguments: [64, 65, 100, 4096], [0, 1, 2])
    func recordsDoNotDependOnBlocks(size: Int, damage: Int) throws {
        let scratch = try ScratchDirectory()
        for round in 0..<25 {
            var csv = RandomCSV(seed: testSeed &+ UInt64(round))
            let paths = try (0..<2).map { number in
                var text = csv.charges(50, faultRarity: 5, lineEnd: csv.random.pick(["\n", "\r\n"]))
                let header = text.firstIndex(of: UInt8(ascii: "\n")) ?? 0
                for _ in 0..<(damage * csv.random.below(3)) {
                    text.insert(
                        csv.random.pick([0x22, 0x2C, 0x0A, 0x0D, 0, 0xC3]),
                        at: header + 1 + csv.random.below(text.count - header))
                }
                if csv.random.once(in: 3) { text.removeLast(csv.random.below(40)) }
                return try scratch.write(text, to: "charges-\(number).csv")
            }
            let small = try ChargesReadAll(paths: paths, blockSize: size)
            let whole = try ChargesReadAll(paths: paths, blockSize: 1 << 18)
            #expect(small.charges == whole.charges, "seed \(testSeed), round \(round)")
            #expect(small.findings == whole.findings, "seed \(testSeed), round \(round)")
            #expect(small == whole, "seed \(testSeed), round \(round)")
            #expect(!whole.charges.isEmpty)
        }
    }

    @Test("A record longer than a block makes its block longer, and the next ones short again")
    func longRecord() throws {
        let scratch = try ScratchDirectory()
        let rows = (0..<30).map { $0 == 10 ? String(repeating: "x", count: 1000) + "\n" : "row \($0)\n" }
        let path = try scratch.write(Array(("h\n" + rows.joined()).utf8), to: "long.csv")
        let reading = try BlockReading(paths: [path], blockSize: 64)
        #expect(String(decoding: reading.bytes(file: 0), as: UTF8.self) == rows.joined())
        #expect(reading.blocks.filter { $0.count > 64 }.count == 1)
    }

    @Test("What was read beyond a long record is cut into blocks of the usual size")
    func shortRecordsBehindLongOne() throws {
        let scratch = try ScratchDirectory()
        let rows = String(repeating: "123456789\n", count: 500)
        let text = "h\n" + String(repeating: "x", count: 4500) + "\n" + rows
        let reading = try BlockReading(
            paths: [try scratch.write(Array(text.utf8), to: "long.csv")], blockSize: 1000)
        #expect(reading.bytes(file: 0) == Array(text.utf8.dropFirst(2)))
        #expect(reading.blocks.count <= 8)
    }

    @Test("A file that ends without a line end keeps its last record")
    func noFinalLineEnd() throws {
        let scratch = try ScratchDirectory()
        // Lengths around the block size: the end of the file is then seen before, at and behind the end of a block.
        for length in 50...150 {
            let rows = "abc\n" + String(repeating: "x", count: length)
            let path = try scratch.write(Array(("h\n" + rows).utf8), to: "open.csv")
            let reading = try BlockReading(paths: [path], blockSize: 64)
            #expect(String(decoding: reading.bytes(file: 0), as: UTF8.self) == rows)
            #expect(reading.blocks.last?.isLast == true)
        }
    }

    @Test("A compressed file gives the blocks of its text")
    func compressed() throws {
        let scratch = try ScratchDirectory()
        var csv = RandomCSV(seed: testSeed)
        let text = csv.charges(200, faultRarity: 9)
        let plain = try scratch.write(text, to: "charges.csv")
        let packed = [
            try scratch.write(try FileFixtures.gzip(text, in: scratch), to: "charges.csv.gz"),
            try scratch.write(FileFixtures.zstd(text), to: "charges.csv.zst"),
        ]
        let expected = try BlockReading(paths: [plain], blockSize: 300)
        for path in packed {
            let reading = try BlockReading(paths: [path], blockSize: 300)
            #expect(reading.blocks.map(\.count) == expected.blocks.map(\.count))
            #expect(reading.bytes(file: 0) == expected.bytes(file: 0))
        }
    }

    /// Where records end, by the parity of quotes.
    private static func recordEnds(_ text: [UInt8]) -> Set<Int> {
        var isQuoted = false
        var ends: Set<Int> = []
        for (index, byte) in text.enumerated() {
            if byte == UInt8(ascii: "\"") { isQuoted.toggle() }
            if byte == UInt8(ascii: "\n"), !isQuoted { ends.insert(index + 1) }
        }
        return ends
    }
}
