import Foundation
import Testing

@testable import BillingFiles

/// A directory of its own for one test, removed with the value.
final class ScratchDirectory {
    let path: String

    init() throws {
        let root = FileManager.default.temporaryDirectory
        path = root.appendingPathComponent("rinnovo-tests-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// The path of `name` in this directory.
    func path(_ name: String) -> String { "\(path)/\(name)" }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ bytes: [UInt8], to name: String) throws -> String {
        try Data(bytes).write(to: URL(fileURLWithPath: path(name)))
        return path(name)
    }

    /// Makes a named pipe.
    func makePipe(_ name: String) throws {
        let outcome = unsafe mkfifo(path(name), 0o600)
        try #require(outcome == 0)
    }

    /// The bytes of a file.
    func bytes(of name: String) throws -> [UInt8] {
        try Array(Data(contentsOf: URL(fileURLWithPath: path(name))))
    }

    /// The names in a directory below this one, hidden ones too, sorted.
    func names(in name: String = "") throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: name.isEmpty ? path : path(name)).sorted()
    }
}

enum FileFixtures {
    /// What a shell command prints, for the tools that are the oracle here.
    static func shell(_ command: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.standardInput = FileHandle.nullDevice
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "\(command)")
        return String(decoding: data, as: UTF8.self)
    }

    /// The digest that coreutils gives, an implementation apart from ours.
    static func sha256sum(_ path: String) throws -> String {
        String(try shell("sha256sum '\(path)'").prefix(64))
    }

    /// `bytes` as one gzip member, by the gzip program.
    static func gzip(_ bytes: [UInt8], in scratch: ScratchDirectory) throws -> [UInt8] {
        try scratch.write(bytes, to: "plain-for-gzip")
        _ = try shell("gzip -c '\(scratch.path("plain-for-gzip"))' > '\(scratch.path("packed-by-gzip"))'")
        return try scratch.bytes(of: "packed-by-gzip")
    }

    /// `bytes` as one Zstandard frame of raw blocks (RFC 8878, section 3.1), written here: no program is needed.
    static func zstd(_ bytes: [UInt8]) -> [UInt8] {
        var frame = zstdHeader
        var rest = bytes[...]
        repeat {
            let block = rest.prefix(100_000)
            rest = rest.dropFirst(block.count)
            frame += zstdBlockHeader(isLast: rest.isEmpty, kind: 0, size: block.count) + block
        } while !rest.isEmpty
        return frame
    }

    /// A frame of `blocks` run-length blocks, each of four bytes that unpack to 100,000.
    static func zstdBomb(blocks: Int) -> [UInt8] {
        var frame = zstdHeader
        for index in 1...blocks {
            frame += zstdBlockHeader(isLast: index == blocks, kind: 1, size: 100_000) + [0x30]
        }
        return frame
    }

    /// Magic number, no content size, no checksum, a window of 1 MiB.
    private static let zstdHeader: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x50]

    private static func zstdBlockHeader(isLast: Bool, kind: Int, size: Int) -> [UInt8] {
        let header = (isLast ? 1 : 0) | kind << 1 | size << 3
        return [UInt8(header & 255), UInt8(header >> 8 & 255), UInt8(header >> 16 & 255)]
    }

    /// Rows that look like charges, so that compression has something to find.
    static func rows(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { Array("C\($0 * 7919),S\($0 % 97),renewal,2024-03-01,9.99,EUR\n".utf8) }
    }
}

extension InputSource {
    /// All that is left, by reads of `step` bytes.
    func readAll(step: Int = 64 << 10) throws(InputError) -> [UInt8] {
        var all: [UInt8] = []
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: step, alignment: 1)
        defer { unsafe buffer.deallocate() }
        while true {
            let count = unsafe try read(into: buffer)
            if count == 0 { return all }
            unsafe all += buffer.prefix(count)
        }
    }
}

extension InputReplay {
    /// The bytes at one place.
    func bytes(at offset: UInt64, count: Int) throws(InputError) -> [UInt8] {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: max(count, 1), alignment: 1)
        defer { unsafe buffer.deallocate() }
        let filled = unsafe try read(offset: offset, count: count, into: buffer)
        try confirm()
        return unsafe Array(buffer.prefix(filled))
    }
}
