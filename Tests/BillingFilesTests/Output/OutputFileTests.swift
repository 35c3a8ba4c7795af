import Crypto
import Foundation
import TestSupport
import Testing

@testable import BillingFiles

@Suite struct OutputFileTests {
    @Test(arguments: [0, 1, 1000, 262_143, 262_144, 262_145, 3_000_000], [true, false])
    func sizeAndDigestAreThoseOfTheFile(size: Int, hashing: Bool) throws {
        let scratch = try ScratchDirectory()
        let bytes = Array(FileFixtures.rows(size / 30 + 1).prefix(size))
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        let file = try directory.createFile(named: "a.csv", hashing: hashing)
        try file.append(bytes)
        let identity = try file.finish()
        try directory.publish()
        #expect(identity.name == "a.csv")
        #expect(identity.size == UInt64(bytes.count))
        #expect(try identity.sha256 == FileFixtures.sha256sum(scratch.path("out/a.csv")))
        #expect(identity.sha256 == FileDigest.sha256(of: bytes))
        #expect(try scratch.bytes(of: "out/a.csv") == bytes)
    }

    @Test func aDigestFromElsewhereIsTaken() throws {
        let scratch = try ScratchDirectory()
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        let file = try directory.createFile(named: "a.csv", hashing: false)
        try file.append("abc")
        // A digest of other bytes shows that it is taken and not computed.
        var hash = SHA256()
        hash.update(data: Array("abcd".utf8))
        #expect(try file.finish(digest: hash).sha256 == FileDigest.sha256(of: Array("abcd".utf8)))
    }

    @Test func anyPiecesMakeTheSameFile() throws {
        let seed: UInt64 = 4711
        var random = SplitMix64(seed: seed)
        let bytes = FileFixtures.rows(60_000)
        for round in 0..<5 {
            let scratch = try ScratchDirectory()
            let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
            let file = try directory.createFile(named: "a.csv")
            var rest = bytes[...]
            while !rest.isEmpty {
                let largest = [1, 500, 262_144, 600_000].randomElement(using: &random) ?? 1
                let piece = Array(rest.prefix(Int.random(in: 0...largest, using: &random)))
                try file.append(piece)
                rest = rest.dropFirst(piece.count)
                #expect(file.size == UInt64(bytes.count - rest.count))
            }
            _ = try file.finish()
            try directory.publish()
            #expect(try scratch.bytes(of: "out/a.csv") == bytes, "seed \(seed), round \(round)")
        }
    }

    @Test func nothingFollowsTheEnd() throws {
        let scratch = try ScratchDirectory()
        let directory = try OutputDirectory(path: scratch.path("out"), replacing: false)
        let file = try directory.createFile(named: "a.csv")
        _ = try file.finish()
        #expect(throws: OutputError.self) { try file.finish() }
        try file.append("late")
        #expect(throws: OutputError.self) { try file.finish() }
    }

    @Test func digestsAreThePublishedOnes() {
        // FIPS 180-4, the examples of one block and of none.
        #expect(
            FileDigest.sha256(of: Array("abc".utf8))
                == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(
            FileDigest.sha256(of: []) == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")
    }
}
