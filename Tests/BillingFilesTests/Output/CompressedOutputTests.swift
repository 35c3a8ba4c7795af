import Foundation
import TestSupport
import Testing

@testable import BillingFiles

/// Outputs that are compressed by their names; the programs gzip and zstd judge them.
@Suite struct CompressedOutputTests {
    static let hasZstd = (try? FileFixtures.shell("command -v zstd")) != nil

    /// The path of a new output that holds `pieces`, and what was finished.
    private func write(
        _ pieces: [[UInt8]], to name: String, in scratch: ScratchDirectory, inBackground: Bool = false
    ) throws -> (path: String, identity: OutputIdentity) {
        let output = try SingleFileOutput(
            path: scratch.path(name), replacing: true, hashing: true, inBackground: inBackground)
        for piece in pieces { try output.file.append(piece) }
        #expect(output.file.size == UInt64(pieces.reduce(0) { $0 + $1.count }))
        let identity = try output.file.finish()
        try output.publish()
        return (scratch.path(name), identity)
    }

    /// Nothing, a byte, many small pieces, one piece of several MiB, and bytes that cannot be compressed.
    static let contents: [[[UInt8]]] = {
        var random = SplitMix64(seed: 11)
        let noise = (0..<700_000).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        let rows = FileFixtures.rows(3000)
        return [
            [], [[]], [[7]], (0..<500).map { Array(rows[($0 * 100)..<($0 * 100 + 100)]) },
            [FileFixtures.rows(60_000)], [noise, rows, noise],
        ]
    }()

    @Test(arguments: contents.indices, [false, true])
    func gzipTakesThem(content: Int, inBackground: Bool) throws {
        let scratch = try ScratchDirectory()
        let pieces = Self.contents[content]
        let (path, identity) = try write(pieces, to: "a.csv.gz", in: scratch, inBackground: inBackground)
        _ = try FileFixtures.shell("gzip -t '\(path)' && gzip -dc '\(path)' > '\(scratch.path("plain"))'")
        #expect(try scratch.bytes(of: "plain") == pieces.flatMap { $0 })
        let stored = try scratch.bytes(of: "a.csv.gz")
        // RFC 1952: no flags, so no name; no time; whatever the machine, an operating system of Unix.
        #expect(Array(stored[0..<8]) == [0x1f, 0x8b, 8, 0, 0, 0, 0, 0])
        #expect(identity.size == UInt64(stored.count))
        #expect(identity.sha256 == (try FileFixtures.sha256sum(path)))
        #expect(try InputSource(path: path).readAll() == pieces.flatMap { $0 })
    }

    @Test(.enabled(if: hasZstd, "zstd is not installed"), arguments: contents.indices, [false, true])
    func zstdTakesThem(content: Int, inBackground: Bool) throws {
        let scratch = try ScratchDirectory()
        let pieces = Self.contents[content]
        let (path, identity) = try write(pieces, to: "a.csv.ZST", in: scratch, inBackground: inBackground)
        _ = try FileFixtures.shell("zstd -qt '\(path)' && zstd -qdc '\(path)' > '\(scratch.path("plain"))'")
        #expect(try scratch.bytes(of: "plain") == pieces.flatMap { $0 })
        #expect(identity.size == UInt64(try scratch.bytes(of: "a.csv.ZST").count))
        #expect(try InputSource(path: path).readAll() == pieces.flatMap { $0 })
    }

    @Test(arguments: ["a.gz", "a.zst"])
    func theBytesDependOnTheContentAlone(name: String) throws {
        let scratch = try ScratchDirectory()
        let rows = FileFixtures.rows(20_000)
        _ = try write([rows], to: name, in: scratch)
        let whole = try scratch.bytes(of: name)
        let pieces = stride(from: 0, to: rows.count, by: 1013).map { Array(rows[$0..<min(rows.count, $0 + 1013)]) }
        _ = try write(pieces, to: name, in: scratch, inBackground: true)
        #expect(try scratch.bytes(of: name) == whole)
        #expect(whole.count < rows.count / 2)
    }

    @Test func aNameThatPromisesNothingStaysPlain() throws {
        let scratch = try ScratchDirectory()
        _ = try write([[1, 2, 3]], to: "a.gz.csv", in: scratch)
        #expect(try scratch.bytes(of: "a.gz.csv") == [1, 2, 3])
    }

    @Test func aFileWithoutADigest() throws {
        let scratch = try ScratchDirectory()
        let output = try SingleFileOutput(
            path: scratch.path("a.csv"), replacing: false, hashing: false, inBackground: true)
        try output.file.append("12345")
        #expect(try output.file.finishWithoutDigest() == 5)
        try output.publish()
        #expect(try scratch.bytes(of: "a.csv") == Array("12345".utf8))
        #expect(throws: OutputError.self) { try output.file.finishWithoutDigest() }
    }
}
