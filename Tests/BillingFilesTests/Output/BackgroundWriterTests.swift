import Crypto
import Foundation
import Testing

@testable import BillingFiles

@Suite("A file written by a thread of its own")
struct BackgroundWriterTests {
    /// Bytes of which no page looks like another.
    private func pattern(_ count: Int) -> [UInt8] {
        var state: UInt64 = 1
        return (0..<count).map { _ in
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return UInt8(truncatingIfNeeded: state >> 56)
        }
    }

    private func temporaryFolder(in parent: String) throws -> String {
        let folder = "\(parent)/background-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        return folder
    }

    // The memory file system is one that may refuse direct writing.
    @Test(
        "holds what was appended, with its hash, whatever the length",
        arguments: [0, 1, 4095, 4096, 4097, 1 << 20 - 1, 1 << 20, 1 << 20 + 1, 3 << 20, 7 << 19 + 13],
        ["/var/tmp", "/dev/shm"])
    func content(count: Int, parent: String) throws {
        let folder = try temporaryFolder(in: parent)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let bytes = pattern(count)
        let output = try OutputDirectory(path: "\(folder)/out", replacing: false)
        let file = try output.createFile(named: "long.csv", inBackground: true)
        var start = 0
        for length in [1, 100, 5000, 300_000].cycled() where start < count {
            let end = min(start + length, count)
            try file.append(Array(bytes[start..<end]))
            start = end
        }
        let halfway = try #require(file.digestSoFar).finalize()
        let identity = try file.finish()
        try output.publish()
        #expect(identity.size == UInt64(count))
        #expect(identity.sha256 == FileDigest.sha256(of: bytes))
        #expect(FileDigest.hexadecimal(halfway) == identity.sha256)
        let written = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/out/long.csv"))
        #expect(written.elementsEqual(bytes))
    }

    @Test("leaves nothing behind when it is discarded half-way", arguments: [0, 10, 2 << 20 + 7])
    func discard(count: Int) throws {
        let folder = try temporaryFolder(in: "/var/tmp")
        defer { try? FileManager.default.removeItem(atPath: folder) }
        do {
            let output = try OutputDirectory(path: "\(folder)/out", replacing: false)
            let file = try output.createFile(named: "long.csv", inBackground: true)
            try file.append(pattern(count))
            output.discard()
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }

    @Test("says that the disk is full")
    func fullDisk() throws {
        let full = try FileDescriptor(opening: "/dev/full", flags: O_WRONLY)
        let writer = try #require(BackgroundWriter(full))
        let bytes = pattern(5 << 20)
        #expect(fails(writer, bytes))
    }

    /// Whether writing the bytes ends with an error.
    private func fails(_ writer: BackgroundWriter, _ bytes: [UInt8]) -> Bool {
        do {
            try unsafe bytes.withUnsafeBytes { try unsafe writer.append($0) }
            _ = try writer.finish()
            return false
        } catch {
            return true
        }
    }
}

extension Array {
    /// The elements over and over again, as often as anybody could need them here.
    fileprivate func cycled() -> some Sequence<Element> {
        (0..<10_000).lazy.map { self[$0 % count] }
    }
}
