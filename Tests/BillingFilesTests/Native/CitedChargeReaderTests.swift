import BillingRecords
import TestSupport
import Testing

@testable import BillingFiles

@Suite("Cited charges are looked up again")
struct CitedChargeReaderTests {
    /// Sound rows with ids that are simple, quoted, over several lines, or long; and rows with faults.
    private static func text(_ count: Int, seed: UInt64) -> (text: [UInt8], identifiers: [String], lines: [Int]) {
        var random = SplitMix64(seed: seed)
        var text = ChargeText.header
        var identifiers: [String] = []
        var lines: [Int] = []
        for number in 0..<count {
            let identifier =
                random.pick(["C", "C\nx\n", "a,b \"q\" ", "", String(repeating: "é", count: 600)]) + "\(number)"
            let isFaulty = random.once(in: 10)
            if !isFaulty {
                identifiers.append(identifier)
                lines.append(text.utf8.count { $0 == UInt8(ascii: "\n") } + 1)
            }
            text += "\"\(identifier.replacing("\"", with: "\"\""))\",S1,"
            text +=
                random.pick(["renewal", "\"renewal\""]) + (isFaulty ? ",x" : ",2025-01-01") + ",,,1.00,EUR,posted\n"
        }
        return (Array(text.utf8), identifiers, lines)
    }

    private func check(_ read: ChargesReadAll, identifiers: [String], files: [String], lines: [Int]) throws {
        let reader = CitedChargeReader(directory: read.directory, formats: read.formats, sources: read.sources)
        let cited = try reader.charges(at: Array(Set(read.positions)))
        #expect(cited.count == read.positions.count)
        #expect(read.positions.map { cited[$0].map { String(decoding: $0.identifier, as: UTF8.self) } } == identifiers)
        #expect(read.positions.map { cited[$0]?.line } == lines)
        #expect(read.positions.map { cited[$0]?.file } == files)
        // Charges whose offset in the block was not kept are found by counting records.
        let counted = read.positions.map {
            RecordPosition(block: UInt32($0.block), byteOffset: nil, record: UInt32($0.record))
        }
        let found = try reader.charges(at: counted)
        #expect(counted.map { found[$0] } == read.positions.map { cited[$0] })
        // One charge alone is the same as among all.
        if let last = read.positions.last { #expect(try reader.charges(at: [last])[last] == cited[last]) }
        #expect(try reader.charges(at: []).isEmpty)
    }

    @Test(
        "Plain and compressed files, records of several lines and long ones", arguments: ["csv", "csv.gz"], [64, 4096])
    func lookUp(suffix: String, blockSize: Int) throws {
        let scratch = try ScratchDirectory()
        var expected: (identifiers: [String], files: [String], lines: [Int]) = ([], [], [])
        var paths: [String] = []
        for file in 0..<3 {
            let sample = Self.text(50, seed: testSeed &+ UInt64(file))
            let name = "charges-\(file).\(file == 1 ? "csv" : suffix)"
            let bytes = name.hasSuffix("gz") ? try FileFixtures.gzip(sample.text, in: scratch) : sample.text
            paths.append(try scratch.write(bytes, to: name))
            expected.identifiers += sample.identifiers
            expected.lines += sample.lines
            expected.files += sample.identifiers.map { _ in name }
        }
        let read = try ChargesReadAll(paths: paths, blockSize: blockSize)
        #expect(read.positions.count > 100)
        try check(read, identifiers: expected.identifiers, files: expected.files, lines: expected.lines)
    }

    @Test("The last record without a line end", arguments: [1, 500, 600, 4000, 20_000])
    func lastRecord(length: Int) throws {
        let scratch = try ScratchDirectory()
        let identifier = String(repeating: "x", count: length)
        let text = "\u{FEFF}" + ChargeText.header + identifier + ",S1,renewal,2025-01-01,,,1.00,EUR,posted"
        let read = try ChargesReadAll(paths: [scratch.write(Array(text.utf8), to: "c.csv")], blockSize: 64)
        try check(read, identifiers: [identifier], files: ["c.csv"], lines: [2])
    }

    @Test("Each file has its own order of columns")
    func layouts() throws {
        let scratch = try ScratchDirectory()
        let reversed = NativeColumns.charges.reversed().joined(separator: ",")
        let paths = [
            try scratch.write(
                Array((ChargeText.header + "C1,S1,renewal,2025-01-01,,,1.00,EUR,posted\n").utf8), to: "a.csv"),
            try scratch.write(Array("\(reversed)\nposted,EUR,1.00,,,2025-01-01,renewal,S1,C2\n".utf8), to: "b.csv"),
        ]
        let read = try ChargesReadAll(paths: paths, blockSize: 4096)
        try check(read, identifiers: ["C1", "C2"], files: ["a.csv", "b.csv"], lines: [2, 2])
    }

    @Test(
        "A file that changes while its charges are looked up is told, whatever was found in it",
        arguments: [false, true])
    func changed(seemsDamaged: Bool) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Self.text(50, seed: testSeed).text, to: "c.csv")
        let read = try ChargesReadAll(paths: [path], blockSize: 4096)
        let reader = CitedChargeReader(directory: read.directory, formats: read.formats, sources: read.sources)
        #expect(throws: InputError.changedWhileRead(path: path)) {
            var found = 0
            try reader.locate(read.positions.sorted()[...]) { (_, _) throws(InputError) in
                found += 1
                guard found == 5 else { return }
                // As many bytes as before: only the file system tells.
                _ = try? FileFixtures.shell("sleep 0.05; printf X | dd of='\(path)' bs=1 seek=200 conv=notrunc 2>&1")
                if seemsDamaged { throw .readFailed(path: path, reason: "damaged") }
            }
        }
    }
}
