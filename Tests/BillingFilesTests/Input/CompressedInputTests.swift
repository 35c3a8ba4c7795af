import Foundation
import TestSupport
import Testing

@testable import BillingFiles

@Suite struct CompressedInputTests {
    static let text = FileFixtures.rows(20_000)

    /// `bytes` in the format of `name`'s ending.
    static func pack(_ bytes: [UInt8], for name: String, in scratch: ScratchDirectory) throws -> [UInt8] {
        name.lowercased().hasSuffix("gz") ? try FileFixtures.gzip(bytes, in: scratch) : FileFixtures.zstd(bytes)
    }

    static let names: [(String, Compression)] = [
        ("a.csv", .none), ("a.gz", .gzip), ("A.GZ", .gzip), ("x.csv.Zst", .zstd), ("gz", .none),
    ]

    @Test(arguments: names)
    func compressionIsToldByTheName(name: String, expected: Compression) {
        #expect(Compression(path: name) == expected)
    }

    @Test(arguments: ["a.csv.gz", "A.ZST"], [1000, 262_144, 1 << 24])
    func unpacks(name: String, step: Int) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Self.pack(Self.text, for: name, in: scratch), to: name)
        let source = try InputSource(path: path)
        #expect(try source.readAll(step: step) == Self.text)
        let identity = try source.finish()
        #expect(identity.size == source.sizeOnDisk)
        #expect(source.bytesConsumed == source.sizeOnDisk)
        #expect(try identity.sha256 == FileFixtures.sha256sum(path))
    }

    @Test(arguments: ["a.gz", "a.zst"])
    func unpacksManyMembersAndEmptyOnes(name: String) throws {
        let scratch = try ScratchDirectory()
        let parts: [[UInt8]] = [Array(Self.text.prefix(500_000)), [], Array("end\n".utf8), []]
        let packed = try parts.flatMap { try Self.pack($0, for: name, in: scratch) }
        let source = try InputSource(path: scratch.write(packed, to: name))
        #expect(try source.readAll() == parts.flatMap(\.self))
        _ = try source.finish()
    }

    /// The zstd program writes compressed blocks and a checksum, which the fixtures written here do not.
    @Test func unpacksWhatTheZstdProgramPacks() throws {
        guard FileManager.default.isExecutableFile(atPath: "/usr/bin/zstd") else { return }
        let scratch = try ScratchDirectory()
        let plain = try scratch.write(Self.text, to: "plain")
        _ = try FileFixtures.shell("zstd -q -19 -o '\(scratch.path("a.zst"))' '\(plain)'")
        let source = try InputSource(path: scratch.path("a.zst"))
        #expect(try source.readAll() == Self.text)
        _ = try source.finish()
    }

    @Test(arguments: ["a.gz", "a.zst"])
    func everyTruncationIsDamage(name: String) throws {
        let scratch = try ScratchDirectory()
        let packed = try Self.pack(Array(Self.text.prefix(400)), for: name, in: scratch)
        for length in 0..<packed.count {
            let path = try scratch.write(Array(packed.prefix(length)), to: name)
            let error = #expect(throws: InputError.self, "\(length)") { try InputSource(path: path).readAll() }
            switch error {
            case .notCompressedAsNamed: #expect(length == 0)
            case .damagedCompression: #expect(length > 0)
            default: Issue.record("\(length): \(String(describing: error))")
            }
        }
    }

    @Test(arguments: ["a.gz", "a.zst"], [[0x00], [0x1f], [0x28], [0x0a, 0x0a], Array("garbage and more".utf8)])
    func garbageAfterTheEndIsDamage(name: String, tail: [UInt8]) throws {
        let scratch = try ScratchDirectory()
        let packed = try Self.pack(Self.text, for: name, in: scratch)
        let path = try scratch.write(packed + tail, to: name)
        let error = #expect(throws: InputError.self) { try InputSource(path: path).readAll() }
        guard case .damagedCompression = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test(arguments: ["a.gz", "a.zst"], ["subscription_id,offer\n", "\u{1f}", "(", "P"])
    func anotherFormatIsSaidSo(name: String, content: String) throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(Array(content.utf8), to: name)
        let error = #expect(throws: InputError.self) { try InputSource(path: path).readAll() }
        switch error {
        case .notCompressedAsNamed: #expect(content.first != (name == "a.gz" ? "\u{1f}" : "("))
        case .damagedCompression: #expect(content.count == 1)
        default: Issue.record("\(String(describing: error))")
        }
    }

    @Test func alteredBytesNeverPassSilently() throws {
        let seed: UInt64 = 20_240_301
        var random = SplitMix64(seed: seed)
        let scratch = try ScratchDirectory()
        let text = Array(Self.text.prefix(20_000))
        let packed = try FileFixtures.gzip(text, in: scratch)
        for round in 0..<200 {
            var altered = packed
            // The ten bytes of header and the name hold fields that no checksum covers.
            let place = Int.random(in: 40..<altered.count, using: &random)
            altered[place] ^= UInt8.random(in: 1...255, using: &random)
            let path = try scratch.write(altered, to: "a.gz")
            #expect(throws: InputError.self, "seed \(seed), round \(round), byte \(place)") {
                try InputSource(path: path).readAll()
            }
        }
    }

    @Test func aBombStopsAtTheRatio() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(FileFixtures.zstdBomb(blocks: 2000), to: "bomb.zst")
        #expect(throws: InputError.expandsTooMuch(path: path, limit: "1000 times its size")) {
            try InputSource(path: path).readAll()
        }
        let trusting = InputLimits(expansionRatio: 100_000)
        #expect(try InputSource(path: path, limits: trusting).readAll(step: 1 << 24).count == 200_000_000)
    }

    @Test func aSmallRegularFileIsNoBomb() throws {
        let scratch = try ScratchDirectory()
        let path = try scratch.write(FileFixtures.zstdBomb(blocks: 160), to: "regular.zst")
        #expect(try InputSource(path: path).readAll().count == 16_000_000)
    }

    @Test(arguments: ["a.csv", "a.gz", "a.zst"])
    func theAbsoluteLimitHoldsForEveryFile(name: String) throws {
        let scratch = try ScratchDirectory()
        let text = [UInt8](repeating: 0x41, count: 1001)
        let packed = name == "a.csv" ? text : try Self.pack(text, for: name, in: scratch)
        let path = try scratch.write(packed, to: name)
        #expect(throws: InputError.expandsTooMuch(path: path, limit: "1000 bytes")) {
            try InputSource(path: path, limits: InputLimits(expandedBytes: 1000)).readAll()
        }
        #expect(try InputSource(path: path, limits: InputLimits(expandedBytes: 1001)).readAll() == text)
    }
}
